"""Sailings, their classes, fares and decks."""

from collections.abc import Iterator

from router.domain.plan import FerryStep, Plan
from router.domain.problem import Problem
from router.domain.units import Instant, Money
from tests.mutators.editing import MANY, Mutator, steps_of, vehicle_of, with_step, with_steps


def _other_departure(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, FerryStep):
        yield with_step(plan, r, i, departs_at=Instant(step.departs_at + 60))


def _quick_crossing(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, FerryStep):
        yield with_step(plan, r, i, rolls_off_at=Instant(step.rolls_off_at - 60))


def _cancelled(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, FerryStep):
        for sailing in problem.timetable.sailings():
            if sailing.cancelled:
                yield with_step(plan, r, i, sailing_id=sailing.id, line_id=sailing.line_id)


def _wrong_way(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, FerryStep):
        yield with_step(plan, r, i, from_port=step.to_port, to_port=step.from_port)


def _after_check_in(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, FerryStep):
        yield with_step(plan, r, i, arrives_at=Instant(step.check_in_by + 1))


def _not_carried(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, FerryStep):
        for line in problem.timetable.lines:
            if line.fare(vehicle_of(problem, plan, r).conveyance.ferry_class) is None and line.sailings:
                yield with_step(plan, r, i, line_id=line.id, sailing_id=line.sailings[0].id)


def _other_fare(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, FerryStep):
        yield with_step(plan, r, i, fare=Money(step.fare * 1.01 + 1))


def _crowded_deck(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, step in steps_of(plan, FerryStep):
        room = problem.timetable.sailing(step.sailing_id).deck_slots
        takes = vehicle_of(problem, plan, r).conveyance.deck_slots
        if room is not None and takes > 0 and room // takes < MANY:
            yield with_steps(plan, r, i, [step] * (room // takes + 1))


def _not_as_booked(problem: Problem, plan: Plan) -> Iterator[Plan]:
    for r, i, _ in steps_of(plan, FerryStep):
        for barred in sorted(vehicle_of(problem, plan, r).conveyance.barred):
            sailing = problem.timetable.sailing(barred)
            yield with_step(plan, r, i, sailing_id=sailing.id, line_id=sailing.line_id)


MUTATORS: dict[str, tuple[Mutator, ...]] = {
    "sailings": (
        _other_departure,
        _quick_crossing,
        _cancelled,
        _wrong_way,
    ),
    "check_in": (_after_check_in,),
    "ferry_class": (_not_carried,),
    "fares": (_other_fare,),
    "deck_slots": (_crowded_deck,),
    "tickets": (_not_as_booked,),
}
