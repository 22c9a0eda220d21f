"""What is read from headers and queries."""

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from router.api.exchange import flag, preferred_wait
from router.api.keys import LIMITS, ApiLimits


def request_with(path: str = "/", **headers: str) -> web.Request:
    app = web.Application()
    app[LIMITS] = ApiLimits(body_bytes=1, wait_seconds=60)
    return make_mocked_request("POST", path, headers=headers, app=app)


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
    assert preferred_wait(request_with(Prefer=header)) == seconds


def test_a_flag_is_true_or_false_and_nothing_else() -> None:
    assert flag(request_with("/?dry=true"), "dry")
    assert not flag(request_with("/?dry=false"), "dry")
    assert not flag(request_with("/"), "dry")
    with pytest.raises(web.HTTPBadRequest):
        flag(request_with("/?dry=1"), "dry")
