"""The endpoints of plans, and what there is to say about them."""

from types import MappingProxyType

from router.api.admission import Kind
from router.api.bodies import JSON, PLAN_REQUEST, PROTOBUF, REPLAN_REQUEST
from router.api.endpoint import Answer, Endpoint, Parameter
from router.api.events import get_events
from router.api.parameters import DEFAULT_PAGE_SIZE, MOST_PER_PAGE, MOST_TOKEN_CHARS
from router.api.plans import cancel_plan, delete_plan, get_plan, list_plans, post_plan, post_replan
from router.domain.records import PlanStatus
from router.domain.tenants import Scope

EITHER = (JSON, PROTOBUF)
PLAN = ("PlanResource",)
WITH_A_PLAN = ("getPlan", "watchPlan", "cancelPlan", "deletePlan", "replan")
EVENT_STREAM = "text/event-stream"

RETRY_AFTER = MappingProxyType(
    {"Retry-After": "Seconds after which to ask again, while the plan has not ended."}
)
TAG = MappingProxyType({"ETag": "Of the plan as it is now; for `If-None-Match`."})
ACCEPTED = MappingProxyType(
    {
        "Location": "Where to ask after the plan.",
        "Preference-Applied": "The `wait` that was granted.",
        "Idempotent-Replayed": "`true` where the `Idempotency-Key` was used before, and nothing new was kept.",
        "RateLimit": "What is left of the tenant's quota, in stops x seconds of time limit.",
        "RateLimit-Policy": "The tenant's quota, in stops x seconds of time limit.",
    }
)

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
    Parameter(
        name="Idempotency-Key",
        within="header",
        says="A word of the caller's own: the same request under the same key is kept once, for 24 hours.",
        schema={"type": "string", "pattern": "^[!-~]{1,255}$"},
    ),
)
LIST_PARAMETERS = (
    Parameter(
        name="status",
        within="query",
        says="Only plans of this status; empty: of any.",
        schema={"type": "string", "enum": ["", *PlanStatus]},
    ),
    Parameter(
        name="page_size",
        within="query",
        says=f"How many plans at most; more than {MOST_PER_PAGE} are cut to that. Empty: as many as by default.",
        schema={
            "anyOf": [{"type": "integer", "minimum": 1, "maximum": 999_999}, {"const": ""}],
            "default": DEFAULT_PAGE_SIZE,
        },
    ),
    Parameter(
        name="page_token",
        within="query",
        says="The `next_page_token` of the page before.",
        schema={"type": "string", "maxLength": MOST_TOKEN_CHARS},
    ),
)
IF_NONE_MATCH = Parameter(
    name="If-None-Match",
    within="header",
    says="The `ETag` of the plan as the caller has it.",
    schema={"type": "string"},
)
LAST_EVENT_ID = Parameter(
    name="Last-Event-ID",
    within="header",
    says="The `id` of the last event that was seen; only what came after is told.",
    schema={"type": "string"},
)


def plan_endpoints() -> tuple[Endpoint, ...]:
    """Return them all."""
    return (_submit(), _list(), _get(), _events(), _cancel(), _delete(), _replan())


def _submit() -> Endpoint:
    return Endpoint(
        method="POST",
        path="/v1/plans",
        handler=post_plan,
        name="submitPlan",
        says="Hand a batch of stops in, to be solved. Once answered, the plan survives any crash.",
        scope=Scope.PLANS_WRITE,
        takes="PlanRequest",
        forms=tuple(PLAN_REQUEST),
        parameters=SUBMIT_PARAMETERS,
        answers={
            200: Answer(
                says="The plan has ended within `Prefer: wait`, or there are no faults to tell of.",
                shapes=("PlanResource", "Validation"),
                media_types=EITHER,
                headers={**ACCEPTED, **TAG},
            ),
            202: Answer(
                says="Accepted; ask again.",
                shapes=PLAN,
                media_types=EITHER,
                headers={**ACCEPTED, **TAG, **RETRY_AFTER},
                leads_to=WITH_A_PLAN,
            ),
        },
        refuses=(409, 429),
    )


