"""Timetables as they are answered, JSON. They are stored at no place, so that is told in UTC."""

from collections.abc import Sequence
from datetime import UTC

import orjson

from router.domain.stored_timetables import TimetableRecord, TimetableSummary


def stored_bytes(record: TimetableRecord) -> bytes:
    """Return what was stored, without the document."""
    return orjson.dumps({**_summary(record.summary), "warnings": orjson.Fragment(record.warnings)})


def timetable_bytes(record: TimetableRecord) -> bytes:
    """Return a version of a timetable, whole."""
    return orjson.dumps(
        {
            **_summary(record.summary),
            "warnings": orjson.Fragment(record.warnings),
            "timetable": orjson.Fragment(record.document),
        }
    )


def timetable_list_bytes(timetables: Sequence[TimetableSummary]) -> bytes:
    """Return a list of timetables."""
    return orjson.dumps({"timetables": list(map(_summary, timetables))})


def _summary(timetable: TimetableSummary) -> dict[str, object]:
    stored_at = timetable.stored_at
    return {
        "name": timetable.use.name,
        "version": timetable.use.version,
        "sha256": timetable.use.sha256,
        "title": timetable.title,
        "ports": timetable.ports,
        "lines": timetable.lines,
        "built_in": timetable.use.built_in,
        "stored_at": None if stored_at is None else stored_at.astimezone(UTC).isoformat(timespec="seconds"),
    }
