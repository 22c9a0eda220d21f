"""Faults of a request and violations of a plan, as lists to be read."""

from collections.abc import Sequence

from rich.console import Console

from router.cli.wording import count
from router.domain.violations import Violation
from router.errors import Fault
from router.wire.faults import RequestWarning


def print_faults(console: Console, faults: Sequence[Fault]) -> None:
    """Print what is wrong with a request, and what to do about it."""
    console.print(f"The request has {count(len(faults), 'fault')}:", markup=False)
    for fault in faults:
        console.print(f"  {fault.pointer or '/'}  {fault.code}", markup=False, highlight=False)
        console.print(f"      {fault.detail}. {fault.action}", markup=False, highlight=False)


def print_warnings(console: Console, warnings: Sequence[RequestWarning]) -> None:
    """Print what was accepted but is worth a look."""
    for warning in warnings:
        console.print(f"{warning.pointer}: {warning.detail}", markup=False, highlight=False)


def print_violations(console: Console, violations: Sequence[Violation]) -> None:
    """Print which rules a plan breaks, and where."""
    if not violations:
        console.print("The plan is good: no rule is broken.")
        return
    console.print(f"The plan is not good: {count(len(violations), 'violation')}.", markup=False)
    for each in violations:
        where = [f"vehicle {each.vehicle_id}"] if each.vehicle_id is not None else []
        where += [f"step {each.step}"] if each.step is not None else []
        place = f" ({', '.join(where)})" if where else ""
        text = f"  {each.rule}{place}: expected {each.expected}, found {each.actual}"
        console.print(text, markup=False, highlight=False)
