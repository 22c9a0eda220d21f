"""The Helm chart renders to what a cluster takes and to what we promise of it, with each of its sets of values."""

import copy
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import web

from router.api.endpoints import endpoints
from tests.deploy.linters import CHART, Json, helm
from tests.deploy.manifests import faults

VALUES = {file.stem: yaml.safe_load(file.read_text()) for file in sorted((CHART / "values").glob("*.yaml"))}
SETS: dict[str, Json] = {"none": {}, **VALUES}


@pytest.fixture(scope="module")
def rendered() -> dict[str, Json]:
    """Every set of values, rendered, linted and validated."""
    return helm({name: (CHART, values) for name, values in SETS.items()})


@pytest.mark.parametrize("name", SETS)
def test_each_set_of_values_makes_what_a_cluster_takes(name: str, rendered: dict[str, Json]) -> None:
    assert rendered[name]["lint"] == []
    assert rendered[name]["refused"] == []
    assert len(rendered[name]["manifests"]) >= 9


@pytest.mark.parametrize("name", SETS)
def test_each_set_of_values_keeps_the_rules(name: str, rendered: dict[str, Json]) -> None:
    assert faults(rendered[name]["manifests"]) == []


def test_there_are_three_sets_and_they_differ() -> None:
    assert sorted(VALUES) == ["openshift", "production", "small"]


def test_workers_follow_the_queue_of_their_own_namespace(rendered: dict[str, Json]) -> None:
    """All that a Prometheus knows of may be more than one installation."""
    [trigger] = find(rendered["production"]["manifests"], "ScaledObject", "worker")["spec"]["triggers"]
    assert trigger["metadata"]["query"] == 'sum(max by (status) (selat_queue_plans{namespace="couriers"}))'


def test_the_ingress_leads_to_all_that_is_for_callers_and_to_nothing_else(rendered: dict[str, Json]) -> None:
    """Whoever adds an endpoint finds it here where the chart would not let callers through to it."""
    [rule] = find(rendered["production"]["manifests"], "Ingress", "api")["spec"]["rules"]
    paths = {each["path"]: each["pathType"] for each in rule["http"]["paths"]}

    def led(path: str) -> bool:
        prefixes = [start for start, kind in paths.items() if kind == "Prefix"]
        return path in paths or any(path.startswith(f"{start}/") for start in prefixes)

    through = {each.path: led(each.path) for each in endpoints(_metrics)}
    inside = {"/livez", "/readyz", "/metrics"}
    assert {path for path, is_led in through.items() if not is_led} == inside


async def _metrics(_request: web.Request) -> web.StreamResponse:
    return web.Response()


# A mistake in the values, in a template, or in what is rendered is found.

WRONG_VALUES: dict[str, tuple[Json, str]] = {
    "a setting that the chart derives": ({"settings": {"SELAT_SOLVES_AT_ONCE": "9"}}, "SELAT_SOLVES_AT_ONCE"),
    "a password among the values": ({"database": {"password": "secret"}}, "password"),
    "the latest image": ({"image": {"tag": "latest"}}, "tag"),
    "a misspelt word": ({"worker": {"solverMemoryMib": 1024}}, "solverMemoryMib"),
    "no memory for a solver": ({"worker": {"solverMemoryMiB": 0}}, "solverMemoryMiB"),
    "a setting that is no text": ({"settings": {"SELAT_RETENTION_DAYS": 7}}, "SELAT_RETENTION_DAYS"),
    "an ingress without a host": ({"ingress": {"enabled": True}}, "ingress.host"),
    "an API open to all by an empty list": ({"networkPolicy": {"apiFrom": []}}, "apiFrom"),
}


@pytest.fixture(scope="module")
def with_wrong_values() -> dict[str, Json]:
    return helm({name: (CHART, values) for name, (values, _) in WRONG_VALUES.items()})


@pytest.mark.parametrize("mistake", WRONG_VALUES)
def test_wrong_values_are_refused_by_name(mistake: str, with_wrong_values: dict[str, Json]) -> None:
    assert WRONG_VALUES[mistake][1] in " ".join(with_wrong_values[mistake]["lint"])


WRONG_TEMPLATES = {
    "a misspelt field": ("worker.yaml", "terminationGracePeriodSeconds:", "terminationGraceSeconds:"),
    "a number where text belongs": (
        "api.yaml",
        "{{ mul .Values.api.maxBodyMiB 1048576 | quote }}",
        "{{ mul .Values.api.maxBodyMiB 1048576 }}",
    ),
    "an old version of a kind": ("disruption.yaml", "policy/v1", "policy/v1beta1"),
    "a missing field": ("network.yaml", "  podSelector:\n", "  podSelectors:\n"),
    "a bracket left open": ("migrate.yaml", "{{- include", "{{- include ("),
}


@pytest.fixture(scope="module")
def with_wrong_templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    cases: dict[str, tuple[Path, Json]] = {}
    for mistake, (file, right, wrong) in WRONG_TEMPLATES.items():
        chart = shutil.copytree(CHART, tmp_path_factory.mktemp("chart") / "selat")
        text = (chart / "templates" / file).read_text()
        assert right in text
        (chart / "templates" / file).write_text(text.replace(right, wrong))
        cases[mistake] = chart, {}
    return helm(cases)


