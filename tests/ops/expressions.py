"""What rules and dashboards ask Prometheus for: their expressions, and the metrics that those name."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import promql_parser
import yaml

ROOT = Path(__file__).parents[2]
PROMETHEUS = ROOT / "deploy" / "prometheus"
RULES = sorted((PROMETHEUS / "rules").glob("*.yml"))
RULE_TESTS = sorted((PROMETHEUS / "tests").glob("*.yml"))
DASHBOARDS = sorted((ROOT / "deploy" / "grafana" / "dashboards").glob("*.json"))

VARIABLES = {"$__rate_interval": "1m"}
"""What Grafana puts in the place of its variables: the shortest window for scrapes every 15 s."""

_MOMENT = re.compile(r"\s+(offset\s+-?\w+|@\s*\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of Prometheus; ``alert`` is empty where it records a series, ``record`` where it alerts."""

    expr: str
    alert: str = ""
    record: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Selector:
    """Series that an expression asks for: the name of their metric, and all that it says of their labels."""

    name: str
    text: str


def read(file: Path) -> Any:
    """Return what stands in a file of YAML."""
    return yaml.load(file.read_text(), yaml.CSafeLoader)


@cache
def rules() -> list[Rule]:
    """Return every rule."""
    known = ("expr", "alert", "record", "labels", "annotations")
    groups = [group for file in RULES for group in read(file)["groups"]]
    return [
        Rule(**{k: v for k, v in rule.items() if k in known}) for group in groups for rule in group["rules"]
    ]


def alerts() -> list[Rule]:
    """Return the rules that alert."""
    return [rule for rule in rules() if rule.alert]


def recorded() -> set[str]:
    """Return the names of the series that rules record."""
    return {rule.record for rule in rules() if rule.record}


def panels(dashboard: Path) -> list[Any]:
    """Return the panels of a dashboard, without the rows that part them."""
    return [panel for panel in json.loads(dashboard.read_text())["panels"] if panel["type"] != "row"]


def dashboard_expressions(dashboard: Path) -> list[str]:
    """Return what the panels of a dashboard ask for, with values for Grafana's variables."""
    found = [target["expr"] for panel in panels(dashboard) for target in panel["targets"]]
    for variable, value in VARIABLES.items():
        found = [each.replace(variable, value) for each in found]
    return found


def every_expression() -> list[str]:
    """Return the expressions of all rules and all dashboards."""
    return [rule.expr for rule in rules()] + [
        each for dashboard in DASHBOARDS for each in dashboard_expressions(dashboard)
    ]


def selectors(expression: str) -> set[Selector]:
    """Return which series an expression asks for, whenever it looks at them.

    Raises:
        ValueError: it is no expression.
    """
    return {
        Selector(found.name or "", _MOMENT.sub("", found.prettify()).strip())
        for found in _vectors(promql_parser.parse(expression))
    }


def _vectors(node: Any) -> Iterator[Any]:
    if isinstance(node, promql_parser.VectorSelector):
        yield node
    elif isinstance(node, promql_parser.MatrixSelector):
        yield node.vector_selector
    else:
        inner = [getattr(node, name, None) for name in ("lhs", "rhs", "expr", "param")]
        for child in [*inner, *(getattr(node, "args", None) or [])]:
            if child is not None:
                yield from _vectors(child)
