"""Every error that Selat raises on purpose.

::

    SelatError
    ├── DomainError             a value that cannot exist was about to be made
    ├── InvalidRequest          the request cannot be read (400) or meant (422); names every fault
    ├── RequestTooLarge         a limit was passed before any work was done (413)
    ├── PlanNotFound            there is no such plan, or it is not the caller's (404)
    ├── RouteNotFound           the plan has no route of this vehicle (404)
    ├── TimetableNotFound       there is no such timetable, or it is not the caller's (404)
    ├── PlanConflict            the plan is not in a state that allows the call (409)
    │   └── RequestInFlight     a request with this idempotency key is being accepted right now
    ├── IdempotencyMismatch     the idempotency key was used for another request (422)
    ├── BadPageToken            a list cannot be continued from there (400)
    ├── NotAuthenticated        the caller has shown no key that lets anybody in (401)
    ├── NotAllowed              the caller's key is for something else (403)
    ├── QuotaExceeded           the tenant has handed in too much for now (429)
    ├── UnknownTenant           there is no tenant of this name
    ├── Overloaded              too much is under way in this process; try again in a moment (503)
    ├── StoreUnavailable        the database cannot be reached or started; try again later (503)
    │   └── DataDirectoryInUse  another service already runs on this data directory
    ├── GeographyError          the map has no answer
    │   ├── AtSea               a position is on no land of the layer, nor near any
    │   └── LandLayerUnreadable a land layer is missing, broken or of a kind that is not read
    ├── TravelError             travel times could not be had
    │   ├── MatrixUnavailable   there are none: the plan fails, never a straight line
    │   │   └── RoadEngineFailed  the road engine failed; says in which of four ways
    │   ├── RoadsNotAwaited     somebody said to stop while the road engine was being asked
    │   └── UnknownProfile      the source of travel times has no such way of moving
    ├── SchedulingError         an order of visits and sailings has no times that keep to it
    ├── SolverError             the search itself went wrong
    │   ├── SolverCrashed       the solver process died
    │   ├── SolverOutOfMemory   the solver process passed its memory cap
    │   └── SolverOverran       the solver process passed its deadline without any plan and was killed
    └── PlanRejected            the referee found violations in a plan of ours; carries them

``api/problems.py`` is the only place that turns these into HTTP statuses.
"""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with a request, told so that the caller can mend it.

    Attributes:
        pointer: JSON Pointer (RFC 6901) into the request body.
        code: Stable name, with a heading in ``docs/errors.md``.
        detail: What is wrong here, with the values seen.
        action: What to do about it.
    """

    pointer: str
    code: str
    detail: str
    action: str


class SelatError(Exception):
    """Root of all errors raised on purpose."""


class DomainError(SelatError, ValueError):
    """A domain object was about to be made that cannot exist."""


class InvalidRequest(SelatError):
    """The request has faults; all of them are in ``faults``."""

    def __init__(self, faults: Sequence[Fault], *, readable: bool) -> None:
        """Keep the faults; ``readable`` says whether the body could be parsed at all (422) or not (400)."""
        super().__init__(f"{len(faults)} fault(s): " + "; ".join(f"{f.pointer} {f.code}" for f in faults[:3]))
        self.faults = tuple(faults)
        self.readable = readable

    def __reduce__(self) -> "tuple[partial[InvalidRequest], tuple[tuple[Fault, ...]]]":
        """Let it pass from process to process with its faults."""
        return partial(InvalidRequest, readable=self.readable), (self.faults,)


class RequestTooLarge(SelatError):
    """The request passes a limit and was not worked on; ``faults`` names the limits passed."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults."""
        super().__init__("; ".join(f.detail for f in faults))
        self.faults = tuple(faults)

    def __reduce__(self) -> "tuple[type[RequestTooLarge], tuple[tuple[Fault, ...]]]":
        """Let it pass from process to process with its faults."""
        return RequestTooLarge, (self.faults,)


class PlanNotFound(SelatError):
    """There is no such plan for this caller."""


class TimetableNotFound(SelatError):
    """There is no such timetable for this caller."""


class RouteNotFound(SelatError):
    """The plan has no route of this vehicle."""


class PlanConflict(SelatError):
    """The plan is in a state that does not allow the call."""


class Overloaded(SelatError):
    """Too much is under way in this process; nothing was begun, and it may be tried again in a moment."""


class RequestInFlight(PlanConflict):
    """A request with this idempotency key is being accepted at this very moment; ask again in a second."""


class IdempotencyMismatch(SelatError):
    """The idempotency key was used for another request."""


class BadPageToken(SelatError):
    """A list cannot be continued from there."""


class NotAuthenticated(SelatError):
    """The caller has shown no key that lets anybody in."""


class NotAllowed(SelatError):
    """The caller's key is for something else; ``scope`` is what it lacks."""

    def __init__(self, scope: str) -> None:
        """Keep the scope."""
        super().__init__(f"this key lacks the scope {scope}")
        self.scope = scope


