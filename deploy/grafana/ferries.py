"""What boats mean for the plans: which are taken, what waiting they cost, and who is left behind."""

from grafana_foundation_sdk.builders.dashboard import Dashboard, Row

from deploy.grafana.panels import WINDOW, board, graph, number, quantiles, spread


def dashboard() -> Dashboard:
    """Return the dashboard."""
    made = board("selat-ferries", "Selat: ferries", "What boats mean for the plans.")
    return _left_behind(_crossings(made))


def _crossings(made: Dashboard) -> Dashboard:
    mean_wait = "sum(rate(selat_ferry_wait_seconds_sum[1h])) / sum(rate(selat_ferry_wait_seconds_count[1h]))"
    return (
        made.with_row(Row("Crossings"))
        .with_panel(
            number(
                "Crossings planned, 1 d",
                "Sailings taken in finished plans.",
                "short",
                "sum(increase(selat_ferry_crossings_total[1d]))",
            )
        )
        .with_panel(
            number("Mean wait at ports, 1 h", "From arriving at the port to departure.", "s", mean_wait)
        )
        .with_panel(
            graph(
                "Busiest lines, crossings an hour",
                "The ten with most. Lines beyond the fifty first that a process meets are called other.",
                "short",
                ("topk(10, sum by (line) (rate(selat_ferry_crossings_total[1h]))) * 3600", "{{line}}"),
            )
        )
        .with_panel(
            graph(
                "Wait at ports",
                "From arriving to departure, check-in included. It grows where boats are cancelled.",
                "s",
                *quantiles("selat_ferry_wait_seconds"),
            )
        )
        .with_panel(
            spread("Waits at ports", "How many crossings waited how long.", "s", "selat_ferry_wait_seconds")
        )
        .with_panel(
            graph(
                "Crossings for each hundred stops served",
                "More: the same stops need more boats.",
                "short",
                (
                    f"100 * sum(rate(selat_ferry_crossings_total[{WINDOW}])) / "
                    f'sum(rate(selat_plan_stops_total{{result="served"}}[{WINDOW}]))',
                    "crossings",
                ),
            )
        )
    )


def _left_behind(made: Dashboard) -> Dashboard:
    def reasons(select: str) -> str:
        return f"sum by (reason) (rate(selat_unserved_stops_total{{reason{select}}}[{WINDOW}])) * 3600"

    return (
        made.with_row(Row("Who is left behind"))
        .with_panel(
            graph(
                "Stops left out for ferries, an hour",
                "By reason; a stop with several reasons counts for each. docs/errors.md says what each means.",
                "short",
                (reasons('=~"FERRY_.+"'), "{{reason}}"),
                stacked=True,
            )
        )
        .with_panel(
            graph(
                "Stops left out for other reasons, an hour",
                "By reason.",
                "short",
                (reasons('!~"FERRY_.+"'), "{{reason}}"),
                stacked=True,
            )
        )
        .with_panel(
            graph(
                "Vehicles",
                "Share of the vehicles offered that plans use. 100 %: the fleet is the limit.",
                "percentunit",
                (
                    f'sum(rate(selat_plan_vehicles_total{{result="used"}}[{WINDOW}])) / '
                    f"sum(rate(selat_plan_vehicles_total[{WINDOW}]))",
                    "used",
                ),
                limit=1,
            )
        )
        .with_panel(
            graph(
                "Road for each stop served",
                "Metres driven, ferries not counted.",
                "lengthm",
                (
                    f"sum(rate(selat_route_distance_meters_total[{WINDOW}])) / "
                    f'sum(rate(selat_plan_stops_total{{result="served"}}[{WINDOW}]))',
                    "metres",
                ),
            )
        )
    )
