"""What changes in a column: which operations its MODIFY is, and whether it has to be made anew instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.mysql.natives.collations import charset_of
from okra.dialects.mysql.natives.options import collation_of, option
from okra.dialects.mysql.planning.algorithms import Hindrance, Operation
from okra.relational.uses import is_virtual, used_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.relational.model import Column, Index, IndexPart, Table

_VARCHAR = re.compile(r"varchar\((\d+)\)")
_SIZED = re.compile(r"(char|varchar|binary|varbinary)\((\d+)\)")
_UNSIZED = re.compile(r"(?:tiny|medium|long)?(?:text|blob)\b|json\b")
_WIDTH = re.compile(r"(?<=int)\(\d+\)")
_TEXTS = re.compile(r"(?:char|varchar|(?:tiny|medium|long)?text|enum|set)\b")
_EXPRESSION_ONLY = re.compile(
    r"(?:tiny|medium|long)?(?:text|blob)\b|json\b|geometry|point|line|poly|multi"
)
_VALUES = re.compile(r"'((?:[^'\\]|''|\\.)*)'", re.DOTALL)
# The most bytes of a character where that is more than one. Source: SHOW CHARACTER SET of both servers
_BYTES = {
    **dict.fromkeys(("big5", "cp932", "euckr", "gb2312", "gbk", "sjis", "ucs2"), 2),
    **dict.fromkeys(("eucjpms", "ujis", "utf8mb3"), 3),
    **dict.fromkeys(("gb18030", "utf16", "utf16le", "utf32", "utf8mb4"), 4),
}
LONGEST_KEY = 3072
"""The bytes that InnoDB has for the columns of a key."""

_ONE_BYTE = 255
_OTHER_BYTES = 8  # of a number or moment in a key, at most but for long decimals
_SHORT = 127  # InnoDB keeps the length of these in one byte whatever they may grow to


def modify_operations(before: Column, after: Column, old: Table, new: Table) -> set[Operation]:
    """What MODIFY does that turns `before` of the table `old` into `after` of `new`."""
    found: set[Operation] = set()
    if before.type != after.type:
        found.add(_retype(before, after, old, new))
    if collation(before, old) != collation(after, new):
        computed = after.generated is not None
        found.add(Operation.CONVERT if computed else _recollate(before, after, old, new))
    if before.nullable != after.nullable and after.generated is None:
        found.add(Operation.ALLOW_NULL if after.nullable else Operation.REQUIRE)
        indexes = [index for index in old.indexes if after.name in index.columns]
        if any(is_clustered(index, old) for index in indexes):
            found.add(Operation.DROP_CLUSTERED)
    if before.default != after.default or before.updated_at != after.updated_at:
        found.add(Operation.DEFAULT)
    if before.comment != after.comment:
        found.add(Operation.COMMENT)
    if before.identity != after.identity:
        found.add(Operation.STOP_COUNTING if before.identity else Operation.CONVERT)
    if before.generated != after.generated:
        virtual = is_virtual(after)
        found.add(Operation.COMPUTE_VIRTUAL if virtual else Operation.CONVERT)
    return found


def add_operation(column: Column) -> Operation:
    """What ADD COLUMN does."""
    if column.generated is not None:
        return Operation.ADD_STORED if column.generated.stored else Operation.ADD_VIRTUAL
    if column.identity:
        return Operation.ADD_COUNTER
    if column.default is not None and is_expression(str(column.default)):
        return Operation.ADD_EXPRESSION
    return Operation.ADD_COLUMN


def is_expression(default: str) -> bool:
    """Whether the default is more than a literal or the server's time."""
    return default.startswith("(") and not re.fullmatch(
        r"\((?:'(?:[^'\\]|''|\\.)*'|-?[\d.]+)\)", default
    )


def takes_constant(column: Column) -> bool:
    """Whether a column of this type may have a literal default as it stands."""
    return column.generated is None and not _EXPRESSION_ONLY.match(str(column.type))


def is_remade(before: Column, after: Column) -> bool:
    """Whether no MODIFY leads from `before` to `after`: the column has to go, and come again.

    Source  MySQL manual, "ALTER TABLE and Generated Columns"
    """
    old, new = before.generated, after.generated
    if old is None or new is None:
        return (
            bool((old is None and new is not None and not new.stored) or is_virtual(before))
            and old != new
        )
    return old.stored != new.stored


