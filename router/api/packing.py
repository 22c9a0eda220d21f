"""Answers packed by gzip, for callers that take it so."""

import asyncio
import gzip

from aiohttp import web

from router.api.keys import Handler
from router.api.negotiation import takes_gzip

LEAST_BYTES = 1_024
"""Shorter answers gain nothing: they fit into one packet anyway."""

INLINE_BYTES = 64 * 1024
"""Packing longer answers takes more than a millisecond, and goes to a thread."""

LEVEL = 5


@web.middleware
async def packing(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Pack the answer where it is long enough and the caller takes gzip; event streams stay as they are."""
    answer = await handler(request)
    if not isinstance(answer, web.Response) or not isinstance(answer.body, bytes):
        return answer
    varies = answer.headers.get("Vary")
    answer.headers["Vary"] = "Accept-Encoding" if varies is None else f"{varies}, Accept-Encoding"
    if len(answer.body) >= LEAST_BYTES and takes_gzip(request) and "Content-Encoding" not in answer.headers:
        answer.body = await _packed(answer.body)
        answer.headers["Content-Encoding"] = "gzip"
    return answer


async def _packed(body: bytes) -> bytes:
    if len(body) <= INLINE_BYTES:
        return gzip.compress(body, LEVEL, mtime=0)
    return await asyncio.to_thread(gzip.compress, body, LEVEL, mtime=0)
