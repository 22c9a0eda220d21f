"""What is read from headers and queries."""

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from router.api.keys import LIMITS, ApiLimits
from router.api.parameters import (
    MOST_PER_PAGE,
    flag,
    idempotency_key,
    page_size,
    page_token,
    preferred_wait,
    status_wanted,
)
from router.domain.records import PlanStatus


def request_with(path: str = "/", headers: dict[str, str] | None = None) -> web.Request:
    app = web.Application()
    app[LIMITS] = ApiLimits(body_bytes=1, message_bytes=1, wait_seconds=60)
    return make_mocked_request("POST", path, headers=headers or {}, app=app)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("wait=30", 30),
        ("respond-async, wait=10", 10),
        ("WAIT = 5 ; note=x", 5),
        ('wait="7"', 7),
        ("wait=3600", 60),
        ("wait=-1", 0),
        ("wait=soon", 0),
        ("await=9", 0),
        ("wait", 0),
        ("", 0),
    ],
)
def test_a_preferred_wait_is_whole_seconds_capped_and_nonsense_is_no_preference(
    header: str, seconds: int
) -> None:
    assert preferred_wait(request_with(headers={"Prefer": header})) == seconds


def test_a_flag_is_true_or_false_and_nothing_else() -> None:
    assert flag(request_with("/?dry=true"), "dry")
    assert not flag(request_with("/?dry=false"), "dry")
    assert not flag(request_with("/"), "dry")
    with pytest.raises(web.HTTPBadRequest):
        flag(request_with("/?dry=1"), "dry")


def test_an_idempotency_key_means_the_same_with_and_without_quotation_marks() -> None:
    bare = idempotency_key(request_with(headers={"Idempotency-Key": "8e03978e"}))
    quoted = idempotency_key(request_with(headers={"Idempotency-Key": '"8e03978e"'}))
    assert bare == quoted == "8e03978e"
    assert idempotency_key(request_with()) is None


@pytest.mark.parametrize("key", ["", '""', "two words", "x" * 256, "café"])
def test_an_idempotency_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(web.HTTPBadRequest):
        idempotency_key(request_with(headers={"Idempotency-Key": key}))


def test_a_list_is_narrowed_to_a_status_that_exists() -> None:
    assert status_wanted(request_with("/?status=failed")) is PlanStatus.FAILED
    assert status_wanted(request_with("/")) is None
    assert status_wanted(request_with("/?status=")) is None, "nothing said is nothing asked for"
    for odd in ("done", "FAILED"):
        with pytest.raises(web.HTTPBadRequest):
            status_wanted(request_with(f"/?status={odd}"))


@pytest.mark.parametrize(
    ("query", "size"),
    [("", 50), ("?page_size=", 50), ("?page_size=7", 7), ("?page_size=99999", MOST_PER_PAGE)],
)
def test_a_page_has_a_size_within_reason(query: str, size: int) -> None:
    assert page_size(request_with("/" + query)) == size


@pytest.mark.parametrize("size", ["0", "-1", "many", "1e3", "٣", "9999999"])
def test_a_page_size_that_is_none_is_refused(size: str) -> None:
    with pytest.raises(web.HTTPBadRequest):
        page_size(request_with(f"/?page_size={size}"))


def test_a_page_token_longer_than_any_of_ours_is_refused_before_anybody_looks_into_it() -> None:
    assert page_token(request_with("/?page_token=abc")) == "abc"
    assert page_token(request_with("/?page_token=")) is None
    with pytest.raises(web.HTTPBadRequest):
        page_token(request_with("/?page_token=" + "a" * 2_000))
