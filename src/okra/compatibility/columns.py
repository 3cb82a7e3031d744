"""What a new, a dropped or a changed column means for statements of older code."""

from __future__ import annotations

from okra.compatibility.finding import (
    BOTH,
    READERS,
    WRITERS,
    Finding,
    breaking,
    found,
    risky,
    safe,
)
from okra.compatibility.values import type_meanings
from okra.relational.model import (
    Column,
    ColumnDefault,
    CounterKind,
    FunctionDefault,
    LiteralDefault,
    LogicalKind,
    LogicalType,
)

_ADD_FIRST = (
    "add it as an optional column, or with a `@default`; make it required once all code writes it"
)


def takes_no_value(column: Column) -> bool:
    """Whether a row may be written without naming the column."""
    return (
        column.nullable
        or column.default is not None
        or column.identity
        or column.generated is not None
        or column.updated_at
    )


def added(table: str, column: Column, logical: Column | None) -> tuple[Finding, ...]:
    """A column comes."""
    name = f"{table}.{column.name}"
    if takes_no_value(column):
        return found(
            name, "a new column", safe("statements that name their columns do not notice it")
        )
    reason = "inserts leave it out, and it takes no NULL and has no default"
    kind = None if logical is None else logical.type
    if isinstance(kind, LogicalType) and kind.kind is LogicalKind.ENUM:
        reason += "; MySQL and MariaDB write the first value of the enum instead"
    return found(name, "a new required column", breaking(WRITERS, reason), instead=_ADD_FIRST)


def dropped(table: str, column: Column) -> tuple[Finding, ...]:
    """A column goes."""
    affects = READERS if column.generated is not None else BOTH
    return found(
        f"{table}.{column.name}",
        "the column is dropped",
        breaking(affects, "statements that name it fail"),
        instead="first deploy code that does not name it any more, then drop it",
    )


def renamed(table: str, before: str, after: str) -> tuple[Finding, ...]:
    """A column gets another name."""
    return found(
        f"{table}.{before}",
        f"the column is renamed to `{after}`",
        breaking(BOTH, "statements that name it as it was called fail"),
        instead=f'rename the field alone and keep the column: `@column(name: "{before}")`; or add a new '
        "column, write both, move the rows, and drop the old one once nobody names it",
    )


def altered(
    table: str, before: Column, after: Column, old: Column | None, new: Column | None
) -> tuple[Finding, ...]:
    """Something of a column differs.

    old, new  the column as the schema has it, before and after
    """
    name = f"{table}.{after.name}"
    return (
        *_type(name, before, after, old, new),
        *_generated(name, before, after),
        *_nullability(name, before, after),
        *_default(name, before, after, old, new),
        *_counting(name, before, after),
        *_rest(name, before, after),
    )


def _type(
    name: str, before: Column, after: Column, old: Column | None, new: Column | None
) -> tuple[Finding, ...]:
    if before.type == after.type:
        return ()
    one = old.type if old is not None else None
    other = new.type if new is not None else None
    if isinstance(one, LogicalType) and isinstance(other, LogicalType):
        if _is_enum(one, other):
            return ()  # the values that it takes say it all: see enums.py
        meanings = type_meanings(one, other)
        plain = one.native is None and other.native is None
        words = [_words(one), _words(other)] if plain else [str(before.type), str(after.type)]
    else:
        meanings = (risky(BOTH, "it depends on what the two types have in common"),)
        words = [str(before.type), str(after.type)]
    if words[0] == words[1]:
        words = [str(before.type), str(after.type)]
    change = f"its type changes from `{words[0]}` to `{words[1]}`"
    way = "add a column of the new type, write both, move the rows, and drop the old one"
    return found(name, change, *meanings, instead=way)


def _is_enum(one: LogicalType, other: LogicalType) -> bool:
    """Whether both are text, and at least one of them that of an enum."""
    kinds = {one.kind, other.kind}
    plain = one.native is None and other.native is None and one.list == other.list
    return plain and LogicalKind.ENUM in kinds and kinds <= {LogicalKind.ENUM, LogicalKind.STRING}


def _words(kind: LogicalType) -> str:
    """A type as people write it in a schema."""
    text = kind.enum or str(kind.kind)
    if kind.length is not None:
        text += f" of {kind.length}"
    if kind.precision is not None:
        text += " ({}, {})".format(*kind.precision)
    return f"[{text}]" if kind.list else text


