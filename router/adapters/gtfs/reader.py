"""A GTFS feed as a ferry network."""

from router.adapters.gtfs.archive import Archive, FeedLimits
from router.adapters.gtfs.findings import Findings
from router.adapters.gtfs.lines import lines_of, ports_of
from router.adapters.gtfs.tables import read_tables
from router.domain.stored_timetables import FeedDefaults
from router.domain.timetable import FerryNetwork
from router.wire.faults import RequestWarning, refusal

NO_LIMITS_OF_ITS_OWN = FeedLimits()


class GtfsReader:
    """A ``FeedReader`` for zips of the General Transit Feed Specification."""

    def __init__(self, limits: FeedLimits = NO_LIMITS_OF_ITS_OWN) -> None:
        """Take the bounds of a feed."""
        self._limits = limits

    def read(self, body: bytes, defaults: FeedDefaults) -> tuple[FerryNetwork, tuple[RequestWarning, ...]]:
        """Return the ferries of a feed; see the port."""
        findings = Findings()
        archive = Archive(body, self._limits, findings)
        tables = read_tables(archive, findings)
        if findings.faults:
            raise refusal(findings.faults)
        network = FerryNetwork(
            title=defaults.title,
            currency=defaults.currency,
            ports=ports_of(tables),
            lines=lines_of(tables, defaults, findings),
        )
        return network, findings.warnings()