def _list() -> Endpoint:
    return Endpoint(
        method="GET",
        path="/v1/plans",
        handler=list_plans,
        name="listPlans",
        says="Look through the tenant's plans, newest first.",
        scope=Scope.PLANS_READ,
        parameters=LIST_PARAMETERS,
        answers={200: Answer(says="Some of them.", shapes=("PlanList",), media_types=EITHER)},
        refuses=(400,),
    )


def _get() -> Endpoint:
    return Endpoint(
        method="GET",
        path="/v1/plans/{plan_id}",
        handler=get_plan,
        name="getPlan",
        says="Ask after a plan; while it is running, `plan` is the best so far.",
        scope=Scope.PLANS_READ,
        parameters=(IF_NONE_MATCH,),
        answers={
            200: Answer(
                says="The plan as it is now.", shapes=PLAN, media_types=EITHER, headers={**TAG, **RETRY_AFTER}
            ),
            304: Answer(says="The caller has it already.", media_types=(), headers=TAG),
        },
        refuses=(404,),
    )


def _events() -> Endpoint:
    return Endpoint(
        method="GET",
        path="/v1/plans/{plan_id}/events",
        handler=get_events,
        name="watchPlan",
        says="Be told what happens to a plan as server-sent events: `status` (status, attempt), `progress` "
        "(cost, served, seconds), and at the end `done` (status).",
        scope=Scope.PLANS_READ,
        kind=Kind.STREAM,
        parameters=(LAST_EVENT_ID,),
        answers={
            200: Answer(says="The events until the plan has ended.", media_types=(EVENT_STREAM,)),
            204: Answer(says="The caller has seen all there will be.", media_types=()),
        },
        refuses=(404,),
    )


def _cancel() -> Endpoint:
    return Endpoint(
        method="POST",
        path="/v1/plans/{plan_id}/cancel",
        handler=cancel_plan,
        name="cancelPlan",
        says="Stop the search and keep its best. A plan that has ended stays as it is.",
        scope=Scope.PLANS_WRITE,
        answers={
            200: Answer(says="The plan has ended.", shapes=PLAN, media_types=EITHER, headers=TAG),
            202: Answer(
                says="The search is told to stop.",
                shapes=PLAN,
                media_types=EITHER,
                headers={**TAG, **RETRY_AFTER},
            ),
        },
        refuses=(404,),
    )


def _replan() -> Endpoint:
    return Endpoint(
        method="POST",
        path="/v1/plans/{plan_id}/replans",
        handler=post_replan,
        name="replan",
        says="Make a new plan from one that has ended: what began before `at` stays as it was, sailings are cancelled "
        "or delayed, stops come and go, vehicles are lost; the rest changes as little as it must. The old plan stays.",
        scope=Scope.PLANS_WRITE,
        takes="ReplanRequest",
        forms=tuple(REPLAN_REQUEST),
        parameters=SUBMIT_PARAMETERS[1:],
        answers={
            200: Answer(
                says="The new plan has ended within `Prefer: wait`.",
                shapes=PLAN,
                media_types=EITHER,
                headers={**ACCEPTED, **TAG},
            ),
            202: Answer(
                says="Accepted; ask again.",
                shapes=PLAN,
                media_types=EITHER,
                headers={**ACCEPTED, **TAG, **RETRY_AFTER},
                leads_to=WITH_A_PLAN,
            ),
        },
        refuses=(404, 409, 429),
    )


def _delete() -> Endpoint:
    return Endpoint(
        method="DELETE",
        path="/v1/plans/{plan_id}",
        handler=delete_plan,
        name="deletePlan",
        says="Erase a plan with its request and all that is known of it; a search for it is stopped.",
        scope=Scope.PLANS_WRITE,
        answers={204: Answer(says="It is gone.", media_types=())},
        refuses=(404,),
    )
