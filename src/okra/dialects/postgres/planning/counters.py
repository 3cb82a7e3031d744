"""Columns that count by themselves: identity, and the older serial with a sequence of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.postgres.natives.resolving import BOUNDS
from okra.dialects.postgres.planning.tables import counter_options, is_serial
from okra.dialects.postgres.quoting import (
    dollar_quoted,
    literal,
    quote,
    quote_beside,
    quote_table,
    split_name,
)
from okra.naming import shortened
from okra.plan import Statement
from okra.relational.model import Counter, CounterKind

if TYPE_CHECKING:
    from okra.relational.model import Column

COUNTED_TYPES = frozenset({"smallint", "integer", "bigint"})


def _sequence_of(table: str, column: str) -> str:
    return f"pg_get_serial_sequence({literal(quote_table(table))}, {literal(column)})"


def serial_name(table: str, column: str) -> str:
    """The sequence that OKRA makes for a serial column, as `serial` would call it."""
    return quote_beside(table, shortened(f"{split_name(table)[1]}_{column}_seq"))


def needs_sequence(column: Column) -> bool:
    """Whether `serial` alone would not count as the column does: it is never NULL and counts from one by one."""
    return is_serial(column) and (column.nullable or bool(counter_options(column.counter)))


def make_sequence(table: str, column: Column) -> Statement:
    """The sequence for a column that may not be there yet."""
    options = counter_options(column.counter)
    kind = _sequence_type(column)
    words = [f"CREATE SEQUENCE {serial_name(table, column.name)} AS {kind}", *options]
    return Statement(
        sql=" ".join(words), purpose=f"make the sequence that counts {table}.{column.name}"
    )


def _sequence_type(column: Column) -> str:
    """The type of the sequence: `bigint` where it counts beyond the column's own, as those of old dumps do."""
    counter, bound = column.counter or Counter(), BOUNDS[str(column.type)]
    beyond = max(counter.maximum or 0, -(counter.minimum or 0) - 1) >= bound
    return "bigint" if beyond else str(column.type)


def counted_by_default(table: str, column: Column) -> Column:
    """The column with a default that counts by the sequence of `make_sequence`."""
    default = f"nextval({literal(serial_name(table, column.name))})"
    return replace(column, identity=False, counter=None, default=default)


def own_sequence(table: str, column: Column) -> Statement:
    """Let the sequence go with its column."""
    owner = f"{quote_table(table)}.{quote(column.name)}"
    return Statement(
        sql=f"ALTER SEQUENCE {serial_name(table, column.name)} OWNED BY {owner}",
        purpose=f"the sequence belongs to {table}.{column.name}",
    )


def make_serial(table: str, column: Column) -> list[Statement]:
    """The column that is there becomes a serial one."""
    default = counted_by_default(table, column).default
    return [
        make_sequence(table, column),
        Statement(
            sql=f"ALTER TABLE {quote_table(table)} ALTER COLUMN {quote(column.name)}"
            f" SET DEFAULT {default}",
            purpose=f"count {table}.{column.name} by it",
        ),
        own_sequence(table, column),
    ]


def drop_serial(table: str, column: str) -> list[Statement]:
    """The column stays, its sequence goes. Only the server knows what that is called."""
    return [
        Statement(
            sql=f"ALTER TABLE {quote_table(table)} ALTER COLUMN {quote(column)} DROP DEFAULT",
            purpose=f"stop counting {table}.{column}",
        ),
        Statement(
            sql=_with_sequence(table, column, "DROP SEQUENCE %s"),
            purpose=f"drop the sequence that counted {table}.{column}",
        ),
    ]


def change_serial(table: str, before: Column, after: Column) -> list[Statement]:
    """The sequence counts in another way, or further."""
    kind = _sequence_type(after)
    words = [f"AS {kind}"] if _sequence_type(before) != kind else []
    words += _option_changes(before.counter, after.counter)
    if not words:
        return []
    return [
        Statement(
            sql=_with_sequence(table, after.name, f"ALTER SEQUENCE %s {' '.join(words)}"),
            purpose=f"count {table}.{after.name} in another way",
        )
    ]


def _with_sequence(table: str, column: str, sql: str) -> str:
    return "DO " + dollar_quoted(
        f"BEGIN\n  EXECUTE format({literal(sql)}, {_sequence_of(table, column)}::regclass);\nEND"
    )


def identity_changes(before: Counter | None, after: Counter | None) -> list[str]:
    """What follows ALTER COLUMN where an identity column counts in another way."""
    words = []
    if (before and before.kind) != (after and after.kind):
        always = after is not None and after.kind is CounterKind.ALWAYS
        words.append(f"SET GENERATED {'ALWAYS' if always else 'BY DEFAULT'}")
    words += (f"SET {change}" for change in _option_changes(before, after))
    return words


def _option_changes(before: Counter | None, after: Counter | None) -> list[str]:
    old, new = before or Counter(), after or Counter()
    words = []
    if old.increment != new.increment:
        words.append(f"INCREMENT BY {1 if new.increment is None else new.increment}")
    if old.minimum != new.minimum:
        words.append("NO MINVALUE" if new.minimum is None else f"MINVALUE {new.minimum}")
    if old.maximum != new.maximum:
        words.append("NO MAXVALUE" if new.maximum is None else f"MAXVALUE {new.maximum}")
    if old.start != new.start:
        words.append(f"START WITH {_first(new)}")
    if old.cache != new.cache:
        words.append(f"CACHE {1 if new.cache is None else new.cache}")
    if old.cycle != new.cycle:
        words.append("CYCLE" if new.cycle else "NO CYCLE")
    return words


def _first(counter: Counter) -> int:
    """Where a sequence starts that is not told."""
    if counter.start is not None:
        return counter.start
    if (counter.increment or 1) > 0:
        return 1 if counter.minimum is None else counter.minimum
    return -1 if counter.maximum is None else counter.maximum


def count_on(table: str, column: Column) -> Statement:
    """Let the counter go on behind the largest number that is there."""
    counter = column.counter or Counter()
    up = (counter.increment or 1) > 0
    last = f"{'max' if up else 'min'}({quote(column.name)})"
    start = _first(counter)
    return Statement(
        sql=f"SELECT setval({_sequence_of(table, column.name)}, {last})\n"
        f"  FROM {quote_table(table)} HAVING {last} {'>=' if up else '<='} {start}",
        purpose=f"count on behind the numbers in {table}.{column.name}",
    )


def counts_alike(before: Column, after: Column) -> bool:
    """Whether both count, in the same one of the two ways."""
    return before.identity and after.identity and is_serial(before) == is_serial(after)
