"""The files of a feed, row by row, within bounds that no honest ferry feed passes."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

from router.adapters.gtfs.findings import Findings
from router.errors import Fault, InvalidRequest, RequestTooLarge
from router.wire.faults import FaultCode, fault

ENTRY_SIGNATURE = b"PK\x01\x02"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLimits:
    """Upper bounds of one feed.

    Attributes:
        entries: Files in the archive.
        unpacked_bytes: Of the files that are read, together.
        rows: Likewise.
    """

    entries: int = 1_000
    unpacked_bytes: int = 128 << 20
    rows: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file, its cells by column and without white space around them."""

    file: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell, empty where there is no such column."""
        return self.cells.get(column, "")


class Archive:
    """A zip with the text files of a feed; use it as ``with``."""

    def __init__(self, body: bytes, limits: FeedLimits, findings: Findings) -> None:
        """Open it.

        Raises:
            InvalidRequest: it is no zip that can be read (not readable).
            RequestTooLarge: it holds too many files.
        """
        if body.count(ENTRY_SIGNATURE) > limits.entries:  # before any of them is looked at
            detail = f"the archive holds more than {limits.entries} files"
            raise RequestTooLarge([fault((), FaultCode.GTFS_TOO_LARGE, detail)])
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(body))
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise InvalidRequest([_unreadable(f"it is no zip archive: {error}")], readable=False) from None
        self._limits, self._findings = limits, findings
        self._bytes_left, self._rows_left = limits.unpacked_bytes, limits.rows

    def __contains__(self, file: str) -> bool:
        """Return whether there is such a file."""
        return file in self._zip.namelist()

    def rows(self, file: str, columns: Sequence[str]) -> Iterator[Row]:
        """Yield the rows of a file that is there; it has to have these columns, else nothing comes.

        Raises:
            InvalidRequest: it cannot be unpacked (not readable).
            RequestTooLarge: the files that were read pass the limits with it.
        """
        self._bytes_left -= self._zip.getinfo(file).file_size  # no more than that is ever unpacked
        if self._bytes_left < 0:
            self._refuse_size(f"the files unpack to more than {self._limits.unpacked_bytes} bytes")
        try:
            with self._zip.open(file) as packed:
                yield from self._parsed(file, columns, io.TextIOWrapper(packed, "utf-8-sig", newline=""))
        except UnicodeDecodeError:
            self._findings.refuse(file, None, None, FaultCode.GTFS_BAD_VALUE, "the file is not UTF-8")
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            raise InvalidRequest([_unreadable(f"{file}: {error}")], readable=False) from None

    def _parsed(self, file: str, columns: Sequence[str], text: Iterable[str]) -> Iterator[Row]:
        reader = csv.reader(text)
        try:
            header = [name.strip() for name in next(reader, [])]
            missing = [name for name in columns if name not in header]
            for name in missing:
                detail = f"{file} has no column {name}"
                self._findings.refuse(file, 1, name, FaultCode.GTFS_MISSING_COLUMN, detail)
            for cells in reader:
                self._rows_left -= 1
                if self._rows_left < 0:
                    self._refuse_size(f"the files hold more than {self._limits.rows} rows")
                if cells and not missing:
                    named = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
                    yield Row(file, reader.line_num, named)
        except csv.Error as error:
            self._findings.refuse(
                file, None, None, FaultCode.GTFS_BAD_VALUE, f"{file} cannot be read: {error}"
            )

    def _refuse_size(self, detail: str) -> NoReturn:
        raise RequestTooLarge([fault((), FaultCode.GTFS_TOO_LARGE, detail)])


def _unreadable(detail: str) -> Fault:
    return fault((), FaultCode.UNREADABLE, detail)
