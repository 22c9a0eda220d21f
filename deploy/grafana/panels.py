"""The few kinds of panels that the dashboards are made of: each says how to read it, and has a unit."""

from collections.abc import Sequence
from string import ascii_uppercase

from grafana_foundation_sdk.builders import common, dashboard, heatmap, prometheus, stat, timeseries
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.models.common import (
    BigValueColorMode,
    BigValueGraphMode,
    GraphThresholdsStyleMode,
    SortOrder,
    StackingMode,
    TooltipDisplayMode,
)
from grafana_foundation_sdk.models.dashboard import (
    DashboardCursorSync,
    DashboardLinkType,
    DataSourceRef,
    Panel,
    Threshold,
    ThresholdsMode,
)
from grafana_foundation_sdk.models.heatmap import HeatmapColorMode
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

SOURCE = DataSourceRef(type_val="prometheus", uid="${datasource}")
WINDOW = "$__rate_interval"
"""Grafana's own choice of a window: never shorter than four scrapes."""

TAG = "selat"
GRAPH_WIDTH, GRAPH_HEIGHT = 8, 8
NUMBER_WIDTH, NUMBER_HEIGHT = 4, 4

Query = tuple[str, str]
"""An expression, and what its series are called: a text in which ``{{label}}`` stands for the value of a label."""


def board(uid: str, title: str, description: str) -> dashboard.Dashboard:
    """Return an empty dashboard, with a choice of the Prometheus and links to the other dashboards."""
    source = dashboard.DatasourceVariable("datasource").label("Prometheus").type("prometheus")
    others = dashboard.DashboardLink("Selat").type(DashboardLinkType.DASHBOARDS).tags([TAG]).keep_time(True)  # noqa: FBT003
    return (
        dashboard.Dashboard(title)
        .uid(uid)
        .description(description)
        .tags([TAG])
        .refresh("30s")
        .time("now-6h", "now")
        .timezone("browser")
        .tooltip(DashboardCursorSync.CROSSHAIR)
        .with_variable(source)
        .link(others)
    )


def graph(
    title: str,
    description: str,
    unit: str,
    *queries: Query,
    stacked: bool = False,
    limit: float | None = None,
    exemplars: bool = False,
    width: int = GRAPH_WIDTH,
) -> Builder[Panel]:
    """Return lines over time; ``limit`` draws a dashed line at an objective, ``exemplars`` single plans as dots."""
    panel = (
        timeseries.Panel()
        .title(title)
        .description(description)
        .datasource(SOURCE)
        .unit(unit)
        .min(0)
        .span(width)
        .height(GRAPH_HEIGHT)
        .fill_opacity(30 if stacked else 5)
        .legend(common.VizLegendOptions().show_legend(show_legend=True))
        .tooltip(common.VizTooltipOptions().mode(TooltipDisplayMode.MULTI).sort(SortOrder.DESCENDING))
    )
    if stacked:
        panel = panel.stacking(common.StackingConfig().mode(StackingMode.NORMAL))
    if limit is not None:
        panel = panel.thresholds(_steps(("green", None), ("red", limit))).thresholds_style(
            common.GraphThresholdsStyleConfig().mode(GraphThresholdsStyleMode.DASHED)
        )
    for letter, (expression, called) in zip(ascii_uppercase, queries, strict=False):
        panel = panel.with_target(_query(expression, letter).legend_format(called).exemplar(exemplars))
    return panel


def number(
    title: str, description: str, unit: str, expression: str, *colours: tuple[str, float | None]
) -> Builder[Panel]:
    """Return the value of now, with a small curve behind it; ``colours`` name from which value on each is shown."""
    return (
        stat.Panel()
        .title(title)
        .description(description)
        .datasource(SOURCE)
        .unit(unit)
        .span(NUMBER_WIDTH)
        .height(NUMBER_HEIGHT)
        .color_mode(BigValueColorMode.VALUE)
        .graph_mode(BigValueGraphMode.AREA)
        .thresholds(_steps(*(colours or (("green", None),))))
        .with_target(_query(expression).legend_format(title))
    )


def spread(title: str, description: str, unit: str, histogram: str) -> Builder[Panel]:
    """Return how many events lay in each bucket of a histogram over time, with single plans as dots."""
    expression = f"sum by (le) (increase({histogram}_bucket[{WINDOW}]))"
    return (
        heatmap.Panel()
        .title(title)
        .description(description)
        .datasource(SOURCE)
        .unit("short")
        .span(GRAPH_WIDTH)
        .height(GRAPH_HEIGHT)
        .y_axis(heatmap.YAxisConfig().unit(unit))
        .color(heatmap.HeatmapColorOptions().mode(HeatmapColorMode.SCHEME).scheme("Blues").steps(64))
        .with_target(
            _query(expression).format(PromQueryFormat.HEATMAP).legend_format("{{le}}").exemplar(exemplar=True)
        )
    )


def quantiles(histogram: str, *, by: str = "", select: str = "") -> Sequence[Query]:
    """Return queries for the median, the 90th and the 99th percentile of a histogram, for each value of a label."""
    labels, called = (f"le, {by}", f" {{{{{by}}}}}") if by else ("le", "")
    rates = f"sum by ({labels}) (rate({histogram}_bucket{select}[{WINDOW}]))"
    return [
        (f"histogram_quantile({share}, {rates})", f"p{share * 100:g}{called}") for share in (0.5, 0.9, 0.99)
    ]


def _query(expression: str, letter: str = "A") -> prometheus.Dataquery:
    return prometheus.Dataquery().datasource(SOURCE).expr(expression).ref_id(letter)


def _steps(*colours: tuple[str, float | None]) -> dashboard.ThresholdsConfig:
    steps = [Threshold(value=value, color=colour) for colour, value in colours]
    return dashboard.ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(steps)
