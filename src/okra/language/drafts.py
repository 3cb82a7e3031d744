"""Models and fields while their meaning is worked out: the tree's nodes beside what is known of them so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from okra.language.arguments import Arguments, Word
from okra.language.definition import (
    Check,
    Computed,
    Counter,
    Default,
    Index,
    Options,
    Relation,
    Scalar,
    SqlText,
    TypeRef,
    Unique,
)
from okra.language.report import Report
from okra.language.syntax import EnumNode, FieldNode, ModelNode
from okra.source import Span

if TYPE_CHECKING:
    from okra.language.syntax import EnumValueNode

SCALARS = {scalar.value: scalar for scalar in Scalar}


class FieldDraft(msgspec.Struct):
    """A field. One of `scalar`, `enum` and `target` (the model's name) is set, none if the type is unknown.

    bound   its directives by name, to find their places
    column  the column's name if the user gave one
    """

    node: FieldNode
    file: str
    type: TypeRef
    scalar: Scalar | None = None
    enum: EnumDraft | None = None
    target: str | None = None
    bound: dict[str, Arguments] = {}
    id: bool = False
    unique: IndexDraft | None = None
    index: IndexDraft | None = None
    default: Default | None = None
    sequence: Counter | None = None
    updated_at: bool = False
    column: str | None = None
    db_type: SqlText | None = None
    length: int | None = None
    precision: tuple[int, int] | None = None
    checks: tuple[CheckDraft, ...] = ()
    computed: Computed | None = None
    collate: SqlText | None = None
    relation: Relation | None = None
    renamed_from: str | None = None

    @property
    def name(self) -> str:
        return self.node.name

    @property
    def span(self) -> Span:
        start = self.node.name_start
        return Span(self.file, start, start + len(self.node.name))

    @property
    def type_span(self) -> Span:
        return Span(self.file, self.node.type.start, self.node.type.end)

    def span_of(self, directive: str) -> Span:
        """The directive called so, or the field's name where it isn't written."""
        bound = self.bound.get(directive)
        return self.span if bound is None else bound.span


class CheckDraft(NamedTuple):
    """`@check(…)` and its place."""

    value: Check
    bound: Arguments


class IndexDraft(msgspec.Struct):
    """`@index(…)` or `@unique(…)`, with the fields it names; expressions and the field it stands on left out."""

    value: Index | Unique
    bound: Arguments
    words: tuple[Word, ...] = ()
    include: tuple[Word, ...] = ()


class ModelDraft(msgspec.Struct):
    """A model.

    bound    its directives that may stand once
    ids      the fields of its primary key
    unclear  a field's type isn't known, so nobody can say which relations it has
    """

    node: ModelNode
    file: str
    fields: list[FieldDraft] = []
    by_name: dict[str, FieldDraft] = {}
    bound: dict[str, Arguments] = {}
    ids: tuple[str, ...] = ()
    indexes: list[IndexDraft] = []
    uniques: list[IndexDraft] = []
    checks: list[CheckDraft] = []
    schema: str | None = None
    table: str | None = None
    strict: bool = False
    without_rowid: bool = False
    unlogged: bool = False
    engine: str | None = None
    collation: str | None = None
    row_format: str | None = None
    options: Options = ()
    database: str | None = None
    id_fields: tuple[str, ...] = ()
    id_name: str | None = None
    keyless: bool = False
    unmanaged: bool = False
    renamed_from: str | None = None
    keys: set[frozenset[str]] | None = None
    unclear: bool = False

    @property
    def name(self) -> str:
        return self.node.name

    @property
    def span(self) -> Span:
        start = self.node.name_start
        return Span(self.file, start, start + len(self.node.name))

    def unique_keys(self) -> set[frozenset[str]]:
        """The sets of fields whose values are never found in two rows: the id and the unique keys.

        To be asked for once `ids` is set.
        """
        if self.keys is None:
            self.keys = self._find_keys()
        return self.keys

    def _find_keys(self) -> set[frozenset[str]]:
        found = {frozenset(self.ids)} if self.ids else set()
        drafts = [field.unique for field in self.fields if field.unique is not None]
        for item in (*drafts, *self.uniques):
            unique = item.value
            names = [part.field for part in unique.fields if part.length is None]
            if not isinstance(unique, Unique) or unique.deferrable is not None or unique.only:
                continue  # no foreign key may refer to what is checked later, or not everywhere
            if unique.where is None and len(names) == len(unique.fields) and None not in names:
                found.add(frozenset(name for name in names if name is not None))
        return found


class EnumDraft(msgspec.Struct):
    """An enum.

    stored  value → its text in the database, None where that is the value's name
    texts   the other way round
    """

    node: EnumNode
    file: str
    stored: dict[str, str | None] = {}
    texts: dict[str, str] = {}
    bound: dict[str, Arguments] = {}
    schema: str | None = None
    type: str | None = None
    renamed_from: str | None = None
    values_renamed: dict[str, str] = {}

    @property
    def name(self) -> str:
        return self.node.name

    @property
    def span(self) -> Span:
        start = self.node.name_start
        return Span(self.file, start, start + len(self.node.name))

    def span_of(self, value: EnumValueNode) -> Span:
        """The value's name."""
        return Span(self.file, value.name_start, value.name_start + len(value.name))


class Schema(msgspec.Struct):
    """All files together, while they are understood."""

    report: Report
    providers: Sequence[str]
    models: dict[str, ModelDraft] = {}
    enums: dict[str, EnumDraft] = {}
    _type_names: list[str] = []
    namespace: str | None = None
    version: str | None = None
    database: str | None = None

    def type_names(self) -> list[str]:
        """All that may stand for a type. To be asked for once all models and enums are entered."""
        if not self._type_names:
            self._type_names = [*SCALARS, *self.models, *self.enums]
        return self._type_names
