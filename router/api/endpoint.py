"""What there is to say about an endpoint: its route and its description are made from the same row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from router.api.admission import Kind
from router.api.bodies import JSON
from router.api.keys import Handler
from router.domain.tenants import Scope

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One way an endpoint answers.

    Attributes:
        says: What it means.
        shapes: The names of its possible shapes.
        media_types: In which forms it may come; none where it has no body.
        headers: What each says.
        leads_to: The names of endpoints whose ``plan_id`` is the ``id`` in this answer.
    """

    says: str
    shapes: Sequence[str] = ()
    media_types: Sequence[str] = (JSON,)
    headers: Mapping[str, str] = field(default_factory=dict)
    leads_to: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A query parameter or a header that an endpoint looks at."""

    name: str
    within: str
    says: str
    schema: Mapping[str, Any]
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One row of the table of routes, with what there is to say about it.

    Attributes:
        answers: By status.
        scope: What a key must be for; ``None`` asks for no key.
        kind: What a call takes up while it lasts.
        takes: The name of the shape of its body, if it takes one.
        forms: The media types that its body may have.
        refuses: Statuses of the problem documents that it may answer with, besides those that follow from the
            rest: 401 and 403 from ``scope``, 503 from ``kind``.
    """

    method: str
    path: str
    handler: Handler
    name: str
    says: str
    answers: Mapping[int, Answer]
    scope: Scope | None = None
    kind: Kind = Kind.CALL
    takes: str | None = None
    forms: Sequence[str] = (JSON,)
    parameters: Sequence[Parameter] = ()
    refuses: Sequence[int] = ()

    def all_refusals(self) -> list[int]:
        """Return every status of a problem document that it may answer with."""
        of_scope = (401, 403) if self.scope is not None else ()
        of_kind = (503,) if self.kind is not Kind.PROBE else ()
        of_body = (400, 408, 413, 415, 422) if self.takes is not None else ()
        return sorted({*self.refuses, *of_scope, *of_kind, *of_body})
