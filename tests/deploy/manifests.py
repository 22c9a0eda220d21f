"""What holds of the rendered chart beyond its being valid: each rule names what in the manifests breaks it."""

from collections.abc import Callable, Iterator
from typing import Any

import jsonschema  # type: ignore[import-untyped]

from tests.deploy.custom_resources import SCHEMAS

Json = dict[str, Any]
Rule = Callable[[list[Json]], Iterator[str]]

MIB = 1 << 20
TEMPORARY = "/tmp"  # noqa: S108  (in the container)
SHARE_OF_START_MIB = 256
"""What a solver process may have written to of the memory that it started with, beyond its cap."""

SECONDS_TO_HAND_BACK = 15
"""How long a worker needs at most to stop its searches and hand its plans back, beyond its grace."""


def faults(manifests: list[Json]) -> list[str]:
    """Return everything that breaks a rule."""
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(manifests)]


def containers_are_locked_up(manifests: list[Json]) -> Iterator[str]:
    """No root, no writing to the image, no privileges, no token of the cluster."""
    for owner, pod in _pods(manifests):
        if pod.get("automountServiceAccountToken") is not False:
            yield f"{owner} has a token of the cluster"
        if not pod["securityContext"].get("runAsNonRoot"):
            yield f"{owner} may be root"
        if pod["securityContext"].get("seccompProfile") != {"type": "RuntimeDefault"}:
            yield f"{owner} may make any system call"
        for container in pod["containers"]:
            secured = container.get("securityContext", {})
            if not secured.get("readOnlyRootFilesystem"):
                yield f"{owner} may write to its image"
            if secured.get("allowPrivilegeEscalation") is not False:
                yield f"{owner} may gain privileges"
            if secured.get("capabilities", {}).get("drop") != ["ALL"]:
                yield f"{owner} has capabilities"


def what_is_written_has_a_place(manifests: list[Json]) -> Iterator[str]:
    """The place for temporary files, where the links to the compiled search lie, is a volume."""
    for owner, pod in _pods(manifests):
        volumes = {volume["name"] for volume in pod.get("volumes", []) if "emptyDir" in volume}
        for container in pod["containers"]:
            mounted = {m["name"] for m in container.get("volumeMounts", []) if m["mountPath"] == TEMPORARY}
            if not mounted or not mounted <= volumes:
                yield f"{owner} has no /tmp"


def images_are_pinned(manifests: list[Json]) -> Iterator[str]:
    """A tag or a digest, and never `latest`."""
    for owner, pod in _pods(manifests):
        for container in pod["containers"]:
            name = container["image"].rsplit("/", 1)[-1]
            if "@sha256:" not in name and (":" not in name or name.endswith((":latest", ":"))):
                yield f"{owner} runs whatever {name} is that day"


def secrets_are_referenced(manifests: list[Json]) -> Iterator[str]:
    """The chart makes no secret, and the database's address comes from one."""
    for manifest in manifests:
        if manifest["kind"] == "Secret":
            yield f"Secret {manifest['metadata']['name']} is written out"
    for owner, pod in _pods(manifests):
        for container in pod["containers"]:
            named = {each["name"]: each for each in container["env"]}
            if "secretKeyRef" not in named.get("DATABASE_URL", {}).get("valueFrom", {}):
                yield f"{owner} does not take DATABASE_URL from a secret"
            if any("://" in each.get("value", "") and "@" in each["value"] for each in named.values()):
                yield f"{owner} has a password in plain sight"


def deployments_are_probed(manifests: list[Json]) -> Iterator[str]:
    """The API by its own probes, workers by their metrics."""
    wanted = {"api": ("/livez", "/livez", "/readyz"), "worker": ("/metrics", "/metrics", "/metrics")}
    for manifest in _of_kind(manifests, "Deployment"):
        [container] = manifest["spec"]["template"]["spec"]["containers"]
        paths = tuple(
            container.get(probe, {}).get("httpGet", {}).get("path")
            for probe in ("startupProbe", "livenessProbe", "readinessProbe")
        )
        if paths != wanted[container["name"]]:
            yield f"{manifest['metadata']['name']} is probed at {paths}"


