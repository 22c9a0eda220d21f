"""Every endpoint on one page: its route, its handler, and what there is to say about it."""

from router.api.checks import post_check
from router.api.health import get_livez, get_openapi, get_readyz
from router.api.keys import Handler
from router.api.openapi import Answer, Endpoint, Parameter
from router.api.plans import cancel_plan, get_plan, post_plan

TEXT = "text/plain"
PLAN = ("PlanResource",)
RETRY_AFTER = {"Retry-After": "Seconds after which to ask again, while the plan has not ended."}
LOCATION = {"Location": "Where to ask after the plan.", "Preference-Applied": "The `wait` that was granted."}

SUBMIT_PARAMETERS = (
    Parameter(
        name="validate_only",
        within="query",
        says="`true` only looks for faults; no plan is made.",
        schema={"type": "boolean", "default": False},
    ),
    Parameter(
        name="Prefer",
        within="header",
        says="`wait=30` (RFC 7240) holds the answer until the plan has ended, so many seconds at most.",
        schema={"type": "string"},
    ),
)


def endpoints(metrics: Handler) -> tuple[Endpoint, ...]:
    """Return everything that the service answers to; ``metrics`` is the exposition of its registry."""
    return (*_plans(), *_checks(), *_operations(metrics))


def _plans() -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            method="POST",
            path="/v1/plans",
            handler=post_plan,
            name="submitPlan",
            says="Hand a batch of stops in, to be solved. Once answered, the plan survives any crash.",
            takes="PlanRequest",
            parameters=SUBMIT_PARAMETERS,
            answers={
                200: Answer(
                    says="The plan has ended within `Prefer: wait`, or there are no faults to tell of.",
                    shapes=("PlanResource", "Validation"),
                    headers=LOCATION,
                ),
                202: Answer(says="Accepted; ask again.", shapes=PLAN, headers={**LOCATION, **RETRY_AFTER}),
            },
            refuses=(400, 413, 415, 422, 503),
        ),
        Endpoint(
            method="GET",
            path="/v1/plans/{plan_id}",
            handler=get_plan,
            name="getPlan",
            says="Ask after a plan; while it is running, `plan` is the best so far.",
            answers={200: Answer(says="The plan as it is now.", shapes=PLAN, headers=RETRY_AFTER)},
            refuses=(404, 503),
        ),
        Endpoint(
            method="POST",
            path="/v1/plans/{plan_id}/cancel",
            handler=cancel_plan,
            name="cancelPlan",
            says="Stop the search and keep its best. A plan that has ended stays as it is.",
            answers={
                200: Answer(says="The plan has ended.", shapes=PLAN),
                202: Answer(says="The search is told to stop.", shapes=PLAN, headers=RETRY_AFTER),
            },
            refuses=(404, 503),
        ),
    )


def _checks() -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            method="POST",
            path="/v1/checks",
            handler=post_check,
            name="checkPlan",
            says="Have the referee look at a plan, from whatever program; no violations means it is good.",
            takes="CheckRequest",
            answers={200: Answer(says="Everything that is wrong with it.", shapes=("CheckResponse",))},
            refuses=(400, 413, 415, 422, 503),
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
            answers={200: Answer(says="It does.")},
        ),
        Endpoint(
            method="GET",
            path="/readyz",
            handler=get_readyz,
            name="readyz",
            says="Whether plans can be kept.",
            answers={200: Answer(says="They can.")},
            refuses=(503,),
        ),
        Endpoint(
            method="GET",
            path="/metrics",
            handler=metrics,
            name="metrics",
            says="Counters for Prometheus.",
            answers={200: Answer(says="The exposition.", media_type=TEXT)},
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
