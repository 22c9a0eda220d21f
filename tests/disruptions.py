"""Disruptions of generated days, drawn from a seed: what a dispatcher may have to say in the middle of one."""

import random
from dataclasses import replace
from importlib import import_module
from typing import TypeVar, cast

import numpy as np

from router.domain.ids import SailingId, StopId
from router.domain.plan import EndStep, FerryStep, Plan, StartStep, StopStep
from router.domain.problem import Problem, Stop
from router.domain.replans import Disruption, History, disrupted
from router.domain.search import Budget
from router.domain.units import Instant
from router.ports import Solver
from router.service.replanning.recipe import Question
from router.travel.matrix import Block, TravelMatrix
from tests.solving import AMPLE, ENGINES

Thing = TypeVar("Thing", bound=str)


def drawn(problem: Problem, before: Plan, seed: int) -> Question:
    """Return a question about a day: some instant, and some of everything that may have changed by then."""
    dice = random.Random(seed)  # noqa: S311
    at = _instant(before, dice)
    open_sailings = [s for s in problem.timetable.sailings() if s.departs >= at and not s.cancelled]
    cancelled = _closed_lines(problem, at, dice) | _some(dice, [s.id for s in open_sailings], 0.1)
    delayed = {
        sailing_id: Instant(problem.timetable.sailing(sailing_id).departs + 60 * dice.randint(5, 120))
        for sailing_id in sorted(_some(dice, [s.id for s in open_sailings], 0.1) - cancelled)
    }
    dropped = _some(dice, [vehicle.id for vehicle in problem.vehicles], 0.1)
    begun = {
        step.stop_id
        for route in before.routes
        for step in route.steps
        if isinstance(step, StopStep) and step.starts_at < at
    }
    shipped = {
        end for s in problem.shipments if {s.pickup, s.dropoff} & begun for end in (s.pickup, s.dropoff)
    }
    gone = _some(dice, [stop.id for stop in problem.stops if stop.id not in begun | shipped], 0.1)
    gone |= {e for s in problem.shipments if {s.pickup, s.dropoff} & gone for e in (s.pickup, s.dropoff)}
    disruption = Disruption(
        cancelled=frozenset(cancelled), delayed=delayed, withdrawn=frozenset(gone), dropped=frozenset(dropped)
    )
    whole = disrupted(_with_new_stops(problem, dice), disruption)
    history = History(at=at, before=before, withdrawn=disruption.withdrawn, dropped=disruption.dropped)
    return Question(problem=whole, history=history, of="before")


def roads_between(problem: Problem, known: TravelMatrix) -> TravelMatrix:
    """Return the roads of a problem with new stops: each stands where the stop that it is like stands."""
    blocks = {}
    for key, block in known.blocks.items():
        at_place = {problem.location(place): row for row, place in enumerate(block.places)}
        new = [s for s in problem.stops if s.id not in block.places and s.location in at_place]
        rows = np.array([*range(len(block.places)), *(at_place[stop.location] for stop in new)])
        cells = np.ix_(rows, rows)
        places = (*block.places, *(stop.id for stop in new))
        blocks[key] = Block(places=places, seconds=block.seconds[cells], meters=block.meters[cells])
    return TravelMatrix(blocks, known.source)


def in_process(engine: str = "search") -> Solver:
    """Return an engine that searches in this process."""
    return cast("Solver", import_module(ENGINES[engine]))


def budget(iterations: int, seed: int) -> Budget:
    """Return a budget that ends by iterations."""
    return Budget(time_limit=AMPLE, iteration_limit=iterations, seed=seed)


def _instant(before: Plan, dice: random.Random) -> Instant:
    """Return some instant of the day, mostly one at which something happens."""
    moments = [Instant(0)]
    for route in before.routes:
        for step in route.steps:
            match step:
                case StartStep() | FerryStep():
                    moments.append(step.departs_at)
                case StopStep():
                    moments += [step.arrives_at, step.starts_at, step.departs_at]
                case EndStep():
                    moments.append(step.arrives_at)
                case _:
                    continue
    real = sorted(moments)[1:] or moments
    chosen = real[int(len(real) * dice.random() ** 1.5)]
    return Instant(chosen + dice.choice((-600, -1, 0, 1, 300)))


def _some(dice: random.Random, things: list[Thing], share: float) -> set[Thing]:
    return {thing for thing in things if dice.random() < share * dice.choice((0, 1, 2))}


def _closed_lines(problem: Problem, at: Instant, dice: random.Random) -> set[SailingId]:
    """Return the sailings of some lines, from then on, for some hours."""
    closed = _some(dice, [line.id for line in problem.timetable.lines], 0.2)
    until = at + 3600 * dice.randint(1, 8)
    return {s.id for s in problem.timetable.sailings() if s.line_id in closed and at <= s.departs <= until}


def _with_new_stops(problem: Problem, dice: random.Random) -> Problem:
    likes = [stop for stop in problem.stops if stop.shipment is None]
    new = [_new(dice.choice(likes), number) for number in range(dice.randint(0, 3)) if likes]
    return replace(problem, stops=(*problem.stops, *new))


def _new(like: Stop, number: int) -> Stop:
    return replace(like, id=StopId(f"new-{number}"), windows=(), allowed_vehicles=None)
