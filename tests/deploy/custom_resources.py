"""What KEDA and the Prometheus operator take, as far as the chart uses it; anything else is a mistake of the chart."""

from typing import Any

Json = dict[str, Any]

_COUNT = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string", "minLength": 1}


def _only(required: str = "", /, **properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def _resource(version: str, kind: str, spec: Json) -> Json:
    metadata = _only("name", name=_TEXT, labels={"type": "object"}, annotations={"type": "object"})
    return _only(
        "apiVersion kind metadata spec",
        apiVersion={"const": version},
        kind={"const": kind},
        metadata=metadata,
        spec=spec,
    )


_BEHAVIOR = _only(
    stabilizationWindowSeconds=_COUNT,
    policies={
        "type": "array",
        "items": _only(
            "type value periodSeconds",
            type={"enum": ["Pods", "Percent"]},
            value=_COUNT,
            periodSeconds={"type": "integer", "minimum": 1, "maximum": 1800},
        ),
    },
)
_TRIGGER = _only(
    "type metadata",
    type={"const": "prometheus"},
    metricType={"enum": ["AverageValue", "Value"]},
    metadata=_only("serverAddress query threshold", serverAddress=_TEXT, query=_TEXT, threshold=_TEXT),
)
_SCALED_OBJECT = _only(
    "scaleTargetRef triggers",
    scaleTargetRef=_only("name", name=_TEXT),
    minReplicaCount=_COUNT,
    maxReplicaCount=_COUNT,
    pollingInterval=_COUNT,
    cooldownPeriod=_COUNT,
    fallback=_only("failureThreshold replicas", failureThreshold=_COUNT, replicas=_COUNT),
    advanced=_only(
        horizontalPodAutoscalerConfig=_only(behavior=_only(scaleDown=_BEHAVIOR, scaleUp=_BEHAVIOR))
    ),
    triggers={"type": "array", "minItems": 1, "items": _TRIGGER},
)
_POD_MONITOR = _only(
    "selector podMetricsEndpoints",
    selector=_only("matchLabels", matchLabels={"type": "object", "minProperties": 1}),
    podMetricsEndpoints={
        "type": "array",
        "minItems": 1,
        "items": _only(
            "port relabelings",  # without, jobs would not be called as the rules for Prometheus call them
            port=_TEXT,
            path=_TEXT,
            interval={"type": "string", "pattern": "^[0-9]+s$"},
            relabelings={
                "type": "array",
                "minItems": 1,
                "items": _only(
                    "targetLabel replacement",
                    targetLabel={"const": "job"},
                    replacement={"enum": ["selat-api", "selat-worker"]},
                ),
            },
        ),
    },
)

SCHEMAS = {
    "ScaledObject": _resource("keda.sh/v1alpha1", "ScaledObject", _SCALED_OBJECT),
    "PodMonitor": _resource("monitoring.coreos.com/v1", "PodMonitor", _POD_MONITOR),
}
"""By kind."""
