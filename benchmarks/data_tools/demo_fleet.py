"""The depots and vehicles of the demo request."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.data_tools.demo_ferries import Json, instant


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDepot:
    """A depot with its opening hours."""

    id: str
    lat: float
    lon: float
    island: str
    opens: str
    closes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What vehicles of one kind have in common; costs in IDR."""

    profile: str
    ferry_class: str
    deck_slots: int
    capacity: Mapping[str, int]
    fixed: int
    per_km: int
    per_hour: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoVehicle:
    """One vehicle with its driver."""

    id: str
    kind: Kind
    depot: str
    starts: str
    ends: str
    provides: tuple[str, ...] = ()

    def as_json(self) -> Json:
        """Return the vehicle as the wire contract writes it."""
        return {
            "id": self.id,
            "profile": self.kind.profile,
            "start": self.depot,
            "end": self.depot,
            "shift": {"start": instant(self.starts), "end": instant(self.ends)},
            "capacity": dict(self.kind.capacity),
            "ferry_class": self.kind.ferry_class,
            "deck_slots": self.kind.deck_slots,
            "provides": list(self.provides),
            "costs": {
                "fixed": self.kind.fixed,
                "per_km": self.kind.per_km,
                "per_hour": self.kind.per_hour,
            },
        }


DEPOTS = (
    DemoDepot(id="denpasar", lat=-8.6560, lon=115.2070, island="bali", opens="03:00", closes="23:30"),
    DemoDepot(id="mataram", lat=-8.5890, lon=116.1090, island="lombok", opens="06:00", closes="20:00"),
    DemoDepot(id="pemenang", lat=-8.4045, lon=116.1005, island="lombok", opens="06:30", closes="18:30"),
)

VAN = Kind(
    profile="van",
    ferry_class="IVB",
    deck_slots=1,
    capacity={"parcels": 90, "grams": 700_000},
    fixed=150_000,
    per_km=2_500,
    per_hour=30_000,
)
TRUCK = Kind(
    profile="truck",
    ferry_class="VB",
    deck_slots=2,
    capacity={"parcels": 150, "grams": 3_000_000},
    fixed=350_000,
    per_km=4_500,
    per_hour=60_000,
)
MOTORBIKE = Kind(
    profile="motorbike",
    ferry_class="II",
    deck_slots=1,
    capacity={"parcels": 45, "grams": 60_000},
    fixed=60_000,
    per_km=700,
    per_hour=20_000,
)
ISLAND_COURIER = Kind(
    # Rides to the boat, boards with two bags, and goes on with a motorbike that stays on the island.
    profile="motorbike",
    ferry_class="courier",
    deck_slots=1,
    capacity={"parcels": 25, "grams": 40_000},
    fixed=60_000,
    per_km=700,
    per_hour=20_000,
)
BICYCLE = Kind(
    profile="bicycle",
    ferry_class="I",
    deck_slots=1,
    capacity={"parcels": 20, "grams": 35_000},
    fixed=40_000,
    per_km=0,
    per_hour=18_000,
)

COOL_BOX = "cool-box"
TWO_PERSON = "two-person"

VEHICLES = (
    DemoVehicle(
        id="van-dps-1", kind=VAN, depot="denpasar", starts="07:00", ends="18:30", provides=(COOL_BOX,)
    ),
    DemoVehicle(id="van-dps-2", kind=VAN, depot="denpasar", starts="07:00", ends="18:30"),
    DemoVehicle(id="van-dps-3", kind=VAN, depot="denpasar", starts="08:00", ends="19:30"),
    DemoVehicle(id="bike-dps-1", kind=MOTORBIKE, depot="denpasar", starts="07:30", ends="18:00"),
    DemoVehicle(id="courier-dps-1", kind=ISLAND_COURIER, depot="denpasar", starts="06:00", ends="19:00"),
    DemoVehicle(id="courier-dps-2", kind=ISLAND_COURIER, depot="denpasar", starts="06:00", ends="19:00"),
    DemoVehicle(id="courier-dps-3", kind=ISLAND_COURIER, depot="denpasar", starts="06:00", ends="19:00"),
    DemoVehicle(
        id="truck-dps-1", kind=TRUCK, depot="denpasar", starts="03:00", ends="23:30", provides=(TWO_PERSON,)
    ),
    DemoVehicle(
        id="van-mtr-1", kind=VAN, depot="mataram", starts="07:00", ends="18:30", provides=(COOL_BOX,)
    ),
    DemoVehicle(id="van-mtr-2", kind=VAN, depot="mataram", starts="07:00", ends="18:30"),
    DemoVehicle(id="bike-mtr-1", kind=MOTORBIKE, depot="mataram", starts="07:30", ends="18:00"),
    DemoVehicle(id="bicycle-pmn-1", kind=BICYCLE, depot="pemenang", starts="07:00", ends="18:00"),
)
