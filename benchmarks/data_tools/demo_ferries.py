"""The ferry lines of the demo request: real lines, times as run in 2024-2026, fares rounded as examples.

Sources and dates stand in ``docs/data-sources.md``. The fast boats to Penida and Lembongan and the public
boat to Gili Trawangan carry no motor vehicles: a courier boards with bags (class ``courier``) or a bicycle
(class ``I``). The car ferry to Lombok has the Indonesian classes (golongan).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

DAY = "2026-11-25"
OFFSET = "+08:00"
"""Central Indonesian Time, which both Bali and Lombok keep."""

Json = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPort:
    """A port, its position and the island it serves."""

    id: str
    lat: float
    lon: float
    island: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How a ship runs; ``deck`` is the room on each sailing that the demo's operator may use."""

    crossing_minutes: int
    check_in_minutes: int
    unload_minutes: int
    fares: Mapping[str, int]
    deck: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLine:
    """One direction of a service, with its times of departure and those that are cancelled."""

    from_port: str
    to_port: str
    service: Service
    times: tuple[str, ...]
    cancelled: tuple[str, ...] = ()

    def as_json(self) -> Json:
        """Return the line as the wire contract writes it."""
        line_id = f"{self.from_port}-{self.to_port}"
        return {
            "id": line_id,
            "from_port": self.from_port,
            "to_port": self.to_port,
            "crossing_seconds": self.service.crossing_minutes * 60,
            "check_in_seconds": self.service.check_in_minutes * 60,
            "unload_seconds": self.service.unload_minutes * 60,
            "fares": dict(self.service.fares),
            "sailings": list(self._sailings(line_id)),
        }

    def _sailings(self, line_id: str) -> Iterator[Json]:
        for time in self.times:
            sailing: Json = {
                "id": f"{line_id}/{DAY}T{time}",
                "departs": instant(time),
                "deck_slots": self.service.deck,
            }
            yield sailing | ({"cancelled": True} if time in self.cancelled else {})


def instant(time: str) -> str:
    """Return ``HH:MM`` of the demo's day as the wire contract writes it."""
    return f"{DAY}T{time}:00{OFFSET}"


def _hourly(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"{hour:02}:00" for hour in range(first, last + 1))


PORTS = (
    DemoPort(id="sanur", lat=-8.6745, lon=115.2634, island="bali"),
    DemoPort(id="padangbai", lat=-8.5330, lon=115.5090, island="bali"),
    DemoPort(id="banjar-nyuh", lat=-8.6765, lon=115.4880, island="nusa-penida"),
    DemoPort(id="jungutbatu", lat=-8.6720, lon=115.4460, island="nusa-lembongan"),
    DemoPort(id="lembar", lat=-8.7290, lon=116.0730, island="lombok"),
    DemoPort(id="bangsal", lat=-8.4040, lon=116.0770, island="lombok"),
    DemoPort(id="trawangan", lat=-8.3500, lon=116.0440, island="gili-trawangan"),
)

_CAR_FERRY = Service(
    crossing_minutes=270,
    check_in_minutes=60,
    unload_minutes=15,
    fares={
        "I": 80_000,
        "II": 185_000,
        "III": 400_000,
        "IVA": 1_250_000,
        "IVB": 1_180_000,
        "VA": 2_450_000,
        "VB": 2_000_000,
    },
    deck=2,
)
_CAR_FERRY_TIMES = (
    *("00:00", "01:30", "04:00", "06:30", "09:00", "11:30", "13:30"),
    *("15:00", "16:30", "18:00", "19:30", "21:00", "22:30"),
)
_PENIDA_BOAT = Service(
    crossing_minutes=45, check_in_minutes=30, unload_minutes=10, fares={"courier": 100_000}, deck=1
)
_LEMBONGAN_BOAT = Service(
    crossing_minutes=35, check_in_minutes=30, unload_minutes=10, fares={"courier": 100_000}, deck=1
)
_GILI_BOAT = Service(
    crossing_minutes=30,
    check_in_minutes=20,
    unload_minutes=10,
    fares={"courier": 25_000, "I": 45_000},
    deck=1,
)

LINES = (
    DemoLine(from_port="padangbai", to_port="lembar", service=_CAR_FERRY, times=_CAR_FERRY_TIMES),
    DemoLine(from_port="lembar", to_port="padangbai", service=_CAR_FERRY, times=_CAR_FERRY_TIMES),
    DemoLine(
        from_port="sanur",
        to_port="banjar-nyuh",
        service=_PENIDA_BOAT,
        times=("07:00", "08:00", "09:00", "10:00", "12:00", "14:00", "16:00"),
    ),
    DemoLine(
        from_port="banjar-nyuh",
        to_port="sanur",
        service=_PENIDA_BOAT,
        times=("08:00", "09:00", "10:30", "12:30", "14:30", "16:00", "17:00"),
    ),
    DemoLine(
        from_port="sanur",
        to_port="jungutbatu",
        service=_LEMBONGAN_BOAT,
        times=("08:00", "09:30", "11:00", "13:00", "15:00", "17:00"),
        cancelled=("08:00",),
    ),
    DemoLine(
        from_port="jungutbatu",
        to_port="sanur",
        service=_LEMBONGAN_BOAT,
        times=("08:30", "10:00", "12:00", "14:00", "16:00", "17:00"),
    ),
    DemoLine(from_port="bangsal", to_port="trawangan", service=_GILI_BOAT, times=_hourly(8, 16)),
    DemoLine(from_port="trawangan", to_port="bangsal", service=_GILI_BOAT, times=_hourly(8, 16)),
)
