"""The plan of ``tests/unit/checking/example.py``, ready to be exported."""

from dataclasses import replace

from router.domain.ids import StopId, VehicleId
from router.domain.plan import Plan, Route
from router.wire.exports.subject import Subject
from tests.unit.checking.example import good_plan, two_islands


def a_subject(landmark: str = "behind the blue mosque", plate: str = "DK 1234 AB") -> Subject:
    """Return two vans' day over the Bali Strait; stop p-1 has a landmark, van-1 a plate."""
    return Subject(
        problem=two_islands(),
        plan=good_plan(),
        landmarks={StopId("p-1"): landmark},
        plates={VehicleId("van-1"): plate},
    )


def without_routes() -> Subject:
    """Return the same question, with nothing served."""
    return replace(a_subject(), plan=replace(good_plan(), routes=()))


def first_route(plan: Plan) -> Route:
    """Return the route of van-1."""
    return plan.routes[0]
