"""On which days the services of a feed run: ``calendar.txt`` and ``calendar_dates.txt``."""

from dataclasses import dataclass, field
from datetime import date

from router.adapters.gtfs.archive import Archive, Row
from router.adapters.gtfs.cells import Cells
from router.adapters.gtfs.findings import Findings
from router.wire.document import shown
from router.wire.faults import FaultCode, WarningCode

CALENDAR, EXCEPTIONS = "calendar.txt", "calendar_dates.txt"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ADDED, _REMOVED = "1", "2"


@dataclass(slots=True)
class ServiceDays:
    """The days of one service; as in ``domain.timetable.Service``."""

    days: frozenset[int] = frozenset()
    first: date | None = None
    last: date | None = None
    added: set[date] = field(default_factory=set)
    removed: set[date] = field(default_factory=set)

    def pattern(self) -> "Pattern | None":
        """Return them as something that services which run on the same days have in common; ``None``: on no day."""
        if not self.days:
            return (self.days, None, None, frozenset(self.added), frozenset()) if self.added else None
        return self.days, self.first, self.last, frozenset(self.added), frozenset(self.removed - self.added)


Pattern = tuple[frozenset[int], date | None, date | None, frozenset[date], frozenset[date]]


def read_calendar(archive: Archive, cells: Cells, findings: Findings) -> dict[str, ServiceDays]:
    """Return the days of every service."""
    services: dict[str, ServiceDays] = {}
    if CALENDAR not in archive and EXCEPTIONS not in archive:
        detail = f"the feed has neither {CALENDAR} nor {EXCEPTIONS}"
        findings.refuse(CALENDAR, None, None, FaultCode.GTFS_MISSING_FILE, detail)
    if CALENDAR in archive:
        _read_weeks(archive, cells, findings, services)
    if EXCEPTIONS in archive:
        _read_exceptions(archive, cells, findings, services)
    return services


def _read_weeks(archive: Archive, cells: Cells, findings: Findings, services: dict[str, ServiceDays]) -> None:
    seen: dict[str, Row] = {}
    for row in archive.rows(CALENDAR, ("service_id", *DAYS, "start_date", "end_date")):
        name = row["service_id"]
        if is_repeated(row, seen.setdefault(name, row), f"service {shown(name)}", findings):
            continue
        wrong = [day for day in DAYS if row[day] not in ("0", "1")]
        for day in wrong:
            findings.refuse(
                CALENDAR, row.number, day, FaultCode.GTFS_BAD_VALUE, f"{shown(row[day])} is not 0 or 1"
            )
        first, last = cells.day(row, "start_date"), cells.day(row, "end_date")
        if first is not None and last is not None and last < first:
            detail = "the service ends before it starts"
            findings.refuse(CALENDAR, row.number, "end_date", FaultCode.GTFS_BAD_VALUE, detail)
        days = frozenset(number for number, day in enumerate(DAYS) if row[day] == "1")
        services[name] = ServiceDays(days, first, last)


def _read_exceptions(
    archive: Archive, cells: Cells, findings: Findings, services: dict[str, ServiceDays]
) -> None:
    seen: dict[tuple[str, date], Row] = {}
    for row in archive.rows(EXCEPTIONS, ("service_id", "date", "exception_type")):
        name, day, kind = row["service_id"], cells.day(row, "date"), row["exception_type"]
        if kind not in (_ADDED, _REMOVED):
            detail = f"{shown(kind)} is not 1 or 2"
            findings.refuse(EXCEPTIONS, row.number, "exception_type", FaultCode.GTFS_BAD_VALUE, detail)
        if day is None or is_repeated(
            row, seen.setdefault((name, day), row), f"service {shown(name)} on {day}", findings
        ):
            continue
        service = services.setdefault(name, ServiceDays())
        (service.added if kind == _ADDED else service.removed).add(day)


def is_repeated(row: Row, first: Row, what: str, findings: Findings) -> bool:
    """Return whether the key of a row was seen before, in the row ``first``; said twice alike is odd, else a fault."""
    if row is first:
        return False
    if row.cells == first.cells:
        findings.remark(row.file, row.number, WarningCode.GTFS_REPEATED_ROW, "rows that are there already")
    else:
        detail = f"{what} is told otherwise in row {first.number}"
        findings.refuse(row.file, row.number, None, FaultCode.GTFS_DUPLICATE_KEY, detail)
    return True
