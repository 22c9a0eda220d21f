"""The client for programs without asyncio: the same calls, each of which waits for its answer."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Coroutine, Iterator
from typing import Any, Self, TypeVar

from router.client.asynchronous import AsyncClient
from router.client.retrying import Retries
from router.client.shapes import (
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

T = TypeVar("T")


class Client:
    """Talks to one service; every method is that of ``AsyncClient``. Use it as ``with``.

    The loop runs in a thread of its own, so that it also works where another loop is running, as in a notebook.
    """

    def __init__(
        self, url: str = "http://127.0.0.1:8080", *, key: str | None = None, retries: Retries | None = None
    ) -> None:
        """Nothing is connected before the first call. ``key`` is the API key, where the service asks for one."""
        self._client = AsyncClient(url, key=key, retries=retries)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="selat-client", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close its connections."""
        self.close()

    def close(self) -> None:
        """Close all connections, and end the thread."""
        if self._loop.is_closed():
            return
        self._done(self._client.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def submit(
        self, request: Json, *, idempotency_key: str | None = None, wait_seconds: int = 0
    ) -> PlanResource:
        """Hand a request in; return its plan, which has most likely only been queued."""
        work = self._client.submit(request, idempotency_key=idempotency_key, wait_seconds=wait_seconds)
        return self._done(work)

    def replan(
        self, plan_id: str, changes: Json, *, idempotency_key: str | None = None, wait_seconds: int = 0
    ) -> PlanResource:
        """Have the rest of a plan's day planned anew; return the new plan."""
        key = idempotency_key
        return self._done(
            self._client.replan(plan_id, changes, idempotency_key=key, wait_seconds=wait_seconds)
        )

    def validate(self, request: Json) -> Validation:
        """Have a request looked at without making a plan of it; faults are raised as ``Invalid``."""
        return self._done(self._client.validate(request))

    def solve(
        self, request: Json, *, idempotency_key: str | None = None, seconds: float = 900.0
    ) -> PlanResource:
        """Hand a request in and wait for its plan."""
        return self._done(self._client.solve(request, idempotency_key=idempotency_key, seconds=seconds))

    def wait(self, plan_id: str, *, seconds: float = 900.0) -> PlanResource:
        """Wait until a plan has ended, and return it."""
        return self._done(self._client.wait(plan_id, seconds=seconds))

    def plan(self, plan_id: str) -> PlanResource:
        """Return a plan as it is now."""
        return self._done(self._client.plan(plan_id))

    def plans(self, *, status: str | None = None) -> Iterator[PlanSummary]:
        """Yield all plans, newest first; only those of a status where one is named."""
        return self._each(self._client.plans(status=status))

    def watch(self, plan_id: str, *, after: str | None = None) -> Iterator[Event]:
        """Yield what happens to a plan until it has ended, each event once, however often the line breaks."""
        return self._each(self._client.watch(plan_id, after=after))

    def cancel(self, plan_id: str) -> PlanResource:
        """Stop the search and keep its best. A plan that has ended stays as it is."""
        return self._done(self._client.cancel(plan_id))

    def delete(self, plan_id: str) -> bool:
        """Erase a plan; return whether it was still there, as far as the service has been heard to say."""
        return self._done(self._client.delete(plan_id))

    def routes_geojson(self, plan_id: str) -> Json:
        """Return the routes for a map."""
        return self._done(self._client.routes_geojson(plan_id))

    def route_gpx(self, plan_id: str, vehicle_id: str) -> str:
        """Return the route of a vehicle for a navigation app."""
        return self._done(self._client.route_gpx(plan_id, vehicle_id))

    def stops_csv(self, plan_id: str) -> str:
        """Return every stop, served or not, for a spreadsheet."""
        return self._done(self._client.stops_csv(plan_id))

    def bookings_csv(self, plan_id: str) -> str:
        """Return the berths to be booked on ferries, for a spreadsheet."""
        return self._done(self._client.bookings_csv(plan_id))

    def bookings(self, plan_id: str) -> list[Booking]:
        """Return the berths to be booked on ferries."""
        return self._done(self._client.bookings(plan_id))

    def check(self, request: Json, plan: Json) -> list[Violation]:
        """Return every rule that a plan breaks, whatever program it is from."""
        return self._done(self._client.check(request, plan))

    def put_timetable(self, name: str, timetable: Json | bytes) -> StoredTimetable:
        """Store a timetable under a name: as JSON, or the bytes of a GTFS zip."""
        return self._done(self._client.put_timetable(name, timetable))

    def timetable(self, name: str) -> TimetableResource:
        """Return a timetable."""
        return self._done(self._client.timetable(name))

    def timetables(self) -> list[TimetableSummary]:
        """Return what there is to be known of all timetables that a plan may name."""
        return self._done(self._client.timetables())

    def delete_timetable(self, name: str) -> bool:
        """Delete a timetable; plans that were accepted keep theirs. Return whether it was still there."""
        return self._done(self._client.delete_timetable(name))

    def _done(self, work: Coroutine[Any, Any, T]) -> T:
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        finally:
            future.cancel()  # where the caller was interrupted; else it has no effect

    def _each(self, items: AsyncGenerator[T, None]) -> Iterator[T]:
        try:
            while (item := self._done(_next(items))) is not None:
                yield item
        finally:
            if not self._loop.is_closed():
                self._done(items.aclose())


async def _next(items: AsyncGenerator[T, None]) -> T | None:
    return await anext(items, None)
