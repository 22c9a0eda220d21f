"""The only room that builds concrete things and joins them; the only one that reads the settings."""

from router.adapters.timetables.packaged import kept_timetable
from router.bootstrap.administration import migrate_database, registry
from router.bootstrap.equipment import SystemClock, built_in_timetables, read_settings, workshop
from router.bootstrap.serving import Serving, serve
from router.bootstrap.working import work

__all__ = [
    "Serving",
    "SystemClock",
    "built_in_timetables",
    "kept_timetable",
    "migrate_database",
    "read_settings",
    "registry",
    "serve",
    "work",
    "workshop",
]
