"""Where things are written, looked up by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.language.syntax import Directive, ModelNode
from okra.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.language.syntax import Document, EnumNode, EnumValueNode, FieldNode


class Places:
    """The places of models, enums, fields and values: `User`, `User.email`, `PostStatus.DRAFT`.

    The names are gathered when the first one is asked for: most runs never ask.
    """

    __slots__ = ("_documents", "_spans")

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._spans: dict[str, Span] | None = None

    def get(self, name: str) -> Span | None:
        """The place of the name itself, or None where nothing is called so."""
        if self._spans is None:
            self._spans = _gather(self._documents)
        return self._spans.get(name)


def _gather(documents: Sequence[Document]) -> dict[str, Span]:
    spans: dict[str, Span] = {}
    for document in documents:
        file = document.source.name
        for item in document.items:
            if isinstance(item, Directive):
                continue
            spans[item.name] = _span(item, file)
            members = item.members if isinstance(item, ModelNode) else item.values
            for member in members:
                if not isinstance(member, Directive):
                    spans[f"{item.name}.{member.name}"] = _span(member, file)
    return spans


def _span(node: ModelNode | EnumNode | FieldNode | EnumValueNode, file: str) -> Span:
    return Span(file, node.name_start, node.name_start + len(node.name))
