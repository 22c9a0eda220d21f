"""The lower half of the dashboard of the service: what it leans on, and its processes."""

from grafana_foundation_sdk.builders.dashboard import Dashboard, Row

from deploy.grafana.panels import WINDOW, graph, quantiles

OURS = '{job=~"selat-.+"}'


def with_surroundings(made: Dashboard) -> Dashboard:
    """Add database, road engines and webhooks."""
    return (
        made.with_row(Row("What it leans on"))
        .with_panel(
            graph(
                "Connections to the database in use",
                "Of as many as a process may have. At 100 % statements wait.",
                "percentunit",
                (
                    'selat_database_pool_connections{state="used"} / ignoring (state) selat_database_pool_limit',
                    "{{job}} {{instance}}",
                ),
                limit=1,
            )
        )
        .with_panel(
            graph(
                "Wait for a connection",
                "Half a second is where a ticket is written.",
                "s",
                *quantiles("selat_database_pool_wait_seconds"),
                limit=0.5,
            )
        )
        .with_panel(
            graph(
                "Road times asked for",
                "By provider and outcome; abandoned: the plan was cancelled meanwhile.",
                "reqps",
                (
                    f"sum by (provider, outcome) (rate(selat_matrix_requests_total[{WINDOW}]))",
                    "{{provider}} {{outcome}}",
                ),
                stacked=True,
            )
        )
        .with_panel(
            graph(
                "How long road times take",
                "Until all of a plan were there.",
                "s",
                *quantiles("selat_matrix_request_duration_seconds", by="provider"),
            )
        )
        .with_panel(
            graph(
                "Road times found among those kept",
                "Share of parts of matrices. None where only great circles are used.",
                "percentunit",
                (
                    f'sum(rate(selat_matrix_cache_lookups_total{{result="hit"}}[{WINDOW}])) / '
                    f"sum(rate(selat_matrix_cache_lookups_total[{WINDOW}]))",
                    "found",
                ),
            )
        )
        .with_panel(
            graph(
                "Webhooks",
                "Calls an hour by reception, and news that nobody has received yet.",
                "short",
                (
                    f"sum by (reception) (rate(selat_webhook_attempts_total[{WINDOW}])) * 3600",
                    "{{reception}}, an hour",
                ),
                ("max(selat_webhook_deliveries)", "not delivered"),
            )
        )
    )


def with_processes(made: Dashboard) -> Dashboard:
    """Add processor, memory, files and versions."""
    return (
        made.with_row(Row("Processes"))
        .with_panel(
            graph(
                "Processes that answer Prometheus",
                "By kind.",
                "short",
                (f"sum by (job) (up{OURS})", "{{job}}"),
            )
        )
        .with_panel(
            graph(
                "Processor",
                "Cores used by the processes themselves; their searches are on the other dashboard.",
                "short",
                (f"rate(process_cpu_seconds_total{OURS}[{WINDOW}])", "{{job}} {{instance}}"),
            )
        )
        .with_panel(
            graph(
                "Memory",
                "Resident memory of the processes themselves.",
                "bytes",
                (f"process_resident_memory_bytes{OURS}", "{{job}} {{instance}}"),
            )
        )
        .with_panel(
            graph(
                "Open files",
                "Of as many as the system allows: connections are files.",
                "percentunit",
                (f"process_open_fds{OURS} / process_max_fds{OURS}", "{{job}} {{instance}}"),
                limit=0.9,
            )
        )
        .with_panel(
            graph(
                "Versions",
                "How many processes run which version; two lines while a new one is rolled out.",
                "short",
                ("count by (version, python) (selat_build_info)", "{{version}}, Python {{python}}"),
            )
        )
    )
