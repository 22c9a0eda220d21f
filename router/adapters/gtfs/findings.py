"""What is wrong or odd in a feed, collected while it is read, told by file, row and column."""

from collections import defaultdict
from dataclasses import dataclass, field

from router.errors import Fault
from router.wire.faults import MAX_FAULTS, FaultCode, RequestWarning, WarningCode, fault, warning

ROWS_NAMED = 200
"""More rows of one kind are only counted."""


@dataclass(slots=True)
class Findings:
    """Everything found so far. Rows count as an editor shows them: the header is row 1."""

    faults: list[Fault] = field(default_factory=list)
    _rows: dict[tuple[WarningCode, str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def refuse(self, file: str, row: int | None, column: str | None, code: FaultCode, detail: str) -> None:
        """Keep a fault; what comes after the hundredth is dropped."""
        if len(self.faults) < MAX_FAULTS:
            path = [file, *(str(part) for part in (row, column) if part is not None)]
            self.faults.append(fault(tuple(path), code, detail))

    def remark(self, file: str, row: int, code: WarningCode, what: str) -> None:
        """Keep that a row of a file is odd; the same remarks about other rows are told with it."""
        self._rows[code, file, what].append(row)

    def warnings(self) -> tuple[RequestWarning, ...]:
        """Return the remarks, one warning for each kind, with its rows."""
        return tuple(
            warning((file,), code, f"{what}: {_listed(rows)}")
            for (code, file, what), rows in self._rows.items()
        )


def _listed(rows: list[int]) -> str:
    distinct = sorted(set(rows))
    named = ", ".join(map(str, distinct[:ROWS_NAMED]))
    more = f" and {len(distinct) - ROWS_NAMED} more" if len(distinct) > ROWS_NAMED else ""
    return f"{'rows' if len(distinct) > 1 else 'row'} {named}{more}"