def drop_operation(column: Column) -> Operation:
    """What DROP COLUMN does."""
    return Operation.DROP_VIRTUAL if is_virtual(column) else Operation.DROP_COLUMN


def hindrances(table: Table) -> tuple[Hindrance, ...]:
    """What keeps the rows of `table` from being changed while others write."""
    found = []
    virtual = {column.name for column in table.columns if is_virtual(column)}
    if virtual:
        found.append(Hindrance.VIRTUAL)
    if any(column.generated is not None and column.generated.stored for column in table.columns):
        found.append(Hindrance.STORED)
    fulltexts = [index for index in table.indexes if index.method == "fulltext"]
    if fulltexts:
        found.append(Hindrance.FULLTEXT)
    if len(fulltexts) > 1:
        found.append(Hindrance.FULLTEXTS)
    if any(index.method == "spatial" for index in table.indexes):
        found.append(Hindrance.SPATIAL)
    if any(virtual & {*index.columns} for index in table.indexes):
        found.append(Hindrance.INDEXED_VIRTUAL)
    if any(is_hashed(index, table) for index in table.indexes):
        found.append(Hindrance.HASHED)
    found += _kept_hindrances(table)
    return tuple(found)


def _kept_hindrances(table: Table) -> list[Hindrance]:
    """The same of how rows are kept."""
    options = table.options
    if option(options, "engine") is not None:
        return [Hindrance.ENGINE]
    sized = option(options, "key_block_size") is not None and option(options, "row_format") is None
    is_compressed = sized or option(options, "row_format") == "compressed"
    return [Hindrance.COMPRESSED] if is_compressed else []


def sources(column: Column, table: Table) -> set[str]:
    """The columns of `table` from which `column` takes its default, or is computed, at once."""
    computed = "" if column.generated is None else column.generated.expression
    return used_columns(f"{column.default or ''} {computed}", table)


def in_order(columns: Sequence[Column], table: Table) -> list[Column]:
    """`columns` of `table` with each behind those computed ones that it uses: servers look at them one by one.

    Source  MySQL manual, "CREATE TABLE and Generated Columns"
    """
    computed = {c.name: sources(c, table) for c in columns if _is_computed(c)}
    done: list[Column] = []
    waiting = list(columns)
    while waiting:
        behind = {column.name for column in waiting} & computed.keys()
        ready = (c for c in waiting if not computed.get(c.name, set()) & (behind - {c.name}))
        column = next(ready, waiting[0])  # a circle is for the server to refuse
        waiting.remove(column)
        done.append(column)
    return done


def stands_behind(before: Column, column: Column, old: Table, new: Table) -> str | None:
    """The computed column behind which `column` has to go, as it uses that from now on; None where it may stay."""
    if column.generated is None:
        return None
    names = [each.name for each in old.columns]
    later = {*names[names.index(before.name) + 1 :]} | {each.name for each in new.columns}
    later -= {*names[: names.index(before.name)]}
    used = (sources(column, new) - sources(before, old)) & later
    computed = [each for each in new.columns if each.name in used and each.generated is not None]
    computed.sort(key=lambda each: names.index(each.name) if each.name in names else len(names))
    return computed[-1].name if computed else None


def _is_computed(column: Column) -> bool:
    return column.generated is not None or str(column.default or "").startswith("(")


def is_clustered(index: Index, table: Table) -> bool:
    """Whether rows may be kept in the order of `index`: InnoDB takes a unique one where there is no key."""
    if table.primary_key is not None or not index.unique:
        return False
    columns = [table.column(part.column or "") for part in index.parts]
    return all(column is not None and not column.nullable for column in columns)


def is_hashed(index: Index, table: Table) -> bool:
    """Whether MariaDB keeps hashes of what is in a unique `index`, as it is longer than InnoDB has room for.

    Source  MariaDB documentation, "BLOB and TEXT Data Types: Indexing", and measured
    """
    if not index.unique:
        return False
    whole = [table.column(part.column or "") for part in index.parts if part.length is None]
    if any(column is not None and _UNSIZED.match(str(column.type)) for column in whole):
        return True
    return sum(part_bytes(part, table) or _OTHER_BYTES for part in index.parts) > LONGEST_KEY


def part_bytes(part: IndexPart, table: Table) -> int:
    """The bytes that texts or bytes of limited length may take as a part of an index; 0 for all else."""
    column = table.column(part.column or "")
    if column is None:
        return 0
    if part.length is not None:
        return part.length * bytes_each(collation(column, table))
    return sized_bytes(column, table)


