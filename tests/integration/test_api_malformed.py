"""Malformed requests of many kinds: each is answered with every fault named, logged as no error, and not kept.

``malformed/cases.json`` holds the small ones, as changes to a good request; what is large or not JSON at all
is made here.
"""

import asyncio
import gzip
import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest

from tests.running_service import Json, RunningService, a_request

CASES: list[Json] = json.loads(
    (Path(__file__).parent / "malformed" / "cases.json").read_text(encoding="utf-8")
)
MIB = 1 << 20


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service that at the end has logged no error and kept no plan."""
    with RunningService(tmp_path_factory.mktemp("selat"), SELAT_MAX_BODY_BYTES=str(16 * MIB)) as running:
        yield running
        assert running.errors() == []
        assert running.query("select count(*) from plan")[0][0] == 0


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_malformed_request_is_told_all_its_faults(service: RunningService, case: Json) -> None:
    answer = service.call("POST", "/v1/plans", body_of(case))
    assert answer.status == case["status"], answer.body
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    told = [[fault["pointer"], fault["code"]] for fault in answer.json["errors"]]
    assert sorted(told) == sorted(case["faults"])
    assert all(fault["detail"] and fault["action"] for fault in answer.json["errors"])


def test_validating_finds_the_same_faults(service: RunningService) -> None:
    body = body_of(CASES[-1])
    strict = service.call("POST", "/v1/plans", body)
    dry = service.call("POST", "/v1/plans?validate_only=true", body)
    assert (dry.status, dry.json["errors"]) == (strict.status, strict.json["errors"])


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_faults(service: RunningService, number: str) -> None:
    body = json.dumps(a_request()).replace("115.54", number, 1).encode()
    answer = service.call("POST", "/v1/plans", body)
    assert answer.status in (400, 422)
    assert answer.json["errors"]


def test_a_lone_surrogate_and_bad_utf8_are_unreadable(service: RunningService) -> None:
    for body in (b'{"name": "\xff\xfe"}', b'{"name": "\xc3"}'):
        answer = service.call("POST", "/v1/plans", body)
        assert (answer.status, answer.json["errors"][0]["code"]) == (400, "unreadable")


@pytest.mark.parametrize("bracket", [b"[", b'{"a":'], ids=["lists", "objects"])
def test_ten_megabytes_of_nesting_are_unreadable_and_quickly_so(
    service: RunningService, bracket: bytes
) -> None:
    began = time.monotonic()
    answer = service.call("POST", "/v1/plans", bracket * (10 * MIB // len(bracket)))
    assert (answer.status, answer.json["errors"][0]["code"]) == (400, "unreadable")
    assert time.monotonic() - began < 5


def test_more_faults_than_anybody_reads_are_cut_at_a_hundred(service: RunningService) -> None:
    request = a_request()
    request["stops"] = [{"id": f"p-{i}", "kind": "teleport"} for i in range(500)]
    answer = service.call("POST", "/v1/plans", request)
    assert (answer.status, len(answer.json["errors"])) == (422, 100)


def test_more_stops_than_allowed_are_one_fault(service: RunningService) -> None:
    request = a_request()
    request["stops"] = [{**request["stops"][0], "id": f"p-{i}"} for i in range(10_001)]
    answer = service.call("POST", "/v1/plans", request)
    assert [(fault["pointer"], fault["code"]) for fault in answer.json["errors"]] == [
        ("/stops", "too_many_stops")
    ]


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin-1",
    ],
)
def test_another_content_type_is_415(service: RunningService, content_type: str) -> None:
    answer = service.call("POST", "/v1/plans", a_request(), {"Content-Type": content_type})
    assert (answer.status, answer.json["status"]) == (415, 415)


def test_no_content_type_at_all_is_415(service: RunningService) -> None:
    address = urlsplit(service.url)
    with socket.create_connection((address.hostname, address.port), timeout=20) as line:
        line.sendall(
            b"POST /v1/plans HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
        )
        assert line.makefile("rb").readline().startswith(b"HTTP/1.1 415")


def test_a_body_beyond_the_limit_is_413(service: RunningService) -> None:
    answer = service.call("POST", "/v1/plans", b" " * (16 * MIB + 1))
    assert (answer.status, answer.json["status"]) == (413, 413)


def test_a_body_beyond_the_limit_is_413_when_its_length_is_not_announced(service: RunningService) -> None:
    async def post() -> int:
        async def chunks() -> "Iterator[bytes]":  # type: ignore[misc]
            for _ in range(17):
                yield b" " * MIB

        headers = {"Content-Type": "application/json"}
        async with (
            aiohttp.ClientSession(service.url) as session,
            session.post("/v1/plans", data=chunks(), headers=headers) as answer,
        ):
            return answer.status

    assert asyncio.run(post()) == 413


def test_a_small_body_that_unpacks_to_a_large_one_is_413(service: RunningService) -> None:
    body = gzip.compress(b" " * (17 * MIB))
    assert len(body) < MIB
    assert service.call("POST", "/v1/plans", body, {"Content-Encoding": "gzip"}).status == 413


def test_a_body_that_is_not_packed_as_announced_is_400(service: RunningService) -> None:
    answer = service.call("POST", "/v1/plans", b"not gzip at all", {"Content-Encoding": "gzip"})
    assert answer.status == 400


def test_a_caller_who_hangs_up_in_the_middle_leaves_no_error(service: RunningService) -> None:
    address = urlsplit(service.url)
    with socket.create_connection((address.hostname, address.port), timeout=20) as line:
        line.sendall(
            b"POST /v1/plans HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b'Content-Length: 1000\r\n\r\n{"stops"'
        )
    assert service.call("GET", "/livez").status == 200


@pytest.mark.parametrize("query", ["validate_only=yes", "validate_only=", "validate_only=1"])
def test_a_query_parameter_that_means_nothing_is_400(service: RunningService, query: str) -> None:
    assert service.call("POST", f"/v1/plans?{query}", a_request()).status == 400


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, [""]),
        ({"request": {}, "plan": {}, "note": 1}, ["/note"]),
        ({"request": a_request(), "plan": {"routes": [{"vehicle_id": 7}]}}, ["/plan/routes/0"]),
    ],
    ids=["nothing", "an unknown member", "a broken plan"],
)
def test_a_malformed_check_is_told_where(service: RunningService, body: Json, pointers: list[str]) -> None:
    answer = service.call("POST", "/v1/checks", body)
    assert answer.status == 422
    told = [fault["pointer"] for fault in answer.json["errors"]]
    assert all(any(pointer.startswith(wanted) for pointer in told) for wanted in pointers)


def test_a_large_request_does_not_hold_others_up(service: RunningService) -> None:
    """While 10 MB of faulty JSON are read, /livez goes on answering."""

    async def slowest_livez() -> float:
        rows = [[1.5] * 1000 for _ in range(1000)]
        body = json.dumps(
            {**a_request(), "travel": {"matrix": {"places": [], "seconds": rows, "meters": rows}}}
        )
        assert len(body) > 9 * MIB
        slowest = 0.0
        async with aiohttp.ClientSession(service.url) as session:
            headers = {"Content-Type": "application/json"}
            large = asyncio.create_task(_status(session, body.encode(), headers))
            while not large.done():
                began = time.monotonic()
                async with session.get("/livez") as answer:
                    assert answer.status == 200
                slowest = max(slowest, time.monotonic() - began)
            assert await large == 422
        return slowest

    assert asyncio.run(slowest_livez()) < 1.0


async def _status(session: aiohttp.ClientSession, body: bytes, headers: dict[str, str]) -> int:
    async with session.post("/v1/plans", data=body, headers=headers) as answer:
        await answer.read()
        return answer.status


def body_of(case: Json) -> bytes:
    """Return the body of a case: raw text, or the good request with places set and removed."""
    if "raw" in case:
        return str(case["raw"]).encode()
    request = a_request()
    for pointer, value in case.get("set", {}).items():
        parent, name = _parent(request, pointer)
        parent[name] = value
    for pointer in case.get("remove", ()):
        parent, name = _parent(request, pointer)
        del parent[name]
    return json.dumps(request).encode()


def _parent(document: Json, pointer: str) -> tuple[Json, str | int]:
    *way, last = pointer.split("/")[1:]
    for name in way:
        document = document[int(name)] if isinstance(document, list) else document[name]
    return document, int(last) if isinstance(document, list) else last
