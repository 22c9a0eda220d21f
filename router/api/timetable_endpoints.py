"""The endpoints of timetables, and what there is to say about them."""

from router.api.bodies import TIMETABLE
from router.api.endpoint import Answer, Endpoint, Parameter
from router.api.timetables import USUAL, delete_timetable, get_timetable, list_timetables, put_timetable
from router.domain.tenants import Scope

PATH = "/v1/timetables/{name}"
STORED = ("StoredTimetable",)


def _seconds(name: str, says: str, usual: int) -> Parameter:
    schema = {"type": "integer", "minimum": 0, "maximum": 999_999, "default": usual}
    return Parameter(
        name=name, within="query", says=f"Of a feed, which does not say it: {says}", schema=schema
    )


PUT_PARAMETERS = (
    _seconds("check_in_seconds", "how long before departure a vehicle must be at the port.", USUAL.check_in),
    _seconds("unload_seconds", "how long after docking a vehicle rolls off.", USUAL.unload),
    Parameter(
        name="currency",
        within="query",
        says="Of a feed: what plans with it are asked in.",
        schema={"type": "string", "pattern": "^[A-Z]{3}$", "default": USUAL.currency},
    ),
)
VERSION = Parameter(
    name="version",
    within="query",
    says="An older version: the last ten are kept, and those that plans were made with as long as the plans.",
    schema={"type": "integer", "minimum": 0, "maximum": 999_999},
)


def timetable_endpoints() -> tuple[Endpoint, ...]:
    """Return them all."""
    return (_list(), _put(), _get(), _delete())


def _list() -> Endpoint:
    return Endpoint(
        method="GET",
        path="/v1/timetables",
        handler=list_timetables,
        name="listTimetables",
        says="List the timetables that a plan may name: the tenant's own and those that come with the service.",
        scope=Scope.TIMETABLES,
        answers={200: Answer(says="All of them, by name.", shapes=("TimetableList",))},
    )


def _put() -> Endpoint:
    return Endpoint(
        method="PUT",
        path=PATH,
        handler=put_timetable,
        name="putTimetable",
        says="Store a timetable: as JSON, or as a GTFS zip, of which the ferries are taken (`route_type` 4 and 1000 to "
        "1299). A name that is there already gets a new version; plans that were accepted keep theirs.",
        scope=Scope.TIMETABLES,
        takes="Timetable",
        forms=tuple(TIMETABLE),
        parameters=PUT_PARAMETERS,
        answers={
            200: Answer(says="A new version is stored.", shapes=STORED),
            201: Answer(
                says="Stored under a new name.",
                shapes=STORED,
                headers={"Location": "Where the timetable is."},
            ),
        },
    )


def _get() -> Endpoint:
    return Endpoint(
        method="GET",
        path=PATH,
        handler=get_timetable,
        name="getTimetable",
        says="Get a timetable as JSON, be it stored as that or as a feed. The tenant's own wins over a built-in one.",
        scope=Scope.TIMETABLES,
        parameters=(VERSION,),
        answers={200: Answer(says="The timetable.", shapes=("TimetableResource",))},
        refuses=(400, 404),
    )


def _delete() -> Endpoint:
    return Endpoint(
        method="DELETE",
        path=PATH,
        handler=delete_timetable,
        name="deleteTimetable",
        says="Delete a timetable. Plans that were accepted keep theirs.",
        scope=Scope.TIMETABLES,
        answers={204: Answer(says="It is gone.", media_types=())},
        refuses=(404,),
    )
