"""Every endpoint on one page: its route, its handler, and what there is to say about it."""

from router.api.admission import Kind
from router.api.bodies import CHECK_REQUEST, JSON, PROTOBUF
from router.api.checks import post_check
from router.api.endpoint import Answer, Endpoint
from router.api.export_endpoints import export_endpoints
from router.api.health import get_livez, get_openapi, get_readyz
from router.api.keys import Handler
from router.api.page_endpoints import page_endpoints
from router.api.plan_endpoints import plan_endpoints
from router.api.timetable_endpoints import timetable_endpoints
from router.domain.tenants import Scope

TEXT = "text/plain"
OPENMETRICS = "application/openmetrics-text"


def endpoints(metrics: Handler) -> tuple[Endpoint, ...]:
    """Return everything that the service answers to; ``metrics`` is the exposition of its registry."""
    of_plans = (*plan_endpoints(), *export_endpoints(), *timetable_endpoints(), *_checks())
    return (*of_plans, *_operations(metrics), *page_endpoints())


def _checks() -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            method="POST",
            path="/v1/checks",
            handler=post_check,
            name="checkPlan",
            says="Have the referee look at a plan, from whatever program; no violations means it is good.",
            scope=Scope.CHECKS,
            takes="CheckRequest",
            forms=tuple(CHECK_REQUEST),
            answers={
                200: Answer(
                    says="Everything that is wrong with it.",
                    shapes=("CheckResponse",),
                    media_types=(JSON, PROTOBUF),
                )
            },
        ),
    )


def _operations(metrics: Handler) -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            method="GET",
            path="/livez",
            handler=get_livez,
            name="livez",
            says="Whether the process lives.",
            kind=Kind.PROBE,
            answers={200: Answer(says="It does.")},
        ),
        Endpoint(
            method="GET",
            path="/readyz",
            handler=get_readyz,
            name="readyz",
            says="Whether plans can be kept.",
            kind=Kind.PROBE,
            answers={200: Answer(says="They can.")},
            refuses=(503,),
        ),
        Endpoint(
            method="GET",
            path="/metrics",
            handler=metrics,
            name="metrics",
            says="Metrics for Prometheus, with ids of plans as exemplars for those who accept OpenMetrics.",
            kind=Kind.PROBE,
            answers={200: Answer(says="The exposition.", media_types=(TEXT, OPENMETRICS))},
        ),
        Endpoint(
            method="GET",
            path="/openapi.json",
            handler=get_openapi,
            name="openapi",
            says="This description.",
            answers={200: Answer(says="OpenAPI 3.1.")},
        ),
    )
