"""Unpacking gzip piece by piece, so that a bomb is found out before it goes off."""

import zlib
from collections.abc import Iterator

from aiohttp import web

PIECE_BYTES = 256 * 1024
"""Unpacking so much takes less than a millisecond; the event loop turns in between."""

MOST_MEMBERS = 1_024
"""A gzip stream may be several in a row; honest ones are few, and each costs a fresh start."""

GZIP_WBITS = 16 + zlib.MAX_WBITS


class Plain:
    """A body that is not packed at all."""

    def unpack(self, chunk: bytes) -> Iterator[bytes]:
        """Yield the chunk as it is."""
        yield chunk

    def end(self) -> None:
        """Find nothing missing."""


class Gzip:
    """A body in gzip (RFC 1952)."""

    def __init__(self) -> None:
        """Expect the first member."""
        self._inside = zlib.decompressobj(GZIP_WBITS)
        self._members = 1

    def unpack(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what the chunk unpacks to, in pieces of at most ``PIECE_BYTES``.

        Raises:
            HTTPBadRequest: it is not gzip.
        """
        while chunk:
            if self._inside.eof:
                self._begin_member()
            try:
                piece = self._inside.decompress(chunk, PIECE_BYTES)
            except zlib.error as error:
                raise web.HTTPBadRequest(text="the body is not gzip, as was announced") from error
            chunk = self._inside.unused_data if self._inside.eof else self._inside.unconsumed_tail
            yield piece

    def end(self) -> None:
        """Find out whether something is missing.

        Raises:
            HTTPBadRequest: the gzip stream is cut off.
        """
        if not self._inside.eof:
            raise web.HTTPBadRequest(text="the gzip stream of the body is cut off")

    def _begin_member(self) -> None:
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise web.HTTPBadRequest(text="the body is too many gzip streams in a row")
        self._inside = zlib.decompressobj(GZIP_WBITS)


def unpacker_of(request: web.Request) -> Plain | Gzip:
    """Return what unpacks the body of this request.

    Raises:
        HTTPUnsupportedMediaType: it is packed in a way that is not known here.
    """
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding in ("identity", ""):
        return Plain()
    if coding in ("gzip", "x-gzip"):
        return Gzip()
    refusal = web.HTTPUnsupportedMediaType(text="send the body plain or as Content-Encoding: gzip")
    refusal.headers["Accept-Encoding"] = "gzip"
    raise refusal
