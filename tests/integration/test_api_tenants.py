"""Keys, scopes and quotas over HTTP: nobody sees or touches what is another tenant's."""

from collections.abc import Iterator

import pytest

from router.domain.tenants import Quota, Scope
from tests.running_service import Json, RunningService, a_request, ended
from tests.tenants import make_key

Key = dict[str, str]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("selat")) as running:
        running.wait_for_event("worker_ready")
        make_key(running, "first")  # from now on a key is asked for
        yield running
        assert running.call("GET", "/readyz").status == 200
        assert running.errors() == []


@pytest.fixture(scope="module")
def ours(service: RunningService) -> Key:
    return make_key(service, "ours")


@pytest.fixture(scope="module")
def theirs(service: RunningService) -> Key:
    return make_key(service, "theirs")


@pytest.fixture(scope="module")
def their_plan(service: RunningService, theirs: Key) -> str:
    answer = service.call("POST", "/v1/plans", a_request(time_limit=1), {**theirs, "Prefer": "wait=20"})
    assert answer.status == 200
    return str(answer.json["id"])


CALLS: list[tuple[str, str, Json]] = [
    ("POST", "/v1/plans", a_request()),
    ("GET", "/v1/plans", None),
    ("GET", "/v1/plans/{}", None),
    ("GET", "/v1/plans/{}/events", None),
    ("POST", "/v1/plans/{}/cancel", None),
    ("DELETE", "/v1/plans/{}", None),
    ("POST", "/v1/checks", {}),
]
OF_ONE_PLAN = [call for call in CALLS if "{}" in call[1]]


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
@pytest.mark.parametrize(
    "shown",
    [
        None,
        "Bearer selat_00000000_" + "x" * 43,
        "Bearer",
        "Bearer a b",
        "Basic dXNlcjpwYXNz",
        "bearer " + "x" * 600,
    ],
)
def test_whoever_shows_no_good_key_is_turned_away(
    service: RunningService, their_plan: str, method: str, path: str, body: Json, shown: str | None
) -> None:
    headers = {} if shown is None else {"Authorization": shown}
    answer = service.call(method, path.format(their_plan), body, headers)
    assert (answer.status, answer.json["type"]) == (401, "urn:problem-type:selat:not-authenticated")
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="selat"')
    assert ("invalid_token" in answer.headers["WWW-Authenticate"]) == (shown is not None)


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics", "/openapi.json"])
def test_probes_and_the_description_ask_for_no_key(service: RunningService, path: str) -> None:
    assert service.call("GET", path).status == 200


@pytest.mark.parametrize(("method", "path", "body"), OF_ONE_PLAN)
def test_a_plan_of_another_tenant_is_not_there(
    service: RunningService, ours: Key, their_plan: str, method: str, path: str, body: Json
) -> None:
    """It looks exactly like a plan that never was."""
    answer = service.call(method, path.format(their_plan), body, ours)
    nobodys = service.call(method, path.format("01ZZZZZZZZZZZZZZZZZZZZZZZZ"), body, ours)
    assert answer.status == nobodys.status == 404
    assert answer.json["detail"].replace(their_plan, "") == nobodys.json["detail"].replace(
        "01ZZZZZZZZZZZZZZZZZZZZZZZZ", ""
    )


def test_a_list_shows_only_what_is_ones_own(
    service: RunningService, ours: Key, theirs: Key, their_plan: str
) -> None:
    mine = service.call("POST", "/v1/plans", a_request(time_limit=1), ours).json["id"]
    assert [plan["id"] for plan in service.call("GET", "/v1/plans", headers=ours).json["plans"]] == [mine]
    shown = [plan["id"] for plan in service.call("GET", "/v1/plans", headers=theirs).json["plans"]]
    assert shown == [their_plan]


def test_a_page_token_of_another_tenant_leads_to_ones_own_plans(
    service: RunningService, ours: Key, theirs: Key
) -> None:
    """Or nowhere; but never to theirs."""
    for _ in range(2):
        service.call("POST", "/v1/plans", a_request(time_limit=1), theirs)
    page = service.call("GET", "/v1/plans?page_size=1", headers=theirs).json
    own = {plan["id"] for plan in service.call("GET", "/v1/plans", headers=ours).json["plans"]}
    answer = service.call("GET", f"/v1/plans?page_token={page['next_page_token']}", headers=ours)
    assert answer.status in (200, 400)
    if answer.status == 200:
        assert {plan["id"] for plan in answer.json["plans"]} <= own


def test_the_same_idempotency_key_of_two_tenants_makes_two_plans(
    service: RunningService, ours: Key, theirs: Key
) -> None:
    word = {"Idempotency-Key": "monday"}
    made = {
        service.call("POST", "/v1/plans", a_request(time_limit=1), {**key, **word}).json["id"]
        for key in (ours, theirs, ours)
    }
    assert len(made) == 2


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        (Scope.PLANS_READ, {("GET", "/v1/plans"), ("GET", "/v1/plans/{}"), ("GET", "/v1/plans/{}/events")}),
        (Scope.CHECKS, {("POST", "/v1/checks")}),
        (
            Scope.PLANS_WRITE,
            {("POST", "/v1/plans"), ("POST", "/v1/plans/{}/cancel"), ("DELETE", "/v1/plans/{}")},
        ),
    ],
)
def test_a_key_is_good_for_what_it_was_made_for_and_nothing_else(
    service: RunningService, scope: Scope, allowed: set[tuple[str, str]]
) -> None:
    key = make_key(service, "scoped", {scope})
    for method, path, body in CALLS:
        answer = service.call(method, path.format("nobody"), body, key)
        assert (answer.status != 403) == ((method, path) in allowed), (method, path)
        if answer.status == 403:
            assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]
            assert answer.json["type"] == "urn:problem-type:selat:not-allowed"


def test_a_quota_is_told_with_every_plan_and_kept(service: RunningService) -> None:
    """Six stops with a limit of one second count six."""
    key = make_key(service, "small", quota=Quota(stop_seconds=15, period_seconds=86_400))
    left = []
    for _ in range(2):
        answer = service.call("POST", "/v1/plans", a_request(time_limit=1), key)
        assert answer.status == 202
        assert answer.headers["RateLimit-Policy"] == '"stop-seconds";q=15;w=86400'
        left.append(answer.headers["RateLimit"].split(";")[1])
    assert left == ["r=9", "r=3"]
    refused = service.call("POST", "/v1/plans", a_request(time_limit=1), key)
    assert (refused.status, refused.json["type"]) == (429, "urn:problem-type:selat:quota-exceeded")
    assert 0 < int(refused.headers["Retry-After"]) <= 86_400
    assert refused.headers["RateLimit"].startswith('"stop-seconds";r=3;t=')
    listed = service.call("GET", "/v1/plans", headers=key).json["plans"]
    assert len(listed) == 2, "nothing was kept of the one refused"
    free = service.call("POST", "/v1/plans?validate_only=true", a_request(time_limit=1), key)
    assert free.status == 200, "looking for faults costs nothing"


def test_a_tenant_without_a_quota_is_told_of_none(service: RunningService, ours: Key) -> None:
    answer = service.call("POST", "/v1/plans", a_request(time_limit=1), {**ours, "Prefer": "wait=30"})
    assert "RateLimit" not in answer.headers
    assert ended(answer.json)
