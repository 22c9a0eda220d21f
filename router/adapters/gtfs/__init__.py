"""Ferry timetables out of GTFS feeds (gtfs.org/documentation/schedule/reference)."""
