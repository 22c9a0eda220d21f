"""Planning a day anew in the foreground."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from router.cli.tables import print_plan
from router.domain.changes import ReplanReport
from router.service.replan import Papers, understand
from router.service.replan_routes import replan_routes
from router.service.workshop import Workshop
from router.wire.response import plan_bytes

MOST_CHANGES_SHOWN = 20


def replan_and_show(
    request: bytes, plan: bytes, changes: bytes, workshop: Workshop, output: Path | None
) -> None:
    """Plan the rest of a day, show what has changed, and write the new plan where that is wanted.

    Raises:
        InvalidRequest: one of the three has faults; those of the changes point into the changes.
    """
    papers = Papers(plan_id="the plan given", body=changes, request=request, plan=plan, replan=None)
    understood = understand(papers, workshop)
    outcome = replan_routes(understood.request, understood.replan, workshop)
    if output is not None:
        output.write_bytes(plan_bytes(outcome.plan, outcome.problem) + b"\n")
    console = Console()
    print_plan(console, outcome.plan, outcome.problem)
    if outcome.plan.replan is not None:
        _print_report(console, outcome.plan.replan)


def _print_report(console: Console, report: ReplanReport) -> None:
    table = Table("stop", "was with", "is with", "because", title="Changes", title_justify="left")
    for change in report.changes[:MOST_CHANGES_SHOWN]:
        table.add_row(
            change.stop_id, change.from_vehicle or "-", change.to_vehicle or "nobody", change.detail
        )
    if report.changes:
        console.print(table)
    if len(report.changes) > MOST_CHANGES_SHOWN:
        console.print(f"and {len(report.changes) - MOST_CHANGES_SHOWN} changes more")
    for one in report.stranded:
        console.print(one.detail, markup=False, highlight=False)
