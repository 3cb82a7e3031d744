"""Parts of tables in words, for people: what stands behind the name of a column, an index, a key or a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okra.relational.model import (
        Check,
        Column,
        ColumnDefault,
        ForeignKey,
        Index,
        IndexPart,
        PrimaryKey,
    )

_SHOWN = 80


def column_words(column: Column) -> str:
    """Its type and all that is said behind it."""
    words = [str(column.type) or "any type", "null" if column.nullable else "not null"]
    if column.identity:
        words.append("autoincrement")
    if column.default is not None:
        words.append(f"default {_default(column.default)}")
    if column.generated is not None:
        words.append(f"as ({_short(column.generated.expression)})")
    if column.updated_at:
        words.append("updated at")
    return " ".join(words)


def column_differences(before: Column, after: Column) -> list[tuple[str, str, str]]:
    """What differs between two columns of one name: what it is, and both in words."""
    pairs = (
        ("type", str(before.type) or "any type", str(after.type) or "any type"),
        ("nullability", _null(before), _null(after)),
        ("default", _default(before.default), _default(after.default)),
        ("autoincrement", _counted(before), _counted(after)),
        ("generated", _generated(before), _generated(after)),
        ("collation", before.collation or "none", after.collation or "none"),
        ("comment", before.comment or "none", after.comment or "none"),
        ("updated at", _yes(before.updated_at), _yes(after.updated_at)),
    )
    return [pair for pair in pairs if pair[1] != pair[2]]


def _null(column: Column) -> str:
    return "null" if column.nullable else "not null"


def _default(default: ColumnDefault | None) -> str:
    return "none" if default is None else _short(str(default))


def _short(text: str) -> str:
    """`text`, or the beginning of one that is too long to read at a glance."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _counted(column: Column) -> str:
    """Whether and how the column is counted up."""
    counter = column.counter
    if not column.identity or counter is None:
        return _yes(column.identity)
    names = ("start", "increment", "minimum", "maximum", "cache")
    words = [] if counter.kind is None else [str(counter.kind)]
    words += (f"{name} {value}" for name in names if (value := getattr(counter, name)) is not None)
    words += ["cycle"] if counter.cycle else []
    return " ".join(words) or "yes"


def _generated(column: Column) -> str:
    if column.generated is None:
        return "no"
    kind = "stored" if column.generated.stored else "virtual"
    return f"({_short(column.generated.expression)}) {kind}"


def kind_of(index: Index) -> str:
    """What sort of index it is."""
    if index.constraint:
        return "unique constraint"
    return "unique index" if index.unique else "index"


def index_words(index: Index) -> str:
    """Its parts, and what is special about it."""
    return f"({', '.join(_part(part) for part in index.parts)}){_more(index)}"


def _part(part: IndexPart) -> str:
    words = [part.column or f"({part.expression})"]
    if part.collation:
        words.append(f"collate {part.collation}")
    if part.length is not None:
        words[0] += f"({part.length})"
    if part.ops:
        words.append(part.ops)
    if part.descending:
        words.append("desc")
    if part.nulls:
        words.append(f"nulls {part.nulls.lower()}")
    return " ".join(words)


def _more(index: Index) -> str:
    """What is special about an index, behind its parts."""
    words = [f"using {index.method}"] if index.method else []
    words += [f"include {', '.join(index.include)}"] if index.include else []
    words += [] if index.nulls_distinct else ["nulls not distinct"]
    words += [f"where {index.where}"] if index.where else []
    words += [f"with {', '.join(index.options)}"] if index.options else []
    words += [_deferral(index)] if index.deferrable else []
    words += [] if index.visible else ["invisible"]
    words += [f"comment {_short(index.comment)}"] if index.comment else []
    return "".join(f" {word}" for word in words)


def _deferral(key: Index | ForeignKey) -> str:
    return "deferred" if key.initially_deferred else "deferrable"


def key_words(key: ForeignKey) -> str:
    """Its columns, what they refer to, and its actions."""
    actions = f"on delete {key.on_delete.lower()}, on update {key.on_update.lower()}"
    deferred = f", {_deferral(key)}" if key.deferrable else ""
    columns, references = ", ".join(key.columns), ", ".join(key.references)
    return f"({columns}) → {key.table} ({references}), {actions}{deferred}"


def check_words(check: Check) -> str:
    """Its expression."""
    return f"({_short(check.expression)})"


def primary_key_words(key: PrimaryKey | None) -> str:
    """Its columns."""
    return f"({', '.join(key.columns)})" if key else "none"


def options_words(options: tuple[str, ...]) -> str:
    """The options of a table."""
    return ", ".join(options) or "no options"
