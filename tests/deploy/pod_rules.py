"""What holds of every pod of the chart."""

from collections.abc import Iterator

from tests.deploy.reading import Json, of_kind, pods_of, settings_of

MIB = 1 << 20
TEMPORARY = "/tmp"  # noqa: S108  (in the container)
SHARE_OF_START_MIB = 256
"""What a solver process may have written to of the memory that it started with, beyond its cap."""

SECONDS_TO_HAND_BACK = 15
"""How long a worker needs at most to stop its searches and hand its plans back, beyond its grace."""


def containers_are_locked_up(manifests: list[Json]) -> Iterator[str]:
    """No root, no writing to the image, no privileges, no token of the cluster."""
    for owner, pod in pods_of(manifests):
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
    for owner, pod in pods_of(manifests):
        volumes = {volume["name"] for volume in pod.get("volumes", []) if "emptyDir" in volume}
        for container in pod["containers"]:
            mounted = {m["name"] for m in container.get("volumeMounts", []) if m["mountPath"] == TEMPORARY}
            if not mounted or not mounted <= volumes:
                yield f"{owner} has no /tmp"


def images_are_pinned(manifests: list[Json]) -> Iterator[str]:
    """A tag or a digest, and never `latest`."""
    for owner, pod in pods_of(manifests):
        for container in pod["containers"]:
            name = container["image"].rsplit("/", 1)[-1]
            if "@sha256:" not in name and (":" not in name or name.endswith((":latest", ":"))):
                yield f"{owner} runs whatever {name} is that day"


def secrets_are_referenced(manifests: list[Json]) -> Iterator[str]:
    """The chart makes no secret, and the database's address comes from one."""
    for manifest in manifests:
        if manifest["kind"] == "Secret":
            yield f"Secret {manifest['metadata']['name']} is written out"
    for owner, pod in pods_of(manifests):
        for container in pod["containers"]:
            named = {each["name"]: each for each in container["env"]}
            if "secretKeyRef" not in named.get("DATABASE_URL", {}).get("valueFrom", {}):
                yield f"{owner} does not take DATABASE_URL from a secret"
            if any("://" in each.get("value", "") and "@" in each["value"] for each in named.values()):
                yield f"{owner} has a password in plain sight"


def deployments_are_probed(manifests: list[Json]) -> Iterator[str]:
    """The API by its own probes, workers by their metrics."""
    wanted = {"api": ("/livez", "/livez", "/readyz"), "worker": ("/metrics", "/metrics", "/metrics")}
    for manifest in of_kind(manifests, "Deployment"):
        [container] = manifest["spec"]["template"]["spec"]["containers"]
        paths = tuple(
            container.get(probe, {}).get("httpGet", {}).get("path")
            for probe in ("startupProbe", "livenessProbe", "readinessProbe")
        )
        if paths != wanted[container["name"]]:
            yield f"{manifest['metadata']['name']} is probed at {paths}"


def memory_follows_the_settings(manifests: list[Json]) -> Iterator[str]:
    """A worker has room for as many solver processes as it starts, each up to its cap."""
    for owner, pod in pods_of(manifests):
        for container in pod["containers"]:
            limit = container.get("resources", {}).get("limits", {}).get("memory", "0Mi")
            if container["name"] != "worker":
                if limit == "0Mi":
                    yield f"{owner} may take all memory"
                continue
            settings = settings_of(container)
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
    for manifest in of_kind(manifests, "Deployment"):
        pod = manifest["spec"]["template"]["spec"]
        [container] = pod["containers"]
        draining = container.get("lifecycle", {}).get("preStop", {}).get("exec", {}).get("command", ["", "0"])
        needed = float(settings_of(container)["SELAT_STOP_GRACE_SECONDS"]) + int(draining[1])
        needed += SECONDS_TO_HAND_BACK if container["name"] == "worker" else 5
        if pod["terminationGracePeriodSeconds"] < needed:
            yield f"{manifest['metadata']['name']} is killed before {needed:g} s"
        if container["name"] == "api" and not int(draining[1]):
            yield "the API stops answering while it is still called"
