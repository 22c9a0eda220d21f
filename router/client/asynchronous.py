"""The client for programs that use asyncio."""

import asyncio
import time
import uuid
from collections.abc import AsyncGenerator, Mapping
from typing import Self, cast

import orjson

from router.client.connection import JSON, Answer, Call, Connection, place
from router.client.errors import NotFound, NotSolved, TookTooLong
from router.client.retrying import Retries, told_to_wait
from router.client.shapes import (
    ENDED,
    Booking,
    Event,
    Json,
    PlanResource,
    PlanSummary,
    StoredTimetable,
    TimetableResource,
    TimetableSummary,
    Validation,
    Violation,
)
from router.client.watching import watch

ANSWER_SECONDS = 60.0
"""How long an answer may take beyond what it was asked to wait."""

LONGEST_WAIT_SECONDS = 30
USUAL_PAUSE_SECONDS = 1.0
NOT_MODIFIED = 304


class AsyncClient:
    """Talks to one service. Use it as ``async with``.

    Every call is repeated where its answer gets lost or the service has no room at the moment, as patiently as
    ``retries`` says. No plan is ever made twice by that: what makes one carries an ``Idempotency-Key``. Only a
    timetable whose answer got lost may have been stored as two versions, equal to each other.

    Any call may raise ``NoAnswer`` or one of the kinds of ``Refused``; see ``router.client.errors``.
    """

    def __init__(
        self, url: str = "http://127.0.0.1:8080", *, key: str | None = None, retries: Retries | None = None
    ) -> None:
        """Nothing is connected before the first call. ``key`` is the API key, where the service asks for one."""
        self._connection = Connection(url, key, retries or Retries())

    async def __aenter__(self) -> Self:
        """Use it."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close its connections."""
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        await self._connection.close()

    # Plans.

    async def submit(
        self, request: Json, *, idempotency_key: str | None = None, wait_seconds: int = 0
    ) -> PlanResource:
        """Hand a request in; return its plan, which has most likely only been queued.

        ``idempotency_key`` is made up where none is given; give one of your own where your program itself may
        crash and hand the same request in again. With ``wait_seconds`` the service holds the answer until the plan
        has ended, so long at most.
        """
        return await self._make_plan(place("v1", "plans"), request, idempotency_key, wait_seconds)

    async def replan(
        self, plan_id: str, changes: Json, *, idempotency_key: str | None = None, wait_seconds: int = 0
    ) -> PlanResource:
        """Have the rest of a plan's day planned anew; return the new plan. See ``submit``."""
        path = place("v1", "plans", plan_id, "replans")
        return await self._make_plan(path, changes, idempotency_key, wait_seconds)

    async def validate(self, request: Json) -> Validation:
        """Have a request looked at without making a plan of it; faults are raised as ``Invalid``."""
        query = {"validate_only": "true"}
        return cast("Validation", (await self._post(place("v1", "plans"), request, query=query)).json)

    async def solve(
        self, request: Json, *, idempotency_key: str | None = None, seconds: float = 900.0
    ) -> PlanResource:
        """Hand a request in and wait for its plan. See ``submit`` and ``wait``."""
        begun = time.monotonic()
        hold = int(min(seconds, LONGEST_WAIT_SECONDS))
        resource = await self.submit(request, idempotency_key=idempotency_key, wait_seconds=hold)
        if resource["status"] in ENDED:
            return _solved(resource)
        return await self.wait(resource["id"], seconds=seconds - (time.monotonic() - begun))

    async def wait(self, plan_id: str, *, seconds: float = 900.0) -> PlanResource:
        """Wait until a plan has ended, asking no more often than the service likes, and return it.

        Raises:
            NotSolved: it failed, or was cancelled.
            TookTooLong: it has not ended within so many seconds. It goes on.
        """
        deadline = time.monotonic() + seconds
        answer = await self._get(place("v1", "plans", plan_id))
        while (resource := cast("PlanResource", answer.json))["status"] not in ENDED:
            pause = told_to_wait(answer.headers.get("Retry-After")) or USUAL_PAUSE_SECONDS
            left = deadline - time.monotonic()
            if left <= 0:
                raise TookTooLong(resource)
            await asyncio.sleep(min(pause, left))
            answer = await self._newer(plan_id, answer)
        return _solved(resource)

    async def plan(self, plan_id: str) -> PlanResource:
        """Return a plan as it is now."""
        return cast("PlanResource", (await self._get(place("v1", "plans", plan_id))).json)

    async def plans(self, *, status: str | None = None) -> AsyncGenerator[PlanSummary, None]:
        """Yield all plans, newest first; only those of a status where one is named."""
        query = {} if status is None else {"status": status}
        while True:
            page = (await self._get(place("v1", "plans"), query=query)).json
            for summary in page["plans"]:
                yield summary
            if page["next_page_token"] is None:
                return
            query["page_token"] = page["next_page_token"]

    def watch(self, plan_id: str, *, after: str | None = None) -> AsyncGenerator[Event, None]:
        """Yield what happens to a plan until it has ended, each event once, however often the line breaks.

        ``after`` is the id of the last event that has been seen already.
        """
        return watch(self._connection, plan_id, after)

    async def cancel(self, plan_id: str) -> PlanResource:
        """Stop the search and keep its best. A plan that has ended stays as it is."""
        call = Call(method="POST", path=place("v1", "plans", plan_id, "cancel"))
        return cast("PlanResource", (await self._connection.make(call)).json)

    async def delete(self, plan_id: str) -> bool:
        """Erase a plan; return whether it was still there, as far as the service has been heard to say."""
        return await self._delete(place("v1", "plans", plan_id))

    # Exports.

    async def routes_geojson(self, plan_id: str) -> Json:
        """Return the routes for a map."""
        return cast("Json", (await self._get(place("v1", "plans", plan_id, "routes.geojson"))).json)

    async def route_gpx(self, plan_id: str, vehicle_id: str) -> str:
        """Return the route of a vehicle for a navigation app."""
        return await self._text(place("v1", "plans", plan_id, "routes", f"{vehicle_id}.gpx"))

    async def stops_csv(self, plan_id: str) -> str:
        """Return every stop, served or not, for a spreadsheet."""
        return await self._text(place("v1", "plans", plan_id, "stops.csv"))

    async def bookings_csv(self, plan_id: str) -> str:
        """Return the berths to be booked on ferries, for a spreadsheet."""
        return await self._text(place("v1", "plans", plan_id, "bookings.csv"))

    async def bookings(self, plan_id: str) -> list[Booking]:
        """Return the berths to be booked on ferries."""
        answer = await self._get(place("v1", "plans", plan_id, "bookings.json"))
        return cast("list[Booking]", answer.json["bookings"])

    # The referee.

    async def check(self, request: Json, plan: Json) -> list[Violation]:
        """Return every rule that a plan breaks, whatever program it is from."""
        answer = await self._post(place("v1", "checks"), {"request": request, "plan": plan})
        return cast("list[Violation]", answer.json["violations"])

    # Timetables.

    async def put_timetable(self, name: str, timetable: Json | bytes) -> StoredTimetable:
        """Store a timetable under a name: as JSON, or the bytes of a GTFS zip."""
        is_feed = isinstance(timetable, bytes)
        body = timetable if isinstance(timetable, bytes) else orjson.dumps(timetable)
        headers = {"Content-Type": "application/zip" if is_feed else JSON}
        call = Call(method="PUT", path=place("v1", "timetables", name), body=body, headers=headers)
        return cast("StoredTimetable", (await self._connection.make(call)).json)

    async def timetable(self, name: str) -> TimetableResource:
        """Return a timetable."""
        return cast("TimetableResource", (await self._get(place("v1", "timetables", name))).json)

    async def timetables(self) -> list[TimetableSummary]:
        """Return what there is to be known of all timetables that a plan may name."""
        answer = await self._get(place("v1", "timetables"))
        return cast("list[TimetableSummary]", answer.json["timetables"])

    async def delete_timetable(self, name: str) -> bool:
        """Delete a timetable; plans that were accepted keep theirs. Return whether it was still there."""
        return await self._delete(place("v1", "timetables", name))

    # How.

    async def _make_plan(
        self, path: str, document: Json, idempotency_key: str | None, wait_seconds: int
    ) -> PlanResource:
        """The key and the bytes are the same in every attempt, so that all of them make one plan."""
        headers = {"Idempotency-Key": idempotency_key or str(uuid.uuid4())}
        if wait_seconds:
            headers["Prefer"] = f"wait={wait_seconds}"
        answer = await self._post(path, document, headers=headers, seconds=ANSWER_SECONDS + wait_seconds)
        return cast("PlanResource", answer.json)

    async def _newer(self, plan_id: str, known: Answer) -> Answer:
        """Return the plan as it is now, without sending it again where nothing has changed."""
        tag = known.headers.get("ETag")
        headers = {} if tag is None else {"If-None-Match": tag}
        answer = await self._get(place("v1", "plans", plan_id), headers=headers)
        return known if answer.status == NOT_MODIFIED else answer

    async def _get(
        self, path: str, *, headers: Mapping[str, str] | None = None, query: Mapping[str, str] | None = None
    ) -> Answer:
        return await self._connection.make(Call(method="GET", path=path, headers=headers, query=query))

    async def _text(self, path: str) -> str:
        return (await self._get(path)).body.decode()

    async def _post(
        self,
        path: str,
        document: Json,
        *,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        seconds: float = ANSWER_SECONDS,
    ) -> Answer:
        headers = {"Content-Type": JSON, **(headers or {})}
        body = orjson.dumps(document)
        call = Call(method="POST", path=path, body=body, headers=headers, query=query, seconds=seconds)
        return await self._connection.make(call)

    async def _delete(self, path: str) -> bool:
        """What is gone is gone: an attempt whose answer got lost may have been the one that erased it."""
        try:
            await self._connection.make(Call(method="DELETE", path=path))
        except NotFound:
            return False
        return True


def _solved(resource: PlanResource) -> PlanResource:
    if resource["status"] != "succeeded":
        raise NotSolved(resource)
    return resource
