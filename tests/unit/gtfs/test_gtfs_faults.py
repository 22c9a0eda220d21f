"""What is wrong with a feed is named by file, row and column, all at once; what can still be used is only remarked."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from router.adapters.gtfs.archive import FeedLimits
from router.adapters.gtfs.calendar import DAYS
from router.adapters.gtfs.reader import GtfsReader
from router.domain.stored_timetables import FeedDefaults
from router.domain.timetable import FerryNetwork
from router.errors import InvalidRequest, RequestTooLarge
from tests.timetables import FEED, feed

Rows = list[dict[str, str]]


def rows(table: str, *more: Mapping[str, str], **changed: str) -> Rows:
    """Return the rows of a table of ``FEED``, the first one changed, and more."""
    first, *rest = FEED[f"{table}.txt"]
    return [dict(first) | changed, *map(dict, rest), *map(dict, more)]


def on(day: str, *kinds: str) -> Rows:
    """Return exceptions of the service on a day."""
    return [{"service_id": "s", "date": day, "exception_type": kind} for kind in kinds]


BOTH = rows("agency", {"agency_id": "c", "agency_timezone": "UTC"})
TRIPS = rows("trips", {"trip_id": "t", "route_id": "r", "service_id": "other"})
HALF_MINUTES = [{"trip_id": "t", "start_time": "06:00:00", "end_time": "09:00:00", "headway_secs": "30"}]
TOO_SOON = rows("stop_times", departure_time="08:30:00")
ON_NO_DAY = rows("calendar", **dict.fromkeys(DAYS, "0"))


def read(body: bytes) -> tuple[FerryNetwork, list[tuple[str, str, str]]]:
    network, warnings = GtfsReader().read(body, FeedDefaults())
    return network, [(each.pointer, each.code, each.detail) for each in warnings]


def faults_of(body: bytes) -> set[tuple[str, str]]:
    with pytest.raises(InvalidRequest) as refused:
        GtfsReader().read(body, FeedDefaults())
    return {(fault.pointer, fault.code) for fault in refused.value.faults}


def test_a_sound_feed_is_read_without_a_word() -> None:
    network, warnings = read(feed())
    assert warnings == []
    assert [line.id for line in network.lines] == ["r:one-two"]


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        (feed(agency=None), "/agency.txt", "gtfs_missing_file"),
        (feed(calendar=None), "/calendar.txt", "gtfs_missing_file"),
        (feed(stops=[{"stop_id": "one"}]), "/stops.txt/1/stop_lat", "gtfs_missing_column"),
        (feed(agency=rows("agency", agency_timezone="WITA")), "/agency.txt/2/agency_timezone", "gtfs_bad_value"),
        (feed(routes=rows("routes", route_type="ferry")), "/routes.txt/2/route_type", "gtfs_bad_value"),
        (feed(routes=rows("routes", agency_id="b"), agency=BOTH), "/routes.txt/2/agency_id", "gtfs_unknown_reference"),
        (feed(routes=rows("routes", route_type="3")), "/routes.txt/route_type", "gtfs_no_ferries"),
        (feed(calendar=rows("calendar", start_date="2026-01-01")), "/calendar.txt/2/start_date", "gtfs_bad_value"),
        (feed(calendar=rows("calendar", monday="yes")), "/calendar.txt/2/monday", "gtfs_bad_value"),
        (feed(calendar=rows("calendar", end_date="20251231")), "/calendar.txt/2/end_date", "gtfs_bad_value"),
        (feed(trips=rows("trips", route_id="q")), "/trips.txt/2/route_id", "gtfs_unknown_reference"),
        (feed(trips=rows("trips", service_id="q")), "/trips.txt/2/service_id", "gtfs_unknown_reference"),
        (feed(trips=TRIPS), "/trips.txt/3", "gtfs_duplicate_key"),
        (feed(stops=rows("stops", stop_lat="north")), "/stops.txt/2/stop_lat", "gtfs_bad_value"),
        (feed(stops=rows("stops", stop_lon="181")), "/stops.txt/2/stop_lon", "gtfs_bad_value"),
        (feed(stop_times=rows("stop_times", stop_id="three")), "/stop_times.txt/2/stop_id", "gtfs_unknown_reference"),
        (feed(stop_times=rows("stop_times", trip_id="u")), "/stop_times.txt/2/trip_id", "gtfs_unknown_reference"),
        (feed(stop_times=rows("stop_times", arrival_time="8.00")), "/stop_times.txt/2/arrival_time", "gtfs_bad_value"),
        (feed(stop_times=rows("stop_times", stop_sequence="I")), "/stop_times.txt/2/stop_sequence", "gtfs_bad_value"),
        (feed(frequencies=HALF_MINUTES), "/frequencies.txt/2/headway_secs", "gtfs_bad_value"),
        (feed(calendar_dates=on("20260230", "2")), "/calendar_dates.txt/2/date", "gtfs_bad_value"),
        (feed(calendar_dates=on("20260201", "3")), "/calendar_dates.txt/2/exception_type", "gtfs_bad_value"),
        (feed(calendar_dates=on("20260201", "1", "2")), "/calendar_dates.txt/3", "gtfs_duplicate_key"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_file_row_and_column(body: bytes, pointer: str, code: str) -> None:
    assert (pointer, code) in faults_of(body)


def test_faults_of_all_files_come_together() -> None:
    body = feed(
        agency=rows("agency", agency_timezone="WITA"),
        calendar=rows("calendar", start_date="soon"),
        stops=rows("stops", stop_lat="north"),
        stop_times=rows("stop_times", departure_time="8 am", arrival_time="8 am"),
    )
    assert {pointer for pointer, _ in faults_of(body)} >= {
        "/agency.txt/2/agency_timezone",
        "/calendar.txt/2/start_date",
        "/stops.txt/2/stop_lat",
        "/stop_times.txt/2/departure_time",
        "/stop_times.txt/2/arrival_time",
    }


def test_times_without_seconds_are_used_and_remarked() -> None:
    network, warnings = read(
        feed(stop_times=rows("stop_times", departure_time="07:45", arrival_time="07:45"))
    )
    assert network.lines[0].services[0].times == (7 * 3600 + 45 * 60,)
    assert [(pointer, code) for pointer, code, _ in warnings] == [
        ("/stop_times.txt", "gtfs_time_without_seconds")
    ]
    assert "row 2" in warnings[0][2]


def test_rows_that_stand_there_twice_are_used_once_and_remarked() -> None:
    network, warnings = read(feed(calendar_dates=on("20260201", "2", "2", "2")))
    assert [str(day) for day in network.lines[0].services[0].except_dates] == ["2026-02-01"]
    assert warnings == [
        ("/calendar_dates.txt", "gtfs_repeated_row", "rows that are there already: rows 3, 4"),
    ]


@pytest.mark.parametrize(
    ("body", "file"),
    [
        (feed(stop_times=rows("stop_times")[:1]), "/trips.txt"),
        (feed(trips=rows("trips", cars_allowed="2")), "/trips.txt"),
        (feed(stop_times=rows("stop_times", departure_time="", arrival_time="")), "/stop_times.txt"),
        (feed(stop_times=TOO_SOON), "/stop_times.txt"),
        (feed(calendar=ON_NO_DAY), "/trips.txt"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_left_out_and_remarked(body: bytes, file: str) -> None:
    network, warnings = read(body)
    assert network.lines == ()
    assert [(pointer, code) for pointer, code, _ in warnings] == [(file, "gtfs_left_out")]


def zipped(*names: str, content: bytes = b"a\n") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return packed.getvalue()


def test_what_is_no_archive_cannot_be_read() -> None:
    for body in (b"", b"PK", feed()[:-30], feed()[: len(feed()) // 2]):
        with pytest.raises(InvalidRequest) as refused:
            GtfsReader().read(body, FeedDefaults())
        assert not refused.value.readable


@pytest.mark.parametrize(
    ("body", "limits"),
    [
        (zipped(*(f"{n}.txt" for n in range(50))), FeedLimits(entries=49)),
        (
            zipped("agency.txt", content=b"agency_timezone\n" + b"0" * 10_000_000),
            FeedLimits(unpacked_bytes=1_000_000),
        ),
        (zipped("agency.txt", content=b"agency_timezone\n" + b"UTC\n" * 2_000), FeedLimits(rows=1_000)),
    ],
    ids=["files", "bytes", "rows"],
)
def test_a_bomb_does_not_go_off(body: bytes, limits: FeedLimits) -> None:
    with pytest.raises(RequestTooLarge) as refused:
        GtfsReader(limits).read(body, FeedDefaults())
    assert [fault.code for fault in refused.value.faults] == ["gtfs_too_large"]


def test_broken_text_is_a_fault_of_its_file() -> None:
    assert ("/agency.txt", "gtfs_bad_value") in faults_of(
        zipped("agency.txt", content=b"agency_timezone\n\xff\xfe\n")
    )
    long = b"agency_timezone\n" + b'"' + b"x" * 200_000 + b'"\n'
    assert ("/agency.txt", "gtfs_bad_value") in faults_of(zipped("agency.txt", content=long))