@pytest.mark.parametrize("mistake", WRONG_TEMPLATES)
def test_a_wrong_template_is_found(mistake: str, with_wrong_templates: dict[str, Json]) -> None:
    answer = with_wrong_templates[mistake]
    assert answer["lint"] or answer["refused"]


def find(manifests: list[Json], kind: str, end: str) -> Json:
    """Return the manifest of a kind whose name ends so."""
    [found] = [m for m in manifests if m["kind"] == kind and m["metadata"]["name"].endswith(end)]
    return found


def container(manifests: list[Json], end: str) -> Any:
    return find(manifests, "Deployment", end)["spec"]["template"]["spec"]["containers"][0]


def pod(manifests: list[Json], end: str) -> Any:
    return find(manifests, "Deployment", end)["spec"]["template"]["spec"]


def one_mistake(manifests: list[Json], mistake: str) -> None:
    """Make it."""
    scaled = find(manifests, "ScaledObject", "worker")["spec"]
    MISTAKES[mistake][0](manifests, scaled)


def set_to(target: Any, **changes: object) -> None:
    target.update(changes)


Change = Callable[[list[Json], Any], object]

MISTAKES: dict[str, tuple[Change, str]] = {
    "a root user": (lambda m, _: set_to(pod(m, "api")["securityContext"], runAsNonRoot=False), "may be root"),
    "a token": (lambda m, _: set_to(pod(m, "worker"), automountServiceAccountToken=True), "has a token"),
    "any system call": (lambda m, _: pod(m, "api")["securityContext"].pop("seccompProfile"), "system call"),
    "a writable image": (
        lambda m, _: container(m, "worker")["securityContext"].pop("readOnlyRootFilesystem"), "write to its image",
    ),
    "privileges": (
        lambda m, _: set_to(container(m, "api")["securityContext"], allowPrivilegeEscalation=True), "gain privileges",
    ),
    "capabilities": (lambda m, _: container(m, "api")["securityContext"].pop("capabilities"), "has capabilities"),
    "no place to write": (lambda m, _: container(m, "worker").pop("volumeMounts"), "has no /tmp"),
    "an image without a tag": (lambda m, _: set_to(container(m, "api"), image="reg:5000/selat"), "whatever"),
    "a written secret": (
        lambda m, _: m.append({"kind": "Secret", "metadata": {"name": "s"}, "apiVersion": "v1"}), "written out",
    ),
    "a database in plain sight": (
        lambda m, _: set_to(container(m, "api")["env"][0], value="postgresql://a:b@c/d"), "plain sight",
    ),
    "no liveness": (lambda m, _: container(m, "worker").pop("livenessProbe"), "is probed at"),
    "readiness that does not ask the database": (
        lambda m, _: set_to(container(m, "api")["readinessProbe"]["httpGet"], path="/livez"), "is probed at",
    ),
    "too little memory": (
        lambda m, _: set_to(container(m, "worker")["resources"]["limits"], memory="4096Mi"), "solver processes may",
    ),
    "all memory": (lambda m, _: container(m, "api")["resources"].pop("limits"), "take all memory"),
    "too few cores": (
        lambda m, _: set_to(container(m, "worker")["resources"]["requests"], cpu="1"), "fewer than 4 cores",
    ),
    "a worker killed early": (
        lambda m, _: set_to(pod(m, "worker"), terminationGracePeriodSeconds=10), "is killed before",
    ),
    "no draining": (lambda m, _: container(m, "api").pop("lifecycle"), "still called"),
    "a service of nothing": (
        lambda m, _: set_to(find(m, "Service", "api")["spec"], selector={"app": "salat"}), "selects no pod",
    ),
    "a port of nobody": (
        lambda m, _: set_to(find(m, "Service", "api")["spec"]["ports"][0], targetPort="web"), "names the port web",
    ),
    "pods that cannot be moved": (
        lambda m, _: m.remove(find(m, "PodDisruptionBudget", "worker")), "has no budget",
    ),
    "an open network": (lambda m, _: m.remove(find(m, "NetworkPolicy", "all")), "anything may call"),
    "calls to anywhere": (
        lambda m, _: find(m, "NetworkPolicy", "all")["spec"]["egress"].append({}), "may call anything",
    ),
    "no migrations": (lambda m, _: m.remove(find(m, "Job", "migrate")), "nothing migrates"),
    "migrations later": (lambda m, _: find(m, "Job", "migrate")["metadata"].pop("annotations"), "come first"),
    "a misspelt field of KEDA": (lambda _, s: s.update(maxReplicas=3), "maxReplicas"),
    "a trigger without a threshold": (lambda _, s: s["triggers"][0]["metadata"].update(threshold=""), "threshold"),
    "something else that is scaled": (
        lambda _, s: s["scaleTargetRef"].update(name="demo-worker"), "there is no Deployment demo-worker",
    ),
    "two who scale": (lambda m, _: set_to(find(m, "Deployment", "worker")["spec"], replicas=2), "of its own"),
    "nobody who scales": (lambda m, _: m.remove(find(m, "ScaledObject", "worker")), "nothing says how many"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_what_is_rendered_is_found(mistake: str, rendered: dict[str, Json]) -> None:
    manifests = copy.deepcopy(rendered["production"]["manifests"])
    one_mistake(manifests, mistake)
    assert MISTAKES[mistake][1] in " ".join(faults(manifests))
