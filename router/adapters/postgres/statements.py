"""SQL lives in named files; this reads them."""

from functools import cache
from importlib.resources import files

PACKAGE = "router.adapters.postgres"


@cache
def statement(name: str) -> str:
    """Return the text of ``sql/<name>.sql``."""
    return (files(PACKAGE) / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def migrations() -> tuple[tuple[int, str, str], ...]:
    """Return version, name and text of every file in ``migrations/``, in order."""
    found = [file for file in (files(PACKAGE) / "migrations").iterdir() if file.name.endswith(".sql")]
    return tuple(
        (int(file.name[:4]), file.name[5:].removesuffix(".sql"), file.read_text(encoding="utf-8"))
        for file in sorted(found, key=lambda file: file.name)
    )
