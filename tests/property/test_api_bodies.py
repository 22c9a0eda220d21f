"""Whatever is sent, the service answers with a status of its description, in the shape of its description.

Bodies are good requests with a few places spoilt: what is random altogether never gets past the first check.
"""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from router.wire import shapes
from router.wire.pb.selat.v1.plan_pb2 import CheckRequest
from router.wire.pb.selat.v1.plan_request_pb2 import PlanRequest
from router.wire.protobuf import fill
from tests.running_service import Json, RunningService, a_request, ended

EXAMPLES = 120
SPOILING = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

odd_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False),
    st.sampled_from(
        ["", "van-0", "dps", "p-1", "sanur", "2026-11-25T09:00:00+08:00", "\x00", "é" * 200, "/pickup"]
    ),
    st.text(max_size=30),
)
odd_values = st.recursive(
    odd_scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("selat"), SELAT_MAX_TIME_LIMIT_SECONDS="2") as running:
        running.wait_for_event("worker_ready")
        yield running
        assert running.errors() == []


@pytest.fixture(scope="module")
def a_check(service: RunningService) -> Json:
    request = a_request(time_limit=1)
    plan = service.plan_when(service.submit(request), ended)["plan"]
    return {"request": request, "plan": plan}


def places_in(document: Json, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to every value of a document."""
    items: Any = (
        document.items()
        if isinstance(document, dict)
        else enumerate(document)
        if isinstance(document, list)
        else ()
    )
    for key, value in items:
        yield (*path, key)
        yield from places_in(value, (*path, key))


@st.composite
def spoilt(draw: st.DrawFn, document: Json) -> Json:
    """Return a copy with one to three places replaced, removed, or added to."""
    document = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        ways = list(places_in(document))
        if not ways:
            break
        *way, last = draw(st.sampled_from(ways))
        parent: Json = document
        for key in way:
            parent = parent[key]
        match draw(st.sampled_from(["replace", "remove", "double"])):
            case "replace":
                parent[last] = draw(odd_values)
            case "remove":
                del parent[last]
            case "double" if isinstance(parent, list) and isinstance(last, int):
                parent.append(copy.deepcopy(parent[last]))
            case _:
                parent[draw(st.text(max_size=8))] = draw(odd_values)
    return document


def assert_answered(service: RunningService, path: str, body: bytes, headers: dict[str, str]) -> Json:
    answer = service.call("POST", path, body, headers)
    assert answer.status in (200, 400, 422), answer.body
    if answer.status != 200:
        assert answer.headers["Content-Type"] == "application/problem+json"
        shapes.ProblemDocument.model_validate(answer.json)
        return None
    return answer.json


@SPOILING
@given(data=st.data())
def test_a_spoilt_request_is_accepted_or_told_its_faults(
    service: RunningService, data: st.DataObject
) -> None:
    body = json.dumps(data.draw(spoilt(a_request()))).encode()
    accepted = assert_answered(service, "/v1/plans?validate_only=true", body, {})
    if accepted is not None:
        shapes.Validation.model_validate(accepted)


@SPOILING
@given(data=st.data())
def test_a_spoilt_check_is_judged_or_told_its_faults(
    service: RunningService, a_check: Json, data: st.DataObject
) -> None:
    body = json.dumps(data.draw(spoilt(a_check))).encode()
    judged = assert_answered(service, "/v1/checks", body, {})
    if judged is not None:
        shapes.CheckResponse.model_validate(judged)


@SPOILING
@given(data=st.data())
def test_bytes_of_a_message_may_be_anything(
    service: RunningService, a_check: Json, data: st.DataObject
) -> None:
    """Flipped, cut and doubled: they are a message that means something, or none."""
    message = CheckRequest() if (check := data.draw(st.booleans())) else PlanRequest()
    fill(message, a_check if check else a_check["request"])
    body = bytearray(message.SerializeToString())
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place] = data.draw(st.integers(0, 255))
    path = "/v1/checks" if check else "/v1/plans?validate_only=true"
    assert_answered(service, path, bytes(body), {"Content-Type": "application/x-protobuf"})


@settings(SPOILING, max_examples=40)
@given(data=st.data())
def test_what_is_accepted_is_solved_or_fails_with_a_reason(
    service: RunningService, data: st.DataObject
) -> None:
    """Nothing that gets past the checks of the request breaks what comes after them."""
    request = data.draw(spoilt(a_request(time_limit=1)))
    answer = service.call("POST", "/v1/plans", request, {"Prefer": "wait=30"})
    assert answer.status in (200, 400, 422), answer.body
    if answer.status == 200:
        shapes.PlanResource.model_validate(answer.json)
        assert answer.json["status"] == "succeeded", answer.json
