"""Names of plans sort by time and never meet."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from router.service.plan_id import ALPHABET, new_plan_id


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedClock:
    """A clock that shows one moment."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment


def at(moment: datetime) -> StoppedClock:
    return StoppedClock(moment=moment)


def test_the_time_stands_in_front_as_the_ulid_specification_has_it() -> None:
    """1469918176385 ms is the example of the specification."""
    moment = datetime.fromtimestamp(1469918176, tz=UTC) + timedelta(milliseconds=385)
    assert new_plan_id(at(moment))[:10] == "01ARYZ6S41"


def test_it_has_twenty_six_letters_of_the_alphabet() -> None:
    name = new_plan_id(at(datetime(2026, 11, 25, tzinfo=UTC)))
    assert len(name) == 26
    assert set(name) <= set(ALPHABET)


def test_a_later_plan_sorts_after_an_earlier_one() -> None:
    start = datetime(2026, 11, 25, tzinfo=UTC)
    names = [new_plan_id(at(start + timedelta(milliseconds=step))) for step in range(1000)]
    assert names == sorted(names)


def test_plans_of_the_same_millisecond_do_not_meet() -> None:
    clock = at(datetime(2026, 11, 25, tzinfo=UTC))
    assert len({new_plan_id(clock) for _ in range(10_000)}) == 10_000
