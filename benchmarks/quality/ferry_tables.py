"""The tables of the archipelagos: costs side by side, and what became of static plans."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from benchmarks.quality.engines import LONG_SEARCH, PYVRP_WAITING, ROUTING, SEARCH, VROOM_WAITING
from benchmarks.quality.records import Record
from benchmarks.quality.tables import NOTHING, good, grouped, table

Best = Mapping[str, Record]
"""The best record of each engine on one instance."""


def ferry_tables(records: Sequence[Record]) -> str:
    """Return what each engine serves and costs on each instance, and the fate of static plans."""
    by_instance = grouped(good(records), lambda record: _sort_key(record.task.instance))
    instances = {group[0].task.instance: _best(group) for group in by_instance.values()}
    return "\n\n".join([_budgets(records), _timetables(instances), _summary(instances), _static(instances)])


def _sort_key(instance: str) -> str:
    stops, rest = instance.split("-", 1)
    return f"{int(stops):05d}-{rest}"


def _best(records: Sequence[Record]) -> Best:
    """Return, of several seeds, the run that leaves fewest required stops out, then the cheapest."""
    order = sorted(
        records, key=lambda record: (record.figures["missing"], record.figures["cost"]), reverse=True
    )
    return {record.task.engine: record for record in order}


def _budgets(records: Sequence[Record]) -> str:
    budgets = sorted({f"{r.task.engine} {r.task.seconds:g} s" for r in records})
    return (
        "Named by stops, decks and seed; costs in million IDR, penalties of stops left out included; *left out* counts"
        f"\nstops. Budgets: {', '.join(budgets)}."
    )


def _timetables(instances: Mapping[str, Best]) -> str:
    rows = []
    for name, best in instances.items():
        rows.append(
            [
                name,
                *_served_and_cost(best.get(SEARCH)),
                *_served_and_cost(best.get(ROUTING)),
                _above(best.get(ROUTING), best.get(SEARCH)),
                *_served_and_cost(best.get(LONG_SEARCH)),
                _above(best.get(SEARCH), best.get(LONG_SEARCH)),
            ]
        )
    head = ["instance", "Selat served", "cost", "OR-Tools served", "cost", "dearer than Selat"]
    return table([*head, "Selat's best long run", "cost", "Selat above it"], rows)


def _summary(instances: Mapping[str, Best]) -> str:
    pairs = [(best[SEARCH], best[ROUTING]) for best in instances.values() if {SEARCH, ROUTING} <= best.keys()]
    longs = [
        (best[SEARCH], best[LONG_SEARCH])
        for best in instances.values()
        if {SEARCH, LONG_SEARCH} <= best.keys()
    ]
    said = []
    if pairs:
        cheaper = [100 * (1 - ours.figures["cost"] / theirs.figures["cost"]) for ours, theirs in pairs]
        fewer = sum(ours.figures["served"] < theirs.figures["served"] for ours, theirs in pairs)
        said.append(
            f"Selat is {fmean(cheaper):.1f} % cheaper than OR-Tools on average (least {min(cheaper):.1f} %), and"
            f" serves fewer stops on {fewer} of {len(pairs)} instances."
        )
    if longs:
        above = [100 * (ours.figures["cost"] / best.figures["cost"] - 1) for ours, best in longs]
        said.append(
            f"It ends {fmean(above):.2f} % above the best of its long runs (at most {max(above):.2f} %)."
        )
    return " ".join(said) or NOTHING


def _static(instances: Mapping[str, Best]) -> str:
    rows = []
    for name, best in instances.items():
        cells = [cell for engine in (PYVRP_WAITING, VROOM_WAITING) for cell in _fate(best.get(engine))]
        rows.append([name, *cells])
    shares = []
    for engine, title in ((PYVRP_WAITING, "PyVRP"), (VROOM_WAITING, "VROOM")):
        routes = sum(best[engine].figures["routes"] for best in instances.values() if engine in best)
        late = sum(best[engine].figures["late_routes"] for best in instances.values() if engine in best)
        if routes:
            shares.append(f"{title} {100 * late / routes:.0f} % of {routes:.0f}")
    head = ["instance"]
    for title in ("PyVRP", "VROOM"):
        head += [f"{title}: served", "late routes", "late stops", "never reached", "cost"]
    words = (
        "Ferries as average waiting in a static map, then a day by the real timetable. A route is late where a stop"
        "\nbegins after its last window, the vehicle is back after its shift, or no ferry is left to take it on."
    )
    return "\n\n".join([words, table(head, rows), f"Late routes: {', '.join(shares) or NOTHING}."])


def _served_and_cost(record: Record | None) -> tuple[str, str]:
    if record is None:
        return NOTHING, NOTHING
    return f"{record.figures['served']:.0f}", f"{record.figures['cost'] / 1e6:.3f}"


def _above(record: Record | None, best: Record | None) -> str:
    if record is None or best is None:
        return NOTHING
    return f"{100 * (record.figures['cost'] / best.figures['cost'] - 1):.2f} %"


def _fate(record: Record | None) -> list[str]:
    if record is None:
        return [NOTHING] * 5
    figures = record.figures
    served = figures["served"] - figures["late_stops"]
    return [
        f"{served:.0f} on time",
        f"{figures['late_routes']:.0f} of {figures['routes']:.0f}",
        f"{figures['late_stops']:.0f}",
        f"{figures['stranded']:.0f}",
        f"{figures['cost'] / 1e6:.3f}",
    ]
