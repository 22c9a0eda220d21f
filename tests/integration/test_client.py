"""The client and a really running service: it does what it says, and never twice, however bad the line is."""

import asyncio
import uuid
from collections.abc import Iterator

import pytest

from router.client import (
    AsyncClient,
    Client,
    Event,
    Invalid,
    NoAnswer,
    NotAuthenticated,
    NotFound,
    NotSolved,
    Overloaded,
    Retries,
    TookTooLong,
)
from router.domain.tenants import Quota
from tests.broken_line import BrokenLine
from tests.running_service import RunningService, a_request
from tests.tenants import make_key

QUICKLY = Retries(first_seconds=0.01)
DAY = "2026-11-25T"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service that has room for one event stream only."""
    with RunningService(tmp_path_factory.mktemp("selat"), SELAT_MAX_EVENT_STREAMS="1") as running:
        running.wait_for_event("worker_ready")
        yield running


@pytest.fixture(scope="module")
def key(service: RunningService) -> str:
    return make_key(service, "couriers")["Authorization"].removeprefix("Bearer ")


@pytest.fixture(scope="module")
def small_key(service: RunningService) -> str:
    """The key of a tenant that may hand in very little a day."""
    quota = Quota(stop_seconds=1, period_seconds=86_400)
    return make_key(service, "small", quota=quota)["Authorization"].removeprefix("Bearer ")


@pytest.fixture
def client(service: RunningService, key: str) -> Iterator[Client]:
    with Client(service.url, key=key) as ready:
        yield ready


# A bad line.


async def test_a_plan_whose_answers_get_lost_is_made_once(service: RunningService, key: str) -> None:
    name = str(uuid.uuid4())
    async with BrokenLine(service.url) as line, AsyncClient(line.url, key=key, retries=QUICKLY) as client:
        line.lose_answers = 3
        made = await client.submit(a_request(time_limit=1, name=name))
        assert line.answers == 4  # the service was asked four times, and said the same each time
        assert [plan["id"] async for plan in client.plans() if plan["name"] == name] == [made["id"]]
        assert (await client.wait(made["id"], seconds=60))["status"] == "succeeded"


async def test_a_replan_whose_answer_gets_lost_is_made_once(service: RunningService, key: str) -> None:
    async with BrokenLine(service.url) as line, AsyncClient(line.url, key=key, retries=QUICKLY) as client:
        plan = await client.solve(a_request(time_limit=1))
        line.lose_answers = 1
        changes = {
            "at": f"{DAY}05:00:00+08:00",
            "cancel_sailings": ["sanur/07"],
            "options": {"time_limit_seconds": 1},
        }
        new = await client.replan(plan["id"], changes)
        newest = [each["id"] async for each in client.plans()][:2]
        assert newest == [new["id"], plan["id"]]


async def test_a_stream_that_breaks_goes_on_where_it_was(service: RunningService, key: str) -> None:
    """Each event comes once, in order, as to somebody whose line never broke."""
    async with BrokenLine(service.url) as line, AsyncClient(line.url, key=key, retries=QUICKLY) as client:
        plan = await client.submit(a_request(stops=30, time_limit=3))
        seen: list[Event] = []
        async for event in client.watch(plan["id"]):
            seen.append(event)
            line.cut()
        assert seen == [event async for event in client.watch(plan["id"])]
        assert [seen[0].kind, seen[-1].kind] == ["status", "done"]
        assert [event async for event in client.watch(plan["id"], after=seen[-1].id)] == []


async def test_an_erasure_whose_answer_gets_lost_is_no_error(service: RunningService, key: str) -> None:
    async with BrokenLine(service.url) as line, AsyncClient(line.url, key=key, retries=QUICKLY) as client:
        plan = await client.submit(a_request(time_limit=1))
        line.lose_answers = 1
        assert await client.delete(plan["id"]) is False  # as far as has been heard
        with pytest.raises(NotFound):
            await client.plan(plan["id"])


async def test_a_service_that_is_not_there_is_given_up(service: RunningService, key: str) -> None:
    async with BrokenLine(service.url) as line:
        nowhere = line.url
    async with AsyncClient(nowhere, retries=Retries(attempts=3, first_seconds=0.01)) as client:
        with pytest.raises(NoAnswer, match=r"GET .*/v1/plans/x"):
            await client.plan("x")
        with pytest.raises(NoAnswer, match="events of plan x"):
            await anext(client.watch("x"))


# A full house.


async def test_a_stream_for_which_there_is_no_room_is_waited_for(service: RunningService, key: str) -> None:
    impatient = Retries(attempts=1)
    async with (
        BrokenLine(service.url) as line,
        AsyncClient(service.url, key=key, retries=impatient) as first,
        AsyncClient(line.url, key=key) as second,
    ):
        plan = await first.submit(a_request(stops=30, time_limit=30))
        taken = first.watch(plan["id"])
        await anext(taken)
        with pytest.raises(Overloaded) as refused:
            await anext(first.watch(plan["id"]))
        assert (refused.value.status, refused.value.kind) == (503, "unavailable")
        assert refused.value.retry_after_seconds is not None
        waiting = asyncio.create_task(anext(second.watch(plan["id"])))
        await line.next_answer()  # that there is no room
        assert not waiting.done()
        await taken.aclose()
        assert (await asyncio.wait_for(waiting, 20)).kind == "status"
        await first.cancel(plan["id"])


async def test_a_quota_that_is_used_up_until_tomorrow_is_said_at_once(
    service: RunningService, small_key: str
) -> None:
    async with BrokenLine(service.url) as line, AsyncClient(line.url, key=small_key) as client:
        with pytest.raises(Overloaded) as refused:
            await client.submit(a_request(stops=6, time_limit=2))
        assert (refused.value.status, refused.value.kind) == (429, "quota-exceeded")
        assert line.answers == 1


# What a caller has to mend.


def test_all_faults_of_a_request_are_there_by_pointer(client: Client) -> None:
    request = a_request()
    request["stops"][1]["location"]["lat"] = 95
    request["vehicles"][0]["start"] = "nowhere"
    with pytest.raises(Invalid) as refused:
        client.submit(request)
    assert {"/stops/1/location/lat"} <= {fault["pointer"] for fault in refused.value.faults}
    assert all(fault["action"] for fault in refused.value.faults)
    assert "/stops/1/location/lat" in str(refused.value)
    assert refused.value.request_id


def test_without_a_key_nobody_gets_in(service: RunningService, key: str) -> None:
    with Client(service.url) as stranger, pytest.raises(NotAuthenticated):
        next(iter(stranger.plans()))


# Waiting.


def test_a_wait_that_is_too_short_leaves_the_plan_alone_and_a_cancelled_plan_is_not_solved(
    client: Client,
) -> None:
    plan = client.submit(a_request(stops=30, time_limit=60))
    with pytest.raises(TookTooLong) as late:
        client.wait(plan["id"], seconds=0.1)
    assert late.value.resource["status"] in ("queued", "running")
    assert next(event for event in client.watch(plan["id"]) if event.kind == "progress").data["served"] > 0
    client.cancel(plan["id"])
    with pytest.raises(NotSolved) as stopped:
        client.wait(plan["id"], seconds=60)
    assert stopped.value.resource["status"] == "cancelled"
    assert stopped.value.resource["plan"] is not None


# Everything else.


def test_a_plan_from_request_to_bookings(client: Client) -> None:
    request = a_request(time_limit=1)
    assert client.validate(request)["valid"]
    plan = client.solve(request)
    assert plan["plan"] is not None
    vehicle = plan["plan"]["routes"][0]["vehicle_id"]
    assert client.check(request, plan["plan"]) == []
    assert client.routes_geojson(plan["id"])["type"] == "FeatureCollection"
    assert "<gpx" in client.route_gpx(plan["id"], vehicle)
    assert client.stops_csv(plan["id"]).count("\n") == 7
    assert len(client.bookings(plan["id"])) == client.bookings_csv(plan["id"]).count("\n") - 1 > 0
    changes = {"at": f"{DAY}05:00:00+08:00", "remove_stops": ["p-1"], "options": {"time_limit_seconds": 1}}
    new = client.wait(client.replan(plan["id"], changes)["id"])
    assert new["id"] != plan["id"]
    assert [each["id"] for each in client.plans(status="succeeded")][:2] == [new["id"], plan["id"]]
    assert client.delete(plan["id"])
    with pytest.raises(NotFound):
        client.plan(plan["id"])


def test_timetables_are_stored_read_listed_and_deleted(client: Client) -> None:
    theirs = client.timetable("indonesia")["timetable"]
    stored = client.put_timetable("mine", theirs)
    assert (stored["name"], stored["version"]) == ("mine", 1)
    assert {"mine", "indonesia"} <= {each["name"] for each in client.timetables()}
    assert client.delete_timetable("mine")
    with pytest.raises(NotFound):
        client.timetable("mine")
