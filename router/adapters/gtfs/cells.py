"""Cells of a feed as values; what cannot be one is named, and read as nothing."""

import math
import re
from datetime import date
from zoneinfo import ZoneInfo

from router.adapters.gtfs.archive import Row
from router.adapters.gtfs.findings import Findings
from router.domain.timetable import MOST_CLOCK_SECONDS
from router.wire.document import shown
from router.wire.faults import FaultCode, WarningCode

_TIME = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_DATE = re.compile(r"\d{8}", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)

FIRST_YEAR, LAST_YEAR = 1970, 2199


class Cells:
    """Reads cells, and tells its findings of those that are wrong."""

    def __init__(self, findings: Findings) -> None:
        """Take where to tell."""
        self._findings = findings

    def text(self, row: Row, column: str, most: int = 128) -> str | None:
        """Return an id; ``None`` where it is empty or longer than ids are here."""
        said = row[column]
        if said and len(said) <= most and said.isprintable():
            return said
        self._refuse(row, column, f"{shown(said)} is not 1 to {most} printable characters")
        return None

    def time(self, row: Row, column: str) -> int | None:
        """Return the seconds of a time since the midnight of its service day; ``None`` where none is said."""
        said = row[column]
        if not said:
            return None
        found = _TIME.fullmatch(said)
        hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
        total = hours * 3600 + minutes * 60 + seconds
        if found is None or total > MOST_CLOCK_SECONDS:
            self._refuse(row, column, f"{shown(said)} is not HH:MM:SS, at most 168:00:00")
            return None
        if found[3] is None:
            what = "times without seconds, taken as whole minutes"
            self._findings.remark(row.file, row.number, WarningCode.GTFS_TIME_WITHOUT_SECONDS, what)
        return total

    def day(self, row: Row, column: str) -> date | None:
        """Return a date, ``YYYYMMDD``."""
        said = row[column]
        try:
            day = date.fromisoformat(said) if _DATE.fullmatch(said) else None
        except ValueError:
            day = None
        if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
        self._refuse(row, column, f"{shown(said)} is no date YYYYMMDD between {FIRST_YEAR} and {LAST_YEAR}")
        return None

    def whole(self, row: Row, column: str) -> int | None:
        """Return a whole number that is not negative."""
        said = row[column]
        if _WHOLE.fullmatch(said):
            return int(said)
        self._refuse(row, column, f"{shown(said)} is no whole number")
        return None

    def degrees(self, row: Row, column: str, most: float) -> float | None:
        """Return degrees from ``-most`` to ``most``."""
        said = row[column]
        try:
            found = float(said)
        except ValueError:
            found = math.nan
        if -most <= found <= most:
            return found
        self._refuse(row, column, f"{shown(said)} is not between -{most:g} and {most:g} degrees")
        return None

    def time_zone(self, row: Row, column: str) -> str | None:
        """Return an IANA name."""
        said = row[column]
        try:
            ZoneInfo(said)
        except (OSError, ValueError, KeyError):  # not found; outside the database; a folder of it
            self._refuse(row, column, f"{shown(said)} is no IANA time zone")
            return None
        return said

    def _refuse(self, row: Row, column: str, detail: str) -> None:
        self._findings.refuse(row.file, row.number, column, FaultCode.GTFS_BAD_VALUE, detail)