def sized_bytes(column: Column, table: Table) -> int:
    """The bytes that texts or bytes of limited length may take in a key; 0 for all else."""
    match = _SIZED.match(str(column.type))
    return 0 if match is None else int(match[2]) * bytes_each(collation(column, table))


def changes_values(before: Column, after: Column, old: Table, new: Table) -> bool:
    """Whether the server refuses this of a column that a foreign key is about: another type or collation."""
    return (
        before.type != after.type
        or collation(before, old) != collation(after, new)
        or before.generated != after.generated
    )


def collation(column: Column, table: Table) -> str | None:
    """The collation that the column has in `table`, None for one that is no text."""
    if not _TEXTS.match(str(column.type)):
        return None
    return column.collation or collation_of(table.options)


def spelled_out(column: Column, table: Table) -> Column:
    """`column` with the collation that it has by way of its table."""
    return replace(column, collation=collation(column, table))


def enum_values(native: str) -> tuple[str, ...] | None:
    """The values of an enum, as SQL has them between the quotes; None for any other type."""
    return _listed("enum(", native)


def set_values(native: str) -> tuple[str, ...] | None:
    """The same of a set."""
    return _listed("set(", native)


def _listed(head: str, native: str) -> tuple[str, ...] | None:
    if not native.startswith(head):
        return None
    return tuple(match[1] for match in _VALUES.finditer(native))


def _retype(before: Column, after: Column, old: Table, new: Table) -> Operation:
    old_type, new_type = str(before.type), str(after.type)
    for head in ("enum(", "set("):
        values, wanted = _listed(head, old_type), _listed(head, new_type)
        if (
            values
            and wanted
            and wanted[: len(values)] == values
            and _same_size(head, values, wanted)
        ):
            return Operation.APPEND_VALUES
    if _WIDTH.sub("", old_type) == _WIDTH.sub("", new_type):
        return Operation.COMMENT  # how many digits are shown, and nothing else
    lengths = _VARCHAR.fullmatch(old_type), _VARCHAR.fullmatch(new_type)
    if lengths[0] is None or lengths[1] is None:
        return Operation.CONVERT
    each = bytes_each(collation(after, new)), bytes_each(collation(before, old))
    longest, wider = int(lengths[0][1]) * each[1], int(lengths[1][1]) * each[0]
    if each[0] != each[1] or wider < longest:
        return Operation.CONVERT
    if (longest <= _ONE_BYTE) == (wider <= _ONE_BYTE):
        return Operation.GROW
    return Operation.GROW_PAST_A_BYTE if longest <= _SHORT else Operation.CONVERT


def _same_size(head: str, values: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether values are kept in as many bytes as before.

    Source  MySQL manual, "Data Type Storage Requirements"
    """
    if head == "enum(":
        return (len(values) <= _ONE_BYTE) == (len(wanted) <= _ONE_BYTE)
    return _set_bytes(len(values)) == _set_bytes(len(wanted))


def _set_bytes(count: int) -> int:
    size = (count + 7) // 8
    return size if size <= 4 else 8  # noqa: PLR2004  1, 2, 3, 4 or 8


def bytes_each(collation: str | None) -> int:
    """The most bytes that a character takes in `collation`; one of what is no text."""
    return 1 if collation is None else _BYTES.get(charset_of(collation), 1)


def _recollate(before: Column, after: Column, old: Table, new: Table) -> Operation:
    names = collation(before, old), collation(after, new)
    if names[0] is None or names[1] is None or not _VARCHAR.match(str(after.type)):
        return Operation.CONVERT
    sets = charset_of(names[0]), charset_of(names[1])
    if sets[0] != sets[1] and sets != ("utf8mb3", "utf8mb4"):
        return Operation.CONVERT
    longest, wider = sized_bytes(before, old), sized_bytes(after, new)
    if (longest <= _ONE_BYTE) != (wider <= _ONE_BYTE):
        return Operation.CONVERT
    indexes = [index for index in old.indexes if before.name in index.columns]
    key = old.primary_key.columns if old.primary_key is not None else ()
    if before.name in key or any(is_clustered(index, old) for index in indexes):
        return Operation.CONVERT
    if any(index.method == "fulltext" for index in indexes):
        return Operation.FULLTEXT_COLLATION
    return Operation.INDEXED_COLLATION if indexes else Operation.COLLATION
