"""The log: JSON lines on standard error, the same for our own words and for those of the libraries.

Nothing of what callers send is in it: no names, places, notes, amounts or keys. What we log ourselves are ids of
ours, counts and kinds; exceptions are logged by type and place, without their messages.
"""

import logging
import sys

import orjson
import structlog

from router.api.callers_faults import CallersFaults
from router.errors import trace_without_values


def configure_logging(level: str) -> None:
    """Write what is logged from this level on: ``debug``, ``info``, ``warning`` or ``error``."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(_trace),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(_as_json),
            ],
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.getLogger("aiohttp.server").addFilter(CallersFaults())


def _trace(exc_info: structlog.typing.ExcInfo) -> str:
    return trace_without_values(exc_info[1])


def _as_json(event: structlog.typing.EventDict, **_: object) -> str:
    return orjson.dumps(event, default=str).decode()
