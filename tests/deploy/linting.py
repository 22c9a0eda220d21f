"""Renders a Helm chart and validates what comes out, offline; runs under the Python of ``.linters``, not ours.

Reads from standard input: ``{"cases": {NAME: [CHART, VALUES]}, "kubernetes": VERSION}``. Prints for each name what
``helm lint`` says, the rendered manifests, and what in them Kubernetes would not take; or why they cannot be rendered.
"""

import functools
import json
import sys
from typing import Any

import helm_python as helm  # type: ignore[import-not-found]
import kubernetes_validate  # type: ignore[import-not-found]
import yaml

WARNING = 2
OTHERS_KINDS = ("keda.sh/", "monitoring.coreos.com/")
"""Of custom resources Kubernetes has no schema; ours are in ``custom_resources.py``."""

Json = dict[str, Any]


def main() -> None:
    """Answer."""
    # Its schemas are large: each is read once instead of for every manifest.
    kubernetes_validate.utils.schema_contents = functools.cache(kubernetes_validate.utils.schema_contents)
    asked = json.load(sys.stdin)
    answers = {
        name: _looked_at(chart, values, asked["kubernetes"])
        for name, (chart, values) in asked["cases"].items()
    }
    json.dump(answers, sys.stdout)


def _looked_at(path: str, values: Json, kubernetes: str) -> Json:
    said = []
    try:
        report = helm.lint(path, values, strict=True)
        said = [each["error"] for each in report["messages"] if each["severity"] >= WARNING]
        with helm.Chart.load(path) as chart:
            chart.validate_schema(values)
            rendered = chart.render(values, name="demo", namespace="couriers", is_install=True)
    except helm.HelmError as error:
        return {"lint": [*said, str(error)], "manifests": [], "refused": []}
    manifests = [
        manifest
        for file, text in rendered.items()
        if file.endswith(".yaml")
        for manifest in yaml.safe_load_all(text)
        if manifest
    ]
    refused = [fault for manifest in manifests for fault in _faults(manifest, kubernetes)]
    return {"lint": said, "manifests": manifests, "refused": refused}


def _faults(manifest: Json, kubernetes: str) -> list[str]:
    if manifest["apiVersion"].startswith(OTHERS_KINDS):
        return []
    try:
        kubernetes_validate.validate(manifest, kubernetes, strict=True)
    except kubernetes_validate.SchemaNotFoundError as error:
        return [error.message]
    except kubernetes_validate.ValidationError as error:
        return [f"{manifest['kind']} {manifest['metadata'].get('name')}: {error.message}"]
    return []


if __name__ == "__main__":
    main()
