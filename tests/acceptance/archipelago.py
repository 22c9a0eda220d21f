"""A whole archipelago, for tests of all features together."""

from dataclasses import replace

from router.domain.fleet import Vehicle
from router.domain.ids import SailingId
from router.domain.locks import LockKind
from router.domain.problem import Problem
from router.domain.units import Money, Seconds
from tests.builders import (
    MINUTE,
    WIB,
    at,
    between,
    depot,
    dropoff,
    limits,
    line,
    lock,
    pickup,
    port,
    problem,
    rest,
    shipment,
    van,
)


def archipelago() -> Problem:
    """Java, Bali and Penida, with forty stops, seven vehicles and scarce decks."""
    hours = ("06:00", "08:00", "10:00", "12:00", "14:00", "16:00", "18:00")
    fares = {"II": 30, "IVB": 200}
    return problem(
        dimensions=("parcels", "kilos"),
        depots=(
            depot("dps", windows=(between("05:00", "21:00"),)),
            depot("bwi", island="java", km=3, zone=WIB),
        ),
        stops=(
            *(dropoff(f"bali-{n}", km=3 * n, load=(1, n), service=120) for n in range(14)),
            *(
                dropoff(f"java-{n}", island="java", km=2 * n, load=(1, 1), penalty=150, zone=WIB)
                for n in range(8)
            ),
            *(dropoff(f"penida-{n}", island="penida", km=n, load=(2, 3), service=180) for n in range(8)),
            *(pickup(f"in-{n}", island="penida", km=2 * n, load=(1, 5)) for n in range(4)),
            *(
                dropoff(
                    f"shop-{n}",
                    km=5 * n,
                    load=(1, 1),
                    windows=(between("08:00", "10:00"), between("15:00", "17:00")),
                    requires=("cold",),
                )
                for n in range(6)
            ),
        ),
        vehicles=(
            *(van(f"van-{n}", capacity=(20, 100), fixed=100, per_hour=20) for n in range(3)),
            van("reefer", capacity=(10, 60), provides=("cold",), fixed=150),
            van("java", start="bwi", capacity=(10, None), shift=between("05:00", "18:00", WIB)),
            *(
                van(f"bike-{n}", profile="motorbike", ferry_class="II", deck_slots=0, capacity=(6, 30))
                for n in range(2)
            ),
        ),
        ports=(
            port("ketapang", island="java", zone=WIB),
            port("gilimanuk", island="bali", km=50),
            port("sanur", island="bali", km=2),
            port("toya", island="penida"),
        ),
        lines=(
            line("k-g", "ketapang", "gilimanuk", hours, fares=fares, zone=WIB),
            line("g-k", "gilimanuk", "ketapang", hours, fares=fares),
            line("s-t", "sanur", "toya", hours[:4], fares=fares, deck_slots=1, cancelled=("08:00",)),
            line("t-s", "toya", "sanur", hours[2:], fares=fares, deck_slots=1),
        ),
    )


def days_of_drivers() -> Problem:
    """The same with shipments, locks and cash, and with breaks, trips, limits and tickets of the drivers."""
    plain = archipelago()
    return problem(
        dimensions=plain.dimensions,
        depots=plain.depots,
        stops=(
            *(replace(s, cash=Money(100)) if s.id.startswith("bali") else s for s in plain.stops),
            *shipment("inland", km=30, to_km=12, load=(2, 4)),
            *shipment("over", km=5, to_km=4, to_island="penida", load=(1, 2)),
            dropoff("late", km=7, load=(1, 1), ready_at=at("10:00")),
        ),
        vehicles=tuple(_busy(v) if v.start == "dps" else v for v in plain.vehicles),
        ports=plain.timetable.ports,
        lines=plain.timetable.lines,
        locks=(
            lock("van-0", "bali-3", "bali-1", kind=LockKind.SEQUENCE),
            lock("van-2", "penida-0"),
        ),
    )


def _busy(vehicle: Vehicle) -> Vehicle:
    return replace(
        vehicle,
        breaks=(rest("tea", "09:30", "10:30", minutes=15), rest("lunch", "11:30", "13:30")),
        max_trips=2,
        reload=Seconds(10 * MINUTE),
        limits=limits(cash=900, distance=400_000, duration=13 * 3600, stops=14),
        tickets=(SailingId("s-t 10:00"),) if vehicle.id == "van-1" else (),
    )