def memory_follows_the_settings(manifests: list[Json]) -> Iterator[str]:
    """A worker has room for as many solver processes as it starts, each up to its cap."""
    for owner, pod in _pods(manifests):
        for container in pod["containers"]:
            limit = container.get("resources", {}).get("limits", {}).get("memory", "0Mi")
            if container["name"] != "worker":
                if limit == "0Mi":
                    yield f"{owner} may take all memory"
                continue
            settings = _settings(container)
            solves, cap = (
                int(settings[f"SELAT_{name}"]) for name in ("SOLVES_AT_ONCE", "SOLVER_MEMORY_BYTES")
            )
            needed = solves * (cap // MIB + SHARE_OF_START_MIB) + 512
            if int(limit.removesuffix("Mi")) < needed:
                yield f"{owner} has {limit}, and its solver processes may take {needed}Mi"
            cores = solves * int(settings["SELAT_THREADS_PER_SOLVE"])
            if int(container["resources"]["requests"]["cpu"]) < cores:
                yield f"{owner} asks for fewer than {cores} cores"


def stopping_has_time(manifests: list[Json]) -> Iterator[str]:
    """Nobody is killed who is still handing back or answering."""
    for manifest in _of_kind(manifests, "Deployment"):
        pod = manifest["spec"]["template"]["spec"]
        [container] = pod["containers"]
        draining = container.get("lifecycle", {}).get("preStop", {}).get("exec", {}).get("command", ["", "0"])
        needed = float(_settings(container)["SELAT_STOP_GRACE_SECONDS"]) + int(draining[1])
        needed += SECONDS_TO_HAND_BACK if container["name"] == "worker" else 5
        if pod["terminationGracePeriodSeconds"] < needed:
            yield f"{manifest['metadata']['name']} is killed before {needed:g} s"
        if container["name"] == "api" and not int(draining[1]):
            yield "the API stops answering while it is still called"


def selectors_find_pods(manifests: list[Json]) -> Iterator[str]:
    """What selects pods selects some, and the ports that it names are theirs."""
    pods = [manifest["spec"]["template"] for manifest in manifests if "template" in manifest.get("spec", {})]
    for manifest in manifests:
        selector, ports = _selection(manifest)
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
    budgets = [each["spec"] for each in _of_kind(manifests, "PodDisruptionBudget")]
    for manifest in _of_kind(manifests, "Deployment"):
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
        for each in _of_kind(manifests, "NetworkPolicy")
        if set(each["spec"]["policyTypes"]) == {"Ingress", "Egress"} and not each["spec"].get("ingress")
    ]
    for owner, _ in _pods(manifests):
        labels = next(m for m in manifests if _name(m) == owner)["spec"]["template"]["metadata"]["labels"]
        over = [each for each in closing if each["podSelector"]["matchLabels"].items() <= labels.items()]
        if not over:
            yield f"anything may call {owner}"
        for each in over:
            if any(not rule.get("ports") for rule in each["egress"]):
                yield f"{owner} may call anything"


def migrations_come_first(manifests: list[Json]) -> Iterator[str]:
    """The schema is brought up to date before anything of a version starts."""
    jobs = list(_of_kind(manifests, "Job"))
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
            yield f"{_name(manifest)}: {error.json_path}: {error.message}"


def workers_are_scaled_once(manifests: list[Json]) -> Iterator[str]:
    """By KEDA, over the queue, with a target that exists and no number beside; or by a number."""
    deployments = {each["metadata"]["name"]: each["spec"] for each in _of_kind(manifests, "Deployment")}
    scaled = {
        each["spec"]["scaleTargetRef"]["name"]: each["spec"] for each in _of_kind(manifests, "ScaledObject")
    }
    for target, spec in scaled.items():
        if target not in deployments:
            yield f"there is no Deployment {target} to scale"
            continue
        if "replicas" in deployments[target]:
            yield f"{target} has a number of its own, which each upgrade would set again"
        slots = _settings(deployments[target]["template"]["spec"]["containers"][0])["SELAT_SOLVES_AT_ONCE"]
        for trigger in spec["triggers"]:
            if (
                "selat_queue_plans" not in trigger["metadata"]["query"]
                or trigger["metadata"]["threshold"] != slots
            ):
                yield f"{target} is not scaled by plans for each of its {slots} slots"
    for name, deployment in deployments.items():
        if name not in scaled and "replicas" not in deployment:
            yield f"nothing says how many {name} there are"


RULES: tuple[Rule, ...] = (
    containers_are_locked_up,
    what_is_written_has_a_place,
    images_are_pinned,
    secrets_are_referenced,
    deployments_are_probed,
    memory_follows_the_settings,
    stopping_has_time,
    selectors_find_pods,
    deployments_can_be_moved,
    the_network_is_closed,
    migrations_come_first,
    custom_resources_are_valid,
    workers_are_scaled_once,
)


def _name(manifest: Json) -> str:
    return f"{manifest['kind']} {manifest['metadata']['name']}"


def _of_kind(manifests: list[Json], kind: str) -> Iterator[Json]:
    return (manifest for manifest in manifests if manifest["kind"] == kind)


def _pods(manifests: list[Json]) -> Iterator[tuple[str, Json]]:
    for manifest in manifests:
        if manifest["kind"] in ("Deployment", "Job"):
            yield _name(manifest), manifest["spec"]["template"]["spec"]


def _settings(container: Json) -> dict[str, str]:
    return {each["name"]: each.get("value", "") for each in container["env"]}


def _selection(manifest: Json) -> tuple[Json, set[str]]:
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
