"""Timetables as they are kept: under a name, in versions; and which of them a plan was made with."""

import re
from dataclasses import dataclass
from datetime import datetime

from router.domain.units import Seconds

TIMETABLE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableUse:
    """Which version of which timetable it was.

    Attributes:
        version: Counts the times that a tenant has stored it, from 1; ``None`` for one that comes with the package.
        sha256: Of its document, in hexadecimal digits.
    """

    name: str
    version: int | None
    sha256: str

    @property
    def built_in(self) -> bool:
        """Whether it comes with the package."""
        return self.version is None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTimetable:
    """A timetable with its document, JSON."""

    use: TimetableUse
    document: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableSummary:
    """A timetable as lists show it; a built-in one was never stored by anybody.

    Attributes:
        ports: How many.
        lines: How many.
    """

    use: TimetableUse
    title: str
    ports: int
    lines: int
    stored_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableRecord:
    """A version of a timetable, whole; ``warnings``, JSON, tell what was odd about what was stored."""

    summary: TimetableSummary
    document: bytes
    warnings: bytes = b"[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDefaults:
    """What feeds of timetables do not say.

    Attributes:
        check_in: How long before departure a vehicle must be at the port.
        unload: How long after docking it rolls off.
    """

    title: str = ""
    currency: str = "IDR"
    check_in: Seconds = Seconds(900)
    unload: Seconds = Seconds(300)
