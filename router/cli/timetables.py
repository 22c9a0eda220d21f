"""Timetables on the command line: files that requests are solved with, and feeds turned into such files."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import orjson
from rich.console import Console

from router import bootstrap
from router.cli.reports import print_warnings
from router.cli.wording import count
from router.domain.stored_timetables import FeedDefaults, KeptTimetable, TimetableRecord
from router.errors import InvalidRequest, RequestTooLarge
from router.service.timetables import TimetableFormat, read_record
from router.service.workshop import Workshop
from router.wire.faults import RequestWarning, below
from router.wire.timetable_merging import AT

USUAL = FeedDefaults()


def stock_of(named: Sequence[str], workshop: Workshop) -> tuple[KeptTimetable, ...]:
    """Return the built-in timetables and those in files; a file is called by its name without the ending.

    Args:
        named: Files, or names of built-in timetables.
        workshop: Reads feeds.

    Raises:
        InvalidRequest: a file has faults.
        ValueError: there is neither a file nor a built-in timetable of a name.
    """
    stock = {kept.use.name: kept for kept in bootstrap.built_in_timetables()}
    for name in named:
        path = Path(name)
        if path.is_file():
            record = read_file(path, USUAL, workshop)
            stock[path.stem] = bootstrap.kept_timetable(path.stem, record.document)
        elif name not in stock:
            raise ValueError(
                f"{name} is neither a file nor one of: {', '.join(stock) or 'no built-in timetables'}"
            )
    return tuple(stock.values())


def with_timetables(request: bytes, named: Sequence[str]) -> bytes:
    """Return the request with these timetables named in it, besides those that it names itself."""
    names = [Path(name).stem if Path(name).is_file() else name for name in named]
    try:
        document = orjson.loads(request)
    except orjson.JSONDecodeError:
        return request  # whoever reads it says what is wrong
    if not names or not isinstance(document, dict) or not isinstance(document.get(AT, []), list):
        return request
    said = document.get(AT, [])
    return orjson.dumps(
        {**document, AT: [*said, *(name for name in dict.fromkeys(names) if name not in said)]}
    )


def read_file(path: Path, defaults: FeedDefaults, workshop: Workshop) -> TimetableRecord:
    """Return the timetable in a file: a GTFS zip, or JSON.

    Raises:
        InvalidRequest: names every fault; each pointer begins with the name of the file.
    """
    body = path.read_bytes()
    form = (
        TimetableFormat.FEED
        if zipfile.is_zipfile(BytesIO(body)) or path.suffix == ".zip"
        else TimetableFormat.OURS
    )
    try:
        return read_record(body, form, defaults, workshop)
    except (InvalidRequest, RequestTooLarge) as error:
        raise InvalidRequest(below(path.name, error.faults), readable=True) from None


def import_feed(feed: Path, output: Path | None, defaults: FeedDefaults) -> None:
    """Write a feed as a timetable, to a file or to standard output, and say on standard error what is odd about it."""
    workshop = bootstrap.workshop(bootstrap.read_settings())
    record = read_file(feed, defaults, workshop)
    document = orjson.dumps(orjson.loads(record.document), option=orjson.OPT_INDENT_2) + b"\n"
    console = Console(stderr=True, soft_wrap=True)
    print_warnings(console, [RequestWarning(**each) for each in orjson.loads(record.warnings)])
    summary = record.summary
    console.print(f"{count(summary.lines, 'line')} between {count(summary.ports, 'port')}", highlight=False)
    if output is not None:
        output.write_bytes(document)
    else:
        print(document.decode(), end="")  # noqa: T201 - the document itself is what was asked for
