"""What keys, unique constraints, indexes and checks that come or go mean for statements of older code."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from okra.relational.model import Action
from okra.relational.sqltext import TokenKind, tokens, unquoted
from okra.relational.words import check_words, index_words, key_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from okra.compatibility.finding import Meaning
    from okra.relational.model import Check, Column, ForeignKey, Index, PrimaryKey, Table

_REFUSING = (Action.RESTRICT, Action.NO_ACTION)
_FULLTEXT = "fulltext"
_CLEAN_FIRST = "first deploy code that keeps to it and mend the rows, then add it"


def indexes(
    table: Table, gone: Iterable[Index], come: Iterable[Index], new: Collection[str]
) -> tuple[Finding, ...]:
    """Indexes and unique constraints that go and come; `new` are the columns that come with them."""
    left, right = list(gone), list(come)
    result: tuple[Finding, ...] = ()
    for index in right:
        same = next((one for one in left if _promises(one) == _promises(index)), None)
        if same is not None:
            left.remove(same)
            result += found(table.name, _changed(same, index), safe(_SAME))
        else:
            result += _added(table, index, new)
    for index in left:
        result += _dropped(table, index)
    return result


_SAME = "it keeps what it kept before"


def _promises(index: Index) -> tuple[object, ...]:
    """What a statement can tell of it: two indexes with the same are one to it."""
    parts = sorted((part.column or "", part.expression or "") for part in index.parts)
    where = index.where if index.unique else None
    method = index.method if (index.method or "").lower() == _FULLTEXT else None
    return index.unique, parts, where, index.unique and index.nulls_distinct, method


def _changed(before: Index, after: Index) -> str:
    words = [f"the {_kind(index)} {index_words(index)}" for index in (before, after)]
    return f"{words[0]} becomes {words[1]}" if words[0] != words[1] else f"{words[0]} is made anew"


def _kind(index: Index) -> str:
    return "unique key" if index.unique else "index"


def _added(table: Table, index: Index, new: Collection[str]) -> tuple[Finding, ...]:
    name, change = table.name, f"a new {_kind(index)} {index_words(index)}"
    if not index.unique:
        return found(name, change, safe("no statement notices"))
    columns = [column for column in table.columns if column.name in index.columns]
    if columns and len(columns) == len(index.parts) and set(index.columns) <= set(new):
        if index.nulls_distinct and any(_left_empty(column) for column in columns):
            return found(name, change, safe("rows of older code leave its new columns empty"))
        if all(column.default is not None and not column.updated_at for column in columns) and all(
            _is_constant(str(column.default)) for column in columns
        ):
            meaning = breaking(WRITERS, "the second insert that leaves its columns out is refused")
            return found(
                name, change, meaning, instead="leave the default out: NULLs are not alike"
            )
    return found(
        name,
        change,
        risky(WRITERS, "a second row with the same values is refused"),
        instead=_CLEAN_FIRST,
    )


def _left_empty(column: Column) -> bool:
    return column.nullable and column.default is None and column.generated is None


def _is_constant(expression: str) -> bool:
    """Whether it is one value, the same for all rows."""
    kinds = [token.kind for token in tokens(expression)]
    return all(kind is not TokenKind.WORD and kind is not TokenKind.NAME for kind in kinds)


def _dropped(table: Table, index: Index) -> tuple[Finding, ...]:
    name, change = table.name, f"the {_kind(index)} {index_words(index)} goes"
    if (index.method or "").lower() == _FULLTEXT:
        return found(
            name,
            change,
            breaking(READERS, "statements with `MATCH … AGAINST` on its columns are refused"),
        )
    if not index.unique:
        return found(name, change, risky(READERS, "statements that were quick with it become slow"))
    return found(
        name,
        change,
        risky(READERS, "there may be two rows where there was one"),
        risky(WRITERS, "upserts that go by it are refused, or insert a second row"),
    )


def primary_key(
    table: Table, before: PrimaryKey | None, after: PrimaryKey | None
) -> tuple[Finding, ...]:
    """The primary key comes, goes or changes."""
    if before is not None and after is not None and set(before.columns) == set(after.columns):
        return found(
            f"{table.name}", "the primary key changes its name or order", safe("it keeps the same")
        )
    meanings = []
    if before is not None:
        meanings.append(risky(READERS, "there may be two rows where there was one"))
    if after is not None:
        meanings.append(
            risky(WRITERS, "a second row with the same key, and NULL in it, are refused")
        )
    words = [f"({', '.join(key.columns)})" if key else "none" for key in (before, after)]
    return found(table.name, f"the primary key changes from {words[0]} to {words[1]}", *meanings)


def foreign_keys(
    table: Table, gone: Iterable[ForeignKey], come: Iterable[ForeignKey], new: Collection[str]
) -> tuple[Finding, ...]:
    """Foreign keys that go and come; `new` are the columns that come with them."""
    left = list(gone)
    result: tuple[Finding, ...] = ()
    for key in come:
        same = next((one for one in left if _ends(one) == _ends(key)), None)
        if same is None:
            result += added_key(table, key, new)
        else:
            left.remove(same)
            result += _other_actions(table, same, key)
    for key in left:
        result += _dropped_key(table, key)
    return result


def _ends(key: ForeignKey) -> tuple[object, ...]:
    return key.columns, key.table, key.references


def added_key(table: Table, key: ForeignKey, new: Collection[str]) -> tuple[Finding, ...]:
    """A foreign key comes: to writers of its table, and to those of the table that it refers to."""
    meanings = []
    own = set(key.columns) <= set(new)
    if not own:
        meanings.append(risky(WRITERS, f"rows that refer to nothing in `{key.table}` are refused"))
    if key.table != table.name:
        meanings += _on_delete(table, key)
    return found(
        table.name,
        f"a new foreign key {key_words(key)}",
        *(meanings or [safe("rows of older code refer to nothing")]),
        instead="" if own else _CLEAN_FIRST,
    )


def _on_delete(table: Table, key: ForeignKey) -> list[Meaning]:
    if key.on_delete in _REFUSING:
        return [
            risky(
                WRITERS,
                f"a row of `{key.table}` can't be deleted while a row of `{table.name}` refers to it",
            )
        ]
    if key.on_delete is Action.CASCADE:
        return [risky(WRITERS, f"deleting a row of `{key.table}` deletes rows of `{table.name}`")]
    return [risky(WRITERS, f"deleting a row of `{key.table}` changes rows of `{table.name}`")]


def _other_actions(table: Table, before: ForeignKey, after: ForeignKey) -> tuple[Finding, ...]:
    change = f"the foreign key {key_words(before)} becomes {key_words(after)}"
    if before.on_delete != after.on_delete or before.on_update != after.on_update:
        reason = f"deleting a row of `{after.table}`, or changing its key, does something else"
        return found(table.name, change, risky(WRITERS, reason))
    if before.initially_deferred != after.initially_deferred:
        when = "the end of the transaction" if after.initially_deferred else "each statement"
        return found(table.name, change, risky(WRITERS, f"it is checked at {when}"))
    return found(table.name, change, safe("it refuses the same rows"))


def _dropped_key(table: Table, key: ForeignKey) -> tuple[Finding, ...]:
    meanings = [risky(READERS, f"a row may refer to nothing in `{key.table}`")]
    if key.on_delete not in _REFUSING:
        reason = f"deleting a row of `{key.table}` leaves rows of `{table.name}` as they are"
        meanings.append(risky(WRITERS, reason))
    return found(table.name, f"the foreign key {key_words(key)} goes", *meanings)


def added_check(table: Table, check: Check, new: Collection[str]) -> tuple[Finding, ...]:
    """A check comes."""
    name, change = table.name, f"a new check {check_words(check)}"
    if not _names(check) & {
        column.name.lower() for column in table.columns if column.name not in new
    }:
        return found(name, change, safe("older code does not write what it looks at"))
    return found(
        name,
        change,
        risky(WRITERS, "rows for which it is false are refused"),
        instead=_CLEAN_FIRST,
    )


def dropped_check(table: Table, check: Check) -> tuple[Finding, ...]:
    """A check goes."""
    return found(
        table.name,
        f"the check {check_words(check)} goes",
        risky(READERS, "there may be rows for which it is false, once new code writes such"),
    )


def _names(check: Check) -> set[str]:
    named = (TokenKind.NAME, TokenKind.WORD)
    return {unquoted(token).lower() for token in tokens(check.expression) if token.kind in named}


def table_options(
    table: Table, before: tuple[str, ...], after: tuple[str, ...]
) -> tuple[Finding, ...]:
    """What the server knows about the table as a whole changes."""
    change = (
        f"its options change from {', '.join(before) or 'none'} to {', '.join(after) or 'none'}"
    )
    meanings = []
    words = {option.partition("=")[0].lower() for option in set(before) ^ set(after)}
    if "strict" in words and "strict" in after:
        meanings.append(risky(WRITERS, "values of another type are refused"))
    if words & {"without rowid", "without_rowid"}:
        meanings.append(risky(READERS, "statements that name `rowid` fail, or mean something else"))
    if "engine" in words:
        meanings.append(risky(BOTH, "transactions and foreign keys may not be kept to"))
    return found(table.name, change, *(meanings or [safe("no statement notices")]))
