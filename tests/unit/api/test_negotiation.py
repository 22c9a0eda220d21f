"""What a caller would rather have, out of what it says."""

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from router.api.negotiation import prefers_protobuf, takes_gzip


def request_with(name: str, value: str | None) -> web.Request:
    return make_mocked_request("GET", "/", headers={} if value is None else {name: value})


@pytest.mark.parametrize(
    ("accept", "message"),
    [
        (None, False),
        ("*/*", False),
        ("application/json", False),
        ("application/x-protobuf", True),
        ("APPLICATION/X-PROTOBUF", True),
        ("application/json;q=0.5, application/x-protobuf", True),
        ("application/json, application/x-protobuf;q=0.5", False),
        ("application/x-protobuf;q=0, */*", False),
        ("application/x-protobuf ; q=0.001", True),
        ("application/x-protobuf;q=nonsense", True),
        (",;=,", False),
    ],
)
def test_a_message_is_sent_to_those_who_ask_for_it_by_name(accept: str | None, message: bool) -> None:  # noqa: FBT001
    assert prefers_protobuf(request_with("Accept", accept)) is message


@pytest.mark.parametrize(
    ("accept", "gzip"),
    [
        (None, False),
        ("gzip", True),
        ("deflate, gzip;q=1.0, *;q=0.5", True),
        ("gzip;q=0", False),
        ("identity", False),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("br", False),
    ],
)
def test_answers_are_packed_for_those_who_take_them_so(accept: str | None, gzip: bool) -> None:  # noqa: FBT001
    assert takes_gzip(request_with("Accept-Encoding", accept)) is gzip
