"""What holds between the objects of the chart."""

from collections.abc import Iterator

import jsonschema  # type: ignore[import-untyped]

from tests.deploy.custom_resources import SCHEMAS
from tests.deploy.reading import Json, name_of, of_kind, pods_of, selection_of, settings_of


def selectors_find_pods(manifests: list[Json]) -> Iterator[str]:
    """What selects pods selects some, and the ports that it names are theirs."""
    pods = [manifest["spec"]["template"] for manifest in manifests if "template" in manifest.get("spec", {})]
    for manifest in manifests:
        selector, ports = selection_of(manifest)
        chosen = [pod for pod in pods if selector.items() <= pod["metadata"]["labels"].items()]
        owner = f"{manifest['kind']} {manifest['metadata']['name']}"
        if selector and not chosen:
            yield f"{owner} selects no pod"
        offered = {
            port["name"] for pod in chosen for c in pod["spec"]["containers"] for port in c.get("ports", [])
        }
        for port in ports - offered if selector else set():
            yield f"{owner} names the port {port}, which those pods do not have"


def deployments_can_be_moved(manifests: list[Json]) -> Iterator[str]:
    """Each has a disruption budget that lets one pod go."""
    budgets = [each["spec"] for each in of_kind(manifests, "PodDisruptionBudget")]
    for manifest in of_kind(manifests, "Deployment"):
        own = manifest["spec"]["selector"]["matchLabels"]
        if not [
            each
            for each in budgets
            if each["selector"]["matchLabels"] == own and each.get("maxUnavailable") == 1
        ]:
            yield f"{manifest['metadata']['name']} has no budget"


def the_network_is_closed(manifests: list[Json]) -> Iterator[str]:
    """A policy over every pod that lets nothing in, and nothing out but to names and the database."""
    closing = [
        each["spec"]
        for each in of_kind(manifests, "NetworkPolicy")
        if set(each["spec"]["policyTypes"]) == {"Ingress", "Egress"} and not each["spec"].get("ingress")
    ]
    for owner, _ in pods_of(manifests):
        labels = next(m for m in manifests if name_of(m) == owner)["spec"]["template"]["metadata"]["labels"]
        over = [each for each in closing if each["podSelector"]["matchLabels"].items() <= labels.items()]
        if not over:
            yield f"anything may call {owner}"
        for each in over:
            if any(not rule.get("ports") for rule in each["egress"]):
                yield f"{owner} may call anything"


def migrations_come_first(manifests: list[Json]) -> Iterator[str]:
    """The schema is brought up to date before anything of a version starts."""
    jobs = list(of_kind(manifests, "Job"))
    if not jobs:
        yield "nothing migrates"
    for job in jobs:
        if job["metadata"].get("annotations", {}).get("helm.sh/hook") != "pre-install,pre-upgrade":
            yield f"{job['metadata']['name']} does not come first"


def custom_resources_are_valid(manifests: list[Json]) -> Iterator[str]:
    """Those that Kubernetes has no schema of."""
    for manifest in manifests:
        schema = SCHEMAS.get(manifest["kind"])
        for error in jsonschema.Draft202012Validator(schema).iter_errors(manifest) if schema else ():
            yield f"{name_of(manifest)}: {error.json_path}: {error.message}"


def workers_are_scaled_once(manifests: list[Json]) -> Iterator[str]:
    """By KEDA, over the queue, with a target that exists and no number beside; or by a number."""
    deployments = {each["metadata"]["name"]: each["spec"] for each in of_kind(manifests, "Deployment")}
    scaled = {
        each["spec"]["scaleTargetRef"]["name"]: each["spec"] for each in of_kind(manifests, "ScaledObject")
    }
    for target, spec in scaled.items():
        if target not in deployments:
            yield f"there is no Deployment {target} to scale"
            continue
        if "replicas" in deployments[target]:
            yield f"{target} has a number of its own, which each upgrade would set again"
        slots = settings_of(deployments[target]["template"]["spec"]["containers"][0])["SELAT_SOLVES_AT_ONCE"]
        for trigger in spec["triggers"]:
            if (
                "selat_queue_plans" not in trigger["metadata"]["query"]
                or trigger["metadata"]["threshold"] != slots
            ):
                yield f"{target} is not scaled by plans for each of its {slots} slots"
    for name, deployment in deployments.items():
        if name not in scaled and "replicas" not in deployment:
            yield f"nothing says how many {name} there are"
