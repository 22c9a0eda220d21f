"""Tables for spreadsheets: complete, in order, and no text of a caller becomes a formula."""

import csv
import io
from dataclasses import replace

import orjson
import pytest

from router.domain.ids import SailingId
from router.wire import shapes
from router.wire.exports.bookings import bookings_csv, bookings_json
from router.wire.exports.stops import stops_csv
from router.wire.exports.subject import Subject
from router.wire.exports.tables import csv_bytes
from tests.unit.wire.exports.subjects import a_subject, without_routes


def rows(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode(), newline="")))


def test_served_stops_come_in_order_and_those_left_out_at_the_end() -> None:
    table = rows(stops_csv(a_subject()))
    assert [(row["vehicle_id"], row["sequence"], row["stop_id"], row["status"]) for row in table] == [
        ("van-1", "1", "p-1", "served"),
        ("van-1", "2", "p-2", "served"),
        ("van-1", "3", "c-1", "served"),
        ("van-2", "1", "p-3", "served"),
        ("van-2", "2", "p-4", "served"),
        ("", "", "p-5", "unserved"),
        ("", "", "p-6", "unserved"),
    ]
    assert [row["reasons"] for row in table[-2:]] == ["SKILL", "UNREACHABLE"]


def test_a_stop_has_its_place_its_local_times_and_its_load() -> None:
    (
        first,
        *_,
    ) = rows(stops_csv(a_subject()))
    assert (first["island"], first["lat"], first["lon"]) == ("bali", "-8.0", "115.1")
    assert (first["arrives_at"], first["starts_at"], first["departs_at"]) == (
        "2026-11-25T09:00:00+08:00", "2026-11-25T09:30:00+08:00", "2026-11-25T09:40:00+08:00",
    )  # fmt: skip
    assert (first["load.parcels"], first["load.grams"]) == ("2", "500")
    assert (first["drive_seconds"], first["drive_meters"]) == ("600", "10000")
    assert first["landmark"] == "behind the blue mosque"


def test_lines_end_as_the_standard_says_and_every_row_has_every_cell() -> None:
    """RFC 4180: CRLF, a header, quotes around what holds commas, quotes or line ends."""
    table = stops_csv(a_subject(landmark='a "b", c\nd'))
    assert table.endswith(b"\r\n")
    assert rows(table)[0]["landmark"] == 'a "b", c\nd'
    assert len({len(row) for row in csv.reader(io.StringIO(table.decode(), newline=""))}) == 1


@pytest.mark.parametrize(
    "text", ["=1+1", "+62 812", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")', "\uff1d1+1"]
)
def test_no_text_of_a_caller_becomes_a_formula(text: str) -> None:
    """Spreadsheets take a leading =, +, - or @ for a formula."""
    cell = rows(stops_csv(a_subject(landmark=text)))[0]["landmark"]
    assert cell == f"'{text}"


def test_numbers_stay_numbers_and_harmless_texts_as_they_are() -> None:
    (row,) = csv.reader(
        io.StringIO(csv_bytes(["a"], [[-8.65, 3, True, None, "a=1", "1-2"]]).decode()).readlines()[1:]
    )
    assert row == ["-8.65", "3", "true", "", "a=1", "1-2"]


def test_load_dimensions_are_texts_of_callers_too() -> None:
    subject = a_subject()
    odd = replace(subject, problem=replace(subject.problem, dimensions=("=cmd", "grams")))
    assert "load.=cmd" in rows(stops_csv(odd))[0]


def test_bookings_are_listed_by_when_check_in_closes() -> None:
    listed = orjson.loads(bookings_json(a_subject()))["bookings"]
    assert [(b["vehicle_id"], b["sailing_id"]) for b in listed] == [
        ("van-1", "over 07:00"),
        ("van-2", "over 07:00"),
        ("van-1", "back 12:00"),
        ("van-2", "back 16:00"),
    ]
    assert listed[0] == {
        "vehicle_id": "van-1",
        "plate": "DK 1234 AB",
        "ferry_class": "IVB",
        "deck_slots": 1,
        "line_id": "over",
        "sailing_id": "over 07:00",
        "from_port": "ketapang",
        "to_port": "gilimanuk",
        "check_in_by": "2026-11-25T06:40:00+07:00",
        "departs_at": "2026-11-25T07:00:00+07:00",
        "fare": 200_000.0,
        "currency": "IDR",
        "ticketed": False,
    }
    assert listed[1]["plate"] == "van-2"


def test_a_berth_that_is_booked_already_says_so() -> None:
    assert [b["ticketed"] for b in orjson.loads(bookings_json(_with_a_ticket()))["bookings"]] == [
        True, False, False, False,
    ]  # fmt: skip


def _with_a_ticket() -> Subject:
    subject = a_subject()
    first, *others = subject.problem.vehicles
    booked = replace(first, tickets=(SailingId("over 07:00"),))
    return replace(subject, problem=replace(subject.problem, vehicles=(booked, *others)))


def test_the_table_of_bookings_says_what_the_json_says() -> None:
    listed = orjson.loads(bookings_json(a_subject()))["bookings"]
    table = rows(bookings_csv(a_subject()))
    assert [row.keys() for row in table] == [entry.keys() for entry in listed]
    assert [(row["plate"], row["departs_at"], float(row["fare"])) for row in table] == [
        (entry["plate"], entry["departs_at"], entry["fare"]) for entry in listed
    ]


def test_bookings_have_the_shape_of_the_description() -> None:
    shapes.BookingList.model_validate_json(bookings_json(a_subject()))
    assert orjson.loads(bookings_json(without_routes())) == {"bookings": []}
