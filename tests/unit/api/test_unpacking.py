"""gzip is unpacked piece by piece, and no bomb goes off."""

import gzip
import tracemalloc
import zlib

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from hypothesis import given, settings
from hypothesis import strategies as st

from router.api.unpacking import MOST_MEMBERS, PIECE_BYTES, Gzip, Plain, unpacker_of

MIB = 1 << 20


def unpacked(*chunks: bytes) -> bytes:
    unpacker = Gzip()
    body = b"".join(piece for chunk in chunks for piece in unpacker.unpack(chunk))
    unpacker.end()
    return body


@settings(deadline=None)
@given(st.binary(max_size=2_000), st.integers(1, 100))
def test_what_was_packed_comes_out_however_it_is_cut(body: bytes, size: int) -> None:
    packed = gzip.compress(body)
    assert unpacked(*(packed[i : i + size] for i in range(0, len(packed), size))) == body


def test_several_streams_in_a_row_are_one_body() -> None:
    """RFC 1952, section 2.2: tools that pack in parallel write them."""
    assert unpacked(gzip.compress(b"ab") + gzip.compress(b"") + gzip.compress(b"cd")) == b"abcd"


def test_a_bomb_comes_out_in_small_pieces_only_as_far_as_anybody_asks() -> None:
    packed = gzip.compress(bytes(64 * MIB))
    pieces = Gzip().unpack(packed)
    tracemalloc.start()
    taken = [len(next(pieces)) for _ in range(4)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken == [PIECE_BYTES] * 4
    assert peak < 4 * MIB


def test_a_body_of_countless_empty_streams_is_refused() -> None:
    """Each costs a fresh start, and none brings a byte that a limit could count."""
    with pytest.raises(web.HTTPBadRequest):
        unpacked(gzip.compress(b"") * (MOST_MEMBERS + 1))


@pytest.mark.parametrize(
    "body",
    [
        b"not gzip",
        gzip.compress(b"x" * 100)[:-9],
        gzip.compress(b"x") + b"and more",
        b"",
        zlib.compress(b"x"),
    ],
    ids=["something else", "cut off", "something behind it", "nothing", "zlib"],
)
def test_what_is_no_gzip_is_refused(body: bytes) -> None:
    with pytest.raises(web.HTTPBadRequest):
        unpacked(body)


def test_a_body_is_plain_or_gzip_and_everything_else_is_refused_with_what_would_do() -> None:
    def unpacker(coding: str) -> Plain | Gzip:
        return unpacker_of(make_mocked_request("POST", "/", headers={"Content-Encoding": coding}))

    assert isinstance(unpacker("identity"), Plain)
    assert isinstance(unpacker(" GZIP "), Gzip)
    for coding in ("br", "deflate", "gzip, gzip", "zstd"):
        with pytest.raises(web.HTTPUnsupportedMediaType) as refused:
            unpacker(coding)
        assert refused.value.headers["Accept-Encoding"] == "gzip"
