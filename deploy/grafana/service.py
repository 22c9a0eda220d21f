"""Is the service well? Objectives first, then calls, plans, and what the service leans on."""

from grafana_foundation_sdk.builders.dashboard import Dashboard, Row

from deploy.grafana.panels import WINDOW, board, graph, number, quantiles, spread
from deploy.grafana.service_parts import with_processes, with_surroundings

CALLS = '{route=~"/v1/.+",route!~".+/events"}'
REQUESTS = "selat_http_request_duration_seconds"


def dashboard() -> Dashboard:
    """Return the dashboard."""
    made = board("selat-service", "Selat: service", "Is the service well? Read it from top to bottom.")
    for part in (_objectives, _calls, _plans, with_surroundings, with_processes):
        made = part(made)
    return made


def _objectives(made: Dashboard) -> Dashboard:
    made = made.with_row(Row("Objectives"))
    for objective, title, meaning in (
        (
            "calls",
            "Good calls, 3 d",
            "Calls not answered 5xx and, unless they may wait, within 0.5 s. Objective: 99.9 %.",
        ),
        (
            "starts",
            "Plans started in 5 s, 3 d",
            "Plans taken up by a worker within five seconds. Objective: 99 %.",
        ),
        ("plans", "Plans that succeeded, 3 d", "Of plans that were not cancelled. Objective: 99.5 %."),
        (
            "heartbeat",
            "Heartbeats, 3 d",
            "The service's own plan of every minute: succeeded and in time. Objective: 99 %.",
        ),
    ):
        bad = f'selat:objective_bad:ratio3d{{objective="{objective}"}}'
        budget = {"calls": 0.001, "starts": 0.01, "plans": 0.005, "heartbeat": 0.01}[objective]
        made = made.with_panel(
            number(title, meaning, "percentunit", f"1 - {bad}", ("red", None), ("green", 1 - budget))
        )
    age = "time() - max(selat_heartbeat_last_success_timestamp_seconds > 0)"
    firing = 'count(ALERTS{alertname=~"Selat.+",alertstate="firing"}) or vector(0)'
    return (
        made.with_panel(
            number(
                "Since the last heartbeat", "One comes every minute.", "s", age, ("green", None), ("red", 180)
            )
        )
        .with_panel(number("Alerts firing", "See the runbook.", "short", firing, ("green", None), ("red", 1)))
        .with_panel(
            graph(
                "How fast budgets burn",
                "1: just as fast as the objective allows. 14.4: 30 days' budget lasts two; somebody is called.",
                "none",
                (
                    "selat:objective_bad:ratio1h / on (objective) selat:objective_budget:ratio",
                    "{{objective}}, 1 h",
                ),
                (
                    "selat:objective_bad:ratio6h / on (objective) selat:objective_budget:ratio",
                    "{{objective}}, 6 h",
                ),
                limit=14.4,
                width=24,
            )
        )
    )


def _calls(made: Dashboard) -> Dashboard:
    failing = '{route=~"/v1/.+",route!~".+/events",status_class="5xx"}'
    return (
        made.with_row(Row("Calls"))
        .with_panel(
            graph(
                "Calls",
                "By route: which are called most.",
                "reqps",
                (f"sum by (method, route) (rate({REQUESTS}_count{CALLS}[{WINDOW}]))", "{{method}} {{route}}"),
                stacked=True,
            )
        )
        .with_panel(
            graph(
                "Answers",
                "4xx: callers' mistakes, keys, quotas. 5xx: ours.",
                "reqps",
                (f"sum by (status_class) (rate({REQUESTS}_count{CALLS}[{WINDOW}]))", "{{status_class}}"),
                stacked=True,
            )
        )
        .with_panel(
            graph(
                "Share of calls answered 5xx",
                "By route. The dashed line: 5 %, from where a ticket is written.",
                "percentunit",
                (
                    f"sum by (method, route) (rate({REQUESTS}_count{failing}[{WINDOW}])) / "
                    f"sum by (method, route) (rate({REQUESTS}_count{CALLS}[{WINDOW}]))",
                    "{{method}} {{route}}",
                ),
                limit=0.05,
            )
        )
        .with_panel(
            graph(
                "How long GET takes",
                "All routes but streams. Half a second is the objective; dots are single plans.",
                "s",
                *quantiles(REQUESTS, select='{method="GET",route=~"/v1/.+",route!~".+/events"}'),
                limit=0.5,
                exemplars=True,
            )
        )
        .with_panel(spread("How long calls take", "Those that may wait on purpose included.", "s", REQUESTS))
        .with_panel(
            graph(
                "Calls under way",
                "Streams and waiting calls included.",
                "short",
                ("sum by (instance) (selat_http_requests_in_flight)", "{{instance}}"),
            )
        )
    )


def _plans(made: Dashboard) -> Dashboard:
    return (
        made.with_row(Row("Plans"))
        .with_panel(
            graph(
                "Plans accepted and ended, an hour",
                "What comes in has to come out: the lines lie upon each other.",
                "short",
                (f"sum(rate(selat_plans_accepted_total[{WINDOW}])) * 3600", "accepted"),
                (f"sum by (status) (rate(selat_plans_finished_total[{WINDOW}])) * 3600", "{{status}}"),
            )
        )
        .with_panel(
            graph(
                "Plans not done",
                "Queued plans wait for a worker. Asked of the database, so they are there without workers, too.",
                "short",
                ("max by (status) (selat_queue_plans)", "{{status}}"),
                stacked=True,
            )
        )
        .with_panel(
            graph(
                "Age of the oldest queued plan",
                "The dashed line: five minutes, from where somebody is called.",
                "s",
                ("max(selat_queue_oldest_age_seconds)", "oldest"),
                limit=300,
            )
        )
        .with_panel(
            graph(
                "Wait for a worker",
                "From accepted to taken up. The dashed line: 5 s, the objective. Dots are single plans.",
                "s",
                *quantiles("selat_queue_wait_seconds"),
                limit=5,
                exemplars=True,
            )
        )
        .with_panel(
            graph(
                "How long a heartbeat takes",
                "The same small plan every minute, from accepted to ended: what changes is the service.",
                "s",
                *quantiles("selat_heartbeat_duration_seconds"),
            )
        )
        .with_panel(
            graph(
                "Heartbeats, an hour",
                "Sixty succeed when all is well.",
                "short",
                (f"sum by (outcome) (rate(selat_heartbeat_plans_total[{WINDOW}])) * 3600", "{{outcome}}"),
                stacked=True,
            )
        )
    )
