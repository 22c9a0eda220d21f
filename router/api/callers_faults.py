"""Broken HTTP of a caller is no error of ours."""

import logging

from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web import RequestPayloadError


class CallersFaults(logging.Filter):
    """Makes a remark of what aiohttp logs as an error although the caller alone is to blame.

    Such are requests that are not HTTP, and the rest of a body that cannot be unpacked.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Lower the level of such a record, and leave its traceback out; let every record pass."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, HttpProcessingError | RequestPayloadError):
            record.levelno, record.levelname = logging.INFO, logging.getLevelName(logging.INFO)
            record.exc_info = None
        return True
