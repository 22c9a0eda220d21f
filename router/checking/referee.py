"""The referee: every rule looks at every plan, and all that they find is handed back."""

from router.checking.allowed_vehicles import allowed_vehicles
from router.checking.breaks import breaks
from router.checking.capacity import capacity
from router.checking.case import Case, ReplanRule, Rule
from router.checking.cash import cash
from router.checking.check_in import check_in
from router.checking.costs import costs
from router.checking.deck_slots import deck_slots
from router.checking.depot_windows import depot_windows
from router.checking.driving import driving
from router.checking.fares import fares
from router.checking.ferry_class import ferry_class
from router.checking.homecoming import homecoming
from router.checking.land import land
from router.checking.loaded import loaded
from router.checking.loads import loads
from router.checking.locks import locks
from router.checking.max_distance import max_distance
from router.checking.max_duration import max_duration
from router.checking.max_stops import max_stops
from router.checking.past import past
from router.checking.ready_at import ready_at
from router.checking.references import references
from router.checking.route_shape import route_shape
from router.checking.sailings import sailings
from router.checking.served_once import served_once
from router.checking.shift import shift
from router.checking.shipments import shipments
from router.checking.skills import skills
from router.checking.tickets import tickets
from router.checking.time_continuity import time_continuity
from router.checking.time_windows import time_windows
from router.checking.totals import totals
from router.checking.trips import trips
from router.checking.unserved import unserved
from router.domain.plan import Plan
from router.domain.problem import Problem
from router.domain.replans import History
from router.domain.violations import Violation
from router.travel.matrix import TravelMatrix

RULES: tuple[Rule, ...] = (
    references,
    route_shape,
    trips,
    served_once,
    unserved,
    shipments,
    land,
    driving,
    time_continuity,
    time_windows,
    ready_at,
    depot_windows,
    shift,
    breaks,
    capacity,
    loads,
    cash,
    max_distance,
    max_duration,
    max_stops,
    skills,
    allowed_vehicles,
    locks,
    sailings,
    check_in,
    ferry_class,
    tickets,
    fares,
    deck_slots,
    costs,
    totals,
)
"""Every rule, in the order of its findings. A rule is called what its module is called."""

REPLAN_RULES: tuple[ReplanRule, ...] = (past, loaded, homecoming)
"""What a plan keeps to besides, where it was made from another in the middle of the day."""


def check(
    problem: Problem, matrix: TravelMatrix, plan: Plan, history: History | None = None
) -> tuple[Violation, ...]:
    """Return everything that is wrong with a plan, from whatever program it comes; nothing means it is good.

    ``history`` is what the plan was not to change, where it is a replan; the problem is that of the whole day.

    Everything is recomputed from ``problem`` and ``matrix``. No plan makes it raise: what does not exist or
    is out of place is a violation like any other.
    """
    case = Case(problem=problem, matrix=matrix, plan=plan, history=history)
    found = [(rule.__name__, finding) for rule in RULES for finding in rule(case)]
    if history is not None:
        found += [(rule.__name__, finding) for rule in REPLAN_RULES for finding in rule(case, history)]
    return tuple(
        Violation(
            rule=name,
            vehicle_id=finding.vehicle_id,
            step=finding.step,
            expected=finding.expected,
            actual=finding.actual,
        )
        for name, finding in found
    )
