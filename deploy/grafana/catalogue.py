"""Which dashboards there are, and what stands in their files."""

from pathlib import Path

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard

from deploy.grafana import ferries, service, solver

FOLDER = Path(__file__).parent / "dashboards"


def texts() -> dict[str, str]:
    """Return what has to stand in each file of ``dashboards/``."""
    encoder = JSONEncoder(sort_keys=True, indent=1)
    made = {
        "service.json": service.dashboard(),
        "solver.json": solver.dashboard(),
        "ferries.json": ferries.dashboard(),
    }
    return {name: encoder.encode(_numbered(each.build())) + "\n" for name, each in made.items()}


def _numbered(board: Dashboard) -> Dashboard:
    """Give every panel a number of its own, by which links and alerts may name it."""
    for number, panel in enumerate(board.panels or [], start=1):
        panel.id_val = number
    return board
