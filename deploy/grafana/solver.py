"""Does the search do well: how it ends, how long it takes, what it gains, and what it costs."""

from grafana_foundation_sdk.builders.dashboard import Dashboard, Row

from deploy.grafana.panels import WINDOW, board, graph, number, quantiles, spread

BROKEN = "sum(increase(selat_check_failures_total[1d]))"
CPU = f"sum(rate(selat_solver_cpu_seconds_total[{WINDOW}]))"
OTHER_CPU = f'sum(rate(process_cpu_seconds_total{{job=~"selat-.+"}}[{WINDOW}]))'


def dashboard() -> Dashboard:
    """Return the dashboard."""
    made = board("selat-solver", "Selat: solver", "Does the search do well, and what does it cost?")
    for part in (_now, _searches, _cost, _work):
        made = part(made)
    return made


def _now(made: Dashboard) -> Dashboard:
    return (
        made.with_row(Row("Now"))
        .with_panel(
            number(
                "Rules broken, 1 d",
                "Plans or drafts of ours that the referee refused. One is too many.",
                "short",
                BROKEN,
                ("green", None),
                ("red", 0.5),
            )
        )
        .with_panel(
            number("Searches under way", "Solver processes alive.", "short", "selat:solver_processes:sum")
        )
        .with_panel(number("Cores used by searches", "Processor seconds a second.", "short", CPU))
        .with_panel(
            number(
                "Searches' share of the processor",
                "Of all that the service uses. Over 90 % under load: the rest is what the service itself costs.",
                "percentunit",
                f"{CPU} / ({CPU} + {OTHER_CPU})",
            )
        )
    )


def _searches(made: Dashboard) -> Dashboard:
    return (
        made.with_row(Row("Searches"))
        .with_panel(
            graph(
                "How solves end, an hour",
                "handed_back: the worker was stopped or the process killed; the plan goes on elsewhere. "
                "lease_lost: the worker gave no sign of life.",
                "short",
                (
                    f"sum by (outcome, engine) (rate(selat_solves_total[{WINDOW}])) * 3600",
                    "{{outcome}} ({{engine}})",
                ),
                stacked=True,
            )
        )
        .with_panel(
            graph(
                "How long solves take",
                "A solve keeps its time limit within a second. Dots are single plans.",
                "s",
                *quantiles("selat_solve_duration_seconds", by="engine"),
                exemplars=True,
            )
        )
        .with_panel(
            graph(
                "Time until there is a first plan",
                "From taken up to the first routes that the search told of.",
                "s",
                *quantiles("selat_solve_first_plan_seconds", by="engine"),
                exemplars=True,
            )
        )
        .with_panel(
            graph(
                "What the search gains",
                "Share of the cost of the first routes that it took off. Low for small plans: they are good at once.",
                "percentunit",
                *quantiles("selat_solve_improvement_ratio", by="engine"),
            )
        )
        .with_panel(
            graph(
                "Iterations a second of search",
                "A fall without a change of plans: a slower machine, or less of it.",
                "short",
                (
                    f"sum by (engine) (rate(selat_solve_iterations_total[{WINDOW}])) / "
                    f"sum by (engine) (rate(selat_solve_duration_seconds_sum[{WINDOW}]))",
                    "{{engine}}",
                ),
            )
        )
        .with_panel(
            graph(
                "Rules broken, a day",
                "By rule. Each is a defect: see the runbook.",
                "short",
                ("sum by (rule) (increase(selat_check_failures_total[1d])) > 0", "{{rule}}"),
            )
        )
    )


def _cost(made: Dashboard) -> Dashboard:
    return (
        made.with_row(Row("What it costs"))
        .with_panel(
            graph(
                "Searches under way",
                "By worker: as many as SELAT_SOLVES_AT_ONCE at most.",
                "short",
                ("sum by (instance) (selat_solver_processes)", "{{instance}}"),
                stacked=True,
            )
        )
        .with_panel(
            graph(
                "Processor",
                "Cores used by searches, and by the service's own processes.",
                "short",
                (CPU, "searches"),
                (OTHER_CPU, "the rest"),
                stacked=True,
            )
        )
        .with_panel(
            spread(
                "Most memory of each search",
                "What is shared with other processes included. A search that passes its cap fails.",
                "bytes",
                "selat_solver_peak_memory_bytes",
            )
        )
    )


def _work(made: Dashboard) -> Dashboard:
    return (
        made.with_row(Row("What there is to solve"))
        .with_panel(
            spread("Stops of accepted plans", "How large plans are.", "short", "selat_accepted_plan_stops")
        )
        .with_panel(
            graph(
                "Stops left out",
                "Share of the stops of finished plans. A ticket is written where it doubles and passes 5 %.",
                "percentunit",
                ("selat:unserved_stops:ratio1h", "left out, 1 h"),
            )
        )
        .with_panel(
            graph(
                "Stops planned, an hour",
                "Served and left out.",
                "short",
                (f"sum by (result) (rate(selat_plan_stops_total[{WINDOW}])) * 3600", "{{result}}"),
                stacked=True,
            )
        )
    )