class QuotaExceeded(SelatError):
    """The tenant has handed in too much for now; all amounts are stops x seconds of time limit."""

    def __init__(
        self, *, asked: int, limit: int, remaining: int, reset_seconds: int, period_seconds: int
    ) -> None:
        """Keep the amounts, and in how many seconds there is a whole ``limit`` again."""
        super().__init__(
            f"this request counts {asked} stops x seconds; {remaining} of {limit} per {period_seconds} s are left, "
            + ("more than a whole period allows" if asked > limit else f"and all again in {reset_seconds} s")
        )
        self.asked, self.limit, self.remaining = asked, limit, remaining
        self.reset_seconds, self.period_seconds = reset_seconds, period_seconds


class UnknownTenant(SelatError):
    """There is no tenant of this name."""


class StoreUnavailable(SelatError):
    """The database cannot be reached or started; what was asked may be tried again."""


class DataDirectoryInUse(StoreUnavailable):
    """Another service already runs on this data directory."""


class GeographyError(SelatError):
    """The map has no answer."""


class AtSea(GeographyError):
    """A position is on no land of the layer, nor within snapping distance of any."""

    def __init__(self, lat: float, lon: float, nearest_meters: int | None) -> None:
        """Keep how far the nearest land is; ``None`` means farther than was looked."""
        if nearest_meters is None:
            advice = (
                "no land of the layer is anywhere near. The shipped layer covers Indonesia:"
                " elsewhere name the `island`, or load a layer of your own (setting `land_layer`)"
            )
        else:
            advice = f"the nearest is {nearest_meters} m away. Correct the position, or name the `island`"
        super().__init__(f"({lat}, {lon}) is not on land; {advice}")
        self.nearest_meters = nearest_meters


class LandLayerUnreadable(GeographyError):
    """A land layer is missing, broken, or of a kind that is not read."""


class TravelError(SelatError):
    """Travel times could not be had."""


class MatrixUnavailable(TravelError):
    """The source of road times failed or does not answer."""


class RoadFailure(StrEnum):
    """In which way a road engine failed; ``docs/errors.md`` has a heading for each."""

    UNREACHABLE = "road_engine_unreachable"
    SLOW = "road_engine_slow"
    REFUSED = "road_engine_refused"
    GARBLED = "road_engine_garbled"


class RoadEngineFailed(MatrixUnavailable):
    """A road engine failed. Its text may be told to callers: it never names an address."""

    def __init__(self, failure: RoadFailure, detail: str) -> None:
        """Keep which way it was, and what was seen."""
        super().__init__(f"{failure}: {detail}")
        self.failure, self.detail = failure, detail

    def __reduce__(self) -> "tuple[type[RoadEngineFailed], tuple[RoadFailure, str]]":
        """Let it pass from process to process."""
        return RoadEngineFailed, (self.failure, self.detail)


class RoadsNotAwaited(TravelError):
    """Somebody said to stop while the road engine was being asked."""


class UnknownProfile(TravelError):
    """The source of travel times does not know how fast vehicles of a profile are."""


class SchedulingError(SelatError):
    """An order of visits and sailings has no times that keep to it."""


class SolverError(SelatError):
    """The search went wrong."""


class SolverCrashed(SolverError):
    """The solver process died without an answer."""


class SolverOutOfMemory(SolverError):
    """The solver process passed its memory cap."""


class SolverOverran(SolverError):
    """The solver process passed its deadline with nothing to show and was killed."""


class RuleBroken(Protocol):
    """What is asked of a violation here: ``domain.violations`` is above this module."""

    @property
    def rule(self) -> str:
        """Return the name of the rule."""
        ...


class PlanRejected(SelatError):
    """The referee found violations in a plan of ours."""

    def __init__(self, violations: Sequence[RuleBroken]) -> None:
        """Keep the violations for the job's record."""
        super().__init__(f"{len(violations)} violation(s), first: {violations[0] if violations else '-'}")
        self.violations = tuple(violations)

    @property
    def rules(self) -> tuple[str, ...]:
        """Return the names of the rules broken, each once."""
        return tuple(sorted({violation.rule for violation in self.violations}))


def trace_without_values(error: BaseException) -> str:
    """Return where an exception and its causes come from and of which type they are, for the log.

    Their messages are left out: they may quote what a caller sent. So says a ``KeyError`` the key, and a
    validation error the value.
    """
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = "".join(traceback.format_tb(error.__traceback__))
    earlier = "" if before is None else trace_without_values(before) + "\nthen\n"
    return f"{earlier}{frames}{type(error).__module__}.{type(error).__qualname__}"


def said_to_operators(error: BaseException) -> str:
    """Return what an error says for the log: its message where that cannot quote a caller, else its type."""
    return str(error) if isinstance(error, _ABOUT_THE_SERVICE) else type(error).__name__


_ABOUT_THE_SERVICE = (StoreUnavailable, LandLayerUnreadable, MatrixUnavailable, SolverError, OSError)
