"""Problem documents keep to RFC 9457."""

import orjson

from router.wire import shapes
from router.wire.faults import FaultCode, fault
from router.wire.problem_document import ProblemDocument, ProblemKind


def test_every_fault_is_in_the_document() -> None:
    faults = [fault(("stops", 0, "a/b"), FaultCode.UNKNOWN_FIELD, "x"), fault((), FaultCode.UNREADABLE, "y")]
    document = ProblemDocument(kind=ProblemKind.INVALID_REQUEST, status=422, detail="2 faults", errors=faults)
    told = orjson.loads(document.to_bytes())
    assert told["type"] == "urn:problem-type:selat:invalid-request"
    assert [entry["pointer"] for entry in told["errors"]] == ["/stops/0/a~1b", ""]
    assert list(told["errors"][0]) == ["pointer", "code", "detail", "action"]
    shapes.ProblemDocument.model_validate(told)


def test_members_that_do_not_apply_are_left_out() -> None:
    document = ProblemDocument(kind=ProblemKind.NOT_FOUND, status=404, detail="no plan")
    assert orjson.loads(document.to_bytes()).keys() == {"type", "title", "status", "detail"}
