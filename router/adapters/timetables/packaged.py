"""Reads the built-in timetables: every JSON file beside this one is one, by its name."""

import hashlib
from importlib.resources import files

from router.domain.stored_timetables import KeptTimetable, TimetableUse

SUFFIX = ".json"


class PackagedTimetables:
    """``BuiltInTimetables`` out of the package; read once, when it is made."""

    def __init__(self, package: str = "router.adapters.timetables") -> None:
        """Read the files of a package."""
        found = (file for file in files(package).iterdir() if file.name.endswith(SUFFIX))
        self._kept = tuple(
            kept_timetable(file.name.removesuffix(SUFFIX), file.read_bytes())
            for file in sorted(found, key=lambda file: file.name)
        )

    def kept(self) -> tuple[KeptTimetable, ...]:
        """Return them; see the port."""
        return self._kept


def kept_timetable(name: str, document: bytes) -> KeptTimetable:
    """Return a timetable that no tenant has stored."""
    digest = hashlib.sha256(document).hexdigest()
    return KeptTimetable(use=TimetableUse(name=name, version=None, sha256=digest), document=document)