def _generated(name: str, before: Column, after: Column) -> tuple[Finding, ...]:
    if before.generated == after.generated:
        return ()
    if before.generated is None:
        return found(
            name,
            "the database computes it now",
            breaking(WRITERS, "statements that give it a value are refused"),
        )
    if after.generated is None:
        return found(
            name,
            "the database does not compute it any more",
            risky(READERS, "rows of code that leaves it out have no computed value"),
        )
    if before.generated.expression == after.generated.expression:
        return found(name, "it is kept in another way", safe("its values are the same"))
    return found(
        name, "it is computed in another way", risky(READERS, "its values mean something else")
    )


def _nullability(name: str, before: Column, after: Column) -> tuple[Finding, ...]:
    if before.nullable == after.nullable:
        return ()
    if after.nullable:
        return found(
            name,
            "it may be NULL now",
            risky(READERS, "a value may be NULL, once new code writes none"),
            instead="deploy code that reads NULL first",
        )
    if takes_no_value(after):
        meaning = risky(WRITERS, "NULL is refused where it is written in so many words")
    else:
        meaning = breaking(WRITERS, "NULL is refused, and so are inserts that leave it out")
    return found(
        name,
        "it becomes required",
        meaning,
        instead="deploy code that always writes it first",
    )


def _default(
    name: str, before: Column, after: Column, old: Column | None, new: Column | None
) -> tuple[Finding, ...]:
    if before.default == after.default or after.generated or before.generated:
        return ()
    if before.default is None:
        change = "it gets a default"
        if before.nullable and not before.identity:
            why = "inserts that leave it out get the default instead of NULL"
            return found(name, change, risky(READERS, why))
        return found(name, change, safe("inserts that leave it out are taken"))
    if after.default is not None:
        return found(
            name,
            f"its default changes from {_spelled(old or before)} to {_spelled(new or after)}",
            risky(WRITERS, "inserts that leave it out get another value"),
        )
    if takes_no_value(after):
        meaning = risky(WRITERS, "inserts that leave it out get NULL instead")
        if after.identity or after.updated_at:
            meaning = safe("the database gives the value in another way")
    else:
        meaning = breaking(WRITERS, "inserts that leave it out are refused")
    return found(
        name,
        "its default is gone",
        meaning,
        instead="deploy code that always writes it first",
    )


def _spelled(column: Column) -> str:
    default: ColumnDefault | None = column.default
    if isinstance(default, LiteralDefault):
        return f"`{default.value}`"
    if isinstance(default, FunctionDefault):
        return f"`{default.function}`"
    return f"`{default}`"


def _counting(name: str, before: Column, after: Column) -> tuple[Finding, ...]:
    if before.identity and not after.identity and not before.nullable:
        if takes_no_value(after):
            return found(
                name,
                "it is not counted up any more",
                risky(WRITERS, "inserts that leave it out get another value"),
            )
        return found(
            name,
            "it is not counted up any more",
            breaking(WRITERS, "inserts that leave it out are refused"),
        )
    if after.identity and not before.identity:
        return found(name, "it is counted up now", safe("inserts may leave it out"))
    if _always(after) and not _always(before):
        return found(
            name,
            "only the database counts it up",
            breaking(WRITERS, "statements that give it a value are refused"),
        )
    if before.counter != after.counter:
        return found(name, "it is counted in another way", safe("numbers stay numbers"))
    return ()


def _always(column: Column) -> bool:
    return column.counter is not None and column.counter.kind is CounterKind.ALWAYS


def _rest(name: str, before: Column, after: Column) -> tuple[Finding, ...]:
    result: tuple[Finding, ...] = ()
    if before.collation != after.collation:
        result += found(
            name,
            f"its collation changes from `{before.collation or 'the default'}` to "
            f"`{after.collation or 'the default'}`",
            risky(BOTH, "texts are ordered and compared in another way"),
        )
    if before.updated_at and not after.updated_at:
        result += found(
            name,
            "the database does not keep the time of the last change any more",
            risky(WRITERS, "updates leave the old time in it"),
        )
    if after.updated_at and not before.updated_at:
        result += found(
            name,
            "the database keeps the time of the last change in it",
            risky(READERS, "it is set by each update"),
        )
    if before.comment != after.comment:
        result += found(name, "its comment changes", safe("no statement notices"))
    return result
