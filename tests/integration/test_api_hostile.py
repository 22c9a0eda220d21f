"""Callers who mean ill, against a really running service: it stays ready for everybody else."""

import asyncio
import contextlib
import gzip
import resource
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest

from tests.running_service import RunningApi, RunningService, a_request, ended, has_a_plan

pytestmark = pytest.mark.alone

MIB = 1 << 20
STREAMS = 2_000
SPARE_FILES = 500


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service that is ready before and after every test, and logs no error."""
    directory = tmp_path_factory.mktemp("selat")
    with RunningService(directory, SELAT_MAX_BODY_BYTES=str(16 * MIB)) as running:
        running.wait_for_event("worker_ready")
        yield running
        assert running.call("GET", "/readyz").status == 200
        assert running.errors() == []


# Bodies.


def test_a_gzip_bomb_is_refused_long_before_it_has_gone_off(service: RunningService) -> None:
    """A megabyte that unpacks to a gigabyte costs neither time nor memory."""
    bomb = gzip.compress(bytes(64 * MIB)) * 16
    assert len(bomb) < 2 * MIB
    before = peak_memory(service.pid)
    began = time.monotonic()
    for path in ("/v1/plans", "/v1/checks"):
        answer = service.call("POST", path, bomb, {"Content-Encoding": "gzip"})
        assert (answer.status, answer.json["type"]) == (413, "urn:problem-type:selat:request-too-large")
    assert time.monotonic() - began < 5
    assert peak_memory(service.pid) - before < 100 * MIB
    assert service.call("GET", "/readyz").status == 200


def test_bombs_side_by_side_leave_others_alone(service: RunningService) -> None:
    bomb = gzip.compress(bytes(64 * MIB)) * 4
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}

    async def attack() -> float:
        async with aiohttp.ClientSession(service.url) as session:
            bombs = [asyncio.create_task(status_of(session, bomb, headers)) for _ in range(20)]
            slowest = 0.0
            while not all(task.done() for task in bombs):
                slowest = max(slowest, await seconds_to_be_ready(session))
            assert {await task for task in bombs} <= {413, 503}
        return slowest

    assert asyncio.run(attack()) < 2.0


async def status_of(session: aiohttp.ClientSession, body: bytes, headers: dict[str, str]) -> int:
    async with session.post("/v1/plans", data=body, headers=headers) as answer:
        await answer.read()
        return answer.status


# Connections.


def test_callers_who_never_finish_their_requests_keep_nobody_out(tmp_path: Path) -> None:
    """Slow loris: three times as many half requests as there may be connections, all of them kept alive."""

    async def attack(url: str) -> int:
        async with aiohttp.ClientSession(url) as session:
            lines = [await half_a_request(url) for _ in range(300)]
            began = time.monotonic()
            while time.monotonic() - began < 5:
                for _, writer in lines:
                    writer.write(b"x")
                assert await seconds_to_be_ready(session) < 1
            closed = [line for line in lines if await is_closed(line)]
            for _, writer in lines:
                writer.close()
        return len(closed)

    with RunningApi(tmp_path, SELAT_MAX_CONNECTIONS="100", SELAT_IDLE_CONNECTION_SECONDS="3") as running:
        assert asyncio.run(attack(running.url)) == 300, "none of them is waited for for ever"
        assert running.errors() == []


async def half_a_request(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(b"POST /v1/plans HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Slow: ")
    return reader, writer


async def is_closed(line: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> bool:
    with contextlib.suppress(ConnectionError, TimeoutError):
        async with asyncio.timeout(1):
            return await line[0].read() == b""
        return False
    return True


# Event streams.


@pytest.mark.slow
def test_two_thousand_open_event_streams_leave_the_service_ready(service: RunningService) -> None:
    """Each is told of the end, and meanwhile everybody else is answered."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < STREAMS + SPARE_FILES:
        pytest.skip(f"this system allows {hard} open files, and the test needs {STREAMS + SPARE_FILES}")
    with more_open_files(STREAMS + SPARE_FILES):
        plan_id = service.submit(a_request(stops=40, time_limit=300))
        service.plan_when(plan_id, has_a_plan)
        slowest, told = asyncio.run(watch_all(service, plan_id))
    assert told == ["done"] * STREAMS
    assert slowest < 2.0


