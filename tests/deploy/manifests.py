"""What holds of the rendered chart beyond its being valid: each rule names what in the manifests breaks it."""

from collections.abc import Callable, Iterator

from tests.deploy import object_rules, pod_rules
from tests.deploy.reading import Json

Rule = Callable[[list[Json]], Iterator[str]]

RULES: tuple[Rule, ...] = (
    pod_rules.containers_are_locked_up,
    pod_rules.what_is_written_has_a_place,
    pod_rules.images_are_pinned,
    pod_rules.secrets_are_referenced,
    pod_rules.deployments_are_probed,
    pod_rules.memory_follows_the_settings,
    pod_rules.stopping_has_time,
    object_rules.selectors_find_pods,
    object_rules.deployments_can_be_moved,
    object_rules.the_network_is_closed,
    object_rules.migrations_come_first,
    object_rules.custom_resources_are_valid,
    object_rules.workers_are_scaled_once,
)


def faults(manifests: list[Json]) -> list[str]:
    """Return everything that breaks a rule."""
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(manifests)]
