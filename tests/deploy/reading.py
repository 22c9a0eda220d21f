"""Finding things in rendered manifests."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def name_of(manifest: Json) -> str:
    """Return what a manifest is called in faults."""
    return f"{manifest['kind']} {manifest['metadata']['name']}"


def of_kind(manifests: list[Json], kind: str) -> Iterator[Json]:
    """Return the manifests of a kind."""
    return (manifest for manifest in manifests if manifest["kind"] == kind)


def pods_of(manifests: list[Json]) -> Iterator[tuple[str, Json]]:
    """Yield what runs pods, by what it is called, and the specification of its pods."""
    for manifest in manifests:
        if manifest["kind"] in ("Deployment", "Job"):
            yield name_of(manifest), manifest["spec"]["template"]["spec"]


def settings_of(container: Json) -> dict[str, str]:
    """Return the settings of a container that are written in it."""
    return {each["name"]: each.get("value", "") for each in container["env"]}


def selection_of(manifest: Json) -> tuple[Json, set[str]]:
    """Return the labels by which something selects pods, and the ports that it names."""
    spec = manifest.get("spec", {})
    match manifest["kind"]:
        case "Service":
            return spec["selector"], {port["targetPort"] for port in spec["ports"]}
        case "Deployment" | "PodDisruptionBudget":
            return spec["selector"]["matchLabels"], set()
        case "PodMonitor":
            return spec["selector"]["matchLabels"], {each["port"] for each in spec["podMetricsEndpoints"]}
        case "NetworkPolicy":
            named = {port["port"] for rule in spec.get("ingress", []) for port in rule["ports"]}
            return spec["podSelector"]["matchLabels"], {port for port in named if isinstance(port, str)}
    return {}, set()