async def watch_all(service: RunningService, plan_id: str) -> tuple[float, list[str]]:
    """Open all streams, see how ready the service is, cancel the plan, and return what each was told last."""
    path = f"/v1/plans/{plan_id}/events"
    async with (
        aiohttp.TCPConnector(limit=0) as connector,
        aiohttp.ClientSession(service.url, connector=connector) as session,
        aiohttp.ClientSession(service.url) as other,
    ):
        timeout = aiohttp.ClientTimeout(total=None)
        streams = [await session.get(path, timeout=timeout) for _ in range(STREAMS)]
        assert {stream.status for stream in streams} == {200}
        slowest = max([await seconds_to_be_ready(other) for _ in range(20)])
        async with other.post(f"/v1/plans/{plan_id}/cancel") as answer:
            assert answer.status in (200, 202)
        async with asyncio.timeout(60):
            told = await asyncio.gather(*map(last_event, streams))
        slowest = max(slowest, await seconds_to_be_ready(other))
    return slowest, told


async def last_event(stream: aiohttp.ClientResponse) -> str:
    names = [line async for line in lines_of(stream) if line.startswith("event: ")]
    return names[-1].removeprefix("event: ")


async def lines_of(stream: aiohttp.ClientResponse) -> AsyncIterator[str]:
    async for line in stream.content:
        yield line.decode().rstrip()


def test_more_streams_than_allowed_are_put_off(tmp_path: Path) -> None:
    async def open_three(url: str, path: str) -> list[int]:
        async with aiohttp.ClientSession(url) as session:
            streams = [await session.get(path) for _ in range(3)]
            statuses = [stream.status for stream in streams]
            for stream in streams:
                stream.close()
            assert await seconds_to_be_ready(session) < 2
        return statuses

    with RunningApi(tmp_path, SELAT_MAX_EVENT_STREAMS="2") as running:
        plan_id = running.submit(a_request(time_limit=60))
        assert asyncio.run(open_three(running.url, f"/v1/plans/{plan_id}/events")) == [200, 200, 503]


def test_readers_who_vanish_cost_no_error(service: RunningService) -> None:
    plan_id = service.submit(a_request(stops=40, time_limit=60))
    service.plan_when(plan_id, has_a_plan)

    async def open_and_vanish() -> None:
        address = urlsplit(service.url)
        for _ in range(20):
            _, writer = await asyncio.open_connection(address.hostname, address.port)
            writer.write(f"GET /v1/plans/{plan_id}/events HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            await writer.drain()
            writer.transport.abort()

    asyncio.run(open_and_vanish())
    service.call("POST", f"/v1/plans/{plan_id}/cancel")
    service.plan_when(plan_id, ended)
    assert service.errors() == []


def test_a_service_that_stops_ends_its_streams_and_gives_the_answers_that_it_holds(tmp_path: Path) -> None:
    async def hold_and_stop(running: RunningService) -> tuple[int, str]:
        async with aiohttp.ClientSession(running.url) as session:
            request = a_request(time_limit=60)
            held = asyncio.create_task(session.post("/v1/plans", json=request, headers={"Prefer": "wait=50"}))
            while not (listed := (await (await session.get("/v1/plans")).json())["plans"]):
                pass
            stream = await session.get(f"/v1/plans/{listed[0]['id']}/events")
            await stream.content.readline()
            running.ask_to_stop()
            rest = (await stream.content.read()).decode()
            return (await held).status, rest

    service = RunningService(tmp_path)
    began = time.monotonic()
    status, rest = asyncio.run(hold_and_stop(service))
    assert service.terminate() == 0
    assert time.monotonic() - began < 15
    assert (status, "event: done" in rest) == (202, False)


# What they have in common.


async def seconds_to_be_ready(session: aiohttp.ClientSession) -> float:
    """Return how long ``/readyz`` takes to say that all is well."""
    began = time.monotonic()
    async with session.get("/readyz") as answer:
        assert answer.status == 200
    return time.monotonic() - began


def peak_memory(pid: int) -> int:
    """Return the most bytes of memory that a process has ever had."""
    [line] = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if "VmHWM" in line]
    return int(line.split()[1]) * 1024


@contextlib.contextmanager
def more_open_files(files: int) -> Iterator[None]:
    """Allow this process so many open files while the block lasts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, files), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
