"""The rows of the catalogue → Database. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from okra.dialects.base import Introspection
from okra.dialects.mysql.expressions.canonical import canonical
from okra.dialects.mysql.introspection.rows import CheckRow, ColumnRow, IndexRow, KeyRow, RuleRow
from okra.dialects.mysql.natives.collations import collation_name
from okra.dialects.mysql.natives.defaults import canonical_default
from okra.dialects.mysql.natives.mariadb import default_text, flavour, plain_expression
from okra.dialects.mysql.natives.options import collation_of, created_options, option, table_options
from okra.dialects.mysql.natives.resolving import plain_action
from okra.dialects.mysql.natives.resolving_indexes import usual_method
from okra.dialects.mysql.natives.typenames import base_of, canonical_type
from okra.dialects.mysql.planning.implicit import without_implicit
from okra.errors import visible
from okra.naming import is_own
from okra.relational.model import (
    Action,
    Check,
    Column,
    Database,
    ForeignKey,
    Generated,
    Index,
    IndexPart,
    PrimaryKey,
    Table,
)
from okra.relational.trash import without_trash

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.dialects.mysql.introspection.rows import Catalogue, TableRow

_Row = TypeVar("_Row", ColumnRow, IndexRow, KeyRow, RuleRow, CheckRow)

_JSON_CHECK = re.compile(r"json_valid\(`((?:[^`]|``)*)`\)")
_METHODS = {"FULLTEXT": "fulltext", "SPATIAL": "spatial", "RTREE": "spatial", "BTREE": "btree"}
_KINDS = {"VIEW": "view", "SYSTEM VIEW": "view", "SEQUENCE": "sequence"}
_PASSING = "TEMPORARY"  # MariaDB lists those of the session, from 11.2 on


def introspection(catalogue: Catalogue) -> Introspection:
    """The Database that the rows describe, and what of them the model can't hold."""
    return _Reader(catalogue).read()


class _Reader:
    def __init__(self, catalogue: Catalogue) -> None:
        self.server = flavour(catalogue.version)
        self.catalogue = catalogue
        self.columns = _by_table(catalogue.columns)
        self.indexes = _by_table(catalogue.indexes)
        self.keys = _by_table(catalogue.keys)
        self.rules = {(row.table, row.name): row for row in catalogue.rules}
        self.checks = _by_table(catalogue.checks)
        self.ignored: list[str] = []

    def read(self) -> Introspection:
        tables = []
        for row in self.catalogue.tables:
            if is_own(row.name) or row.kind.startswith(_PASSING):
                continue
            if row.kind in _KINDS:
                self.ignored.append(f"{_KINDS[row.kind]} `{row.name}`")
            elif self._has_row_start(row):
                self.ignored.append(f"table `{row.name}`, whose columns keep its versions")
            else:
                tables.append(self._table(row))
        for other in self.catalogue.others:
            place = f" on `{other.owner}`" if other.owner else ""
            self.ignored.append(f"{other.kind} `{other.name}`{place}")
        return Introspection(
            database=Database(tables=without_trash(tables)),
            ignored=tuple(visible(text) for text in self.ignored),
        )

    def _has_row_start(self, row: TableRow) -> bool:
        """Whether columns of the table say since when a row is there: no expression that a schema could write."""
        columns = self.columns.get(row.name, ()) if row.kind == "SYSTEM VERSIONED" else ()
        return any((column.generated or "").upper() == "ROW START" for column in columns)

    def _table(self, row: TableRow) -> Table:
        name = row.name
        options = self._options(row)
        rows = self.columns.get(name, [])
        names = tuple(column.name for column in rows)
        checks = self.checks.get(name, [])
        documents = {each for check in checks if (each := _document(check)) is not None}
        collation = collation_of(options)
        columns = tuple(self._column(each, collation, names, documents) for each in rows)
        json = {column.name for column in columns if base_of(str(column.type)) == "json"}
        return without_implicit(
            Table(
                name=name,
                columns=columns,
                primary_key=self._primary_key(name),
                indexes=self._indexes(name, names, option(options, "engine") or "InnoDB"),
                foreign_keys=self._foreign_keys(name),
                checks=tuple(
                    self._check(check, names) for check in checks if _document(check) not in json
                ),
                options=options,
                comment=row.comment or None,
            )
        )

    def _options(self, row: TableRow) -> tuple[str, ...]:
        given = created_options(row.options)
        if "partitioned" in row.options:
            self.ignored.append(f"the partitions of table `{row.name}`")
        if row.kind == "SYSTEM VERSIONED":
            self.ignored.append(f"the system versioning of table `{row.name}`")
        if row.engine:
            given.append(f"engine={row.engine}")
        if row.collation:
            given.append(f"collation={row.collation}")
        return table_options(given)

    def _column(
        self, row: ColumnRow, inherited: str, names: tuple[str, ...], documents: set[str]
    ) -> Column:
        extra = row.extra.lower()
        collation = None if row.collation is None else collation_name(row.collation)
        native = canonical_type(row.type).type
        if native == "longtext" and collation == "utf8mb4_bin" and row.name in documents:
            native, collation = "json", None
        if row.srs_id is not None:
            native += f" srid {row.srs_id}"
        if "invisible" in extra and row.generated:
            self.ignored.append(f"INVISIBLE of column `{row.table}.{row.name}`")
        elif "invisible" in extra:
            native += " invisible"
        default = None if row.generated else default_text(row, self.server)
        return Column(
            name=row.name,
            type=native,
            nullable=row.nullable == "YES" or bool(row.generated),
            default=None if default is None else canonical_default(default, native),
            identity="auto_increment" in extra,
            generated=Generated(
                expression=canonical(plain_expression(row.generated, self.server), names),
                stored="virtual" not in extra,
            )
            if row.generated
            else None,
            collation=None if collation == inherited else collation,
            comment=row.comment or None,
            updated_at="on update" in extra,
        )

    def _primary_key(self, table: str) -> PrimaryKey | None:
        rows = [row for row in self.indexes.get(table, ()) if row.name == "PRIMARY"]
        if any(row.length is not None for row in rows):
            self.ignored.append(f"the prefix lengths in the primary key of `{table}`")
        if any(row.order == "D" for row in rows):
            self.ignored.append(f"DESC in the primary key of `{table}`")
        columns = tuple(row.column for row in rows if row.column is not None)
        return PrimaryKey(columns=columns) if columns else None

    def _indexes(self, table: str, names: tuple[str, ...], engine: str) -> tuple[Index, ...]:
        groups: dict[str, list[IndexRow]] = {}
        for row in self.indexes.get(table, ()):
            if row.name != "PRIMARY":
                groups.setdefault(row.name, []).append(row)
        return tuple(self._index(name, rows, names, engine) for name, rows in groups.items())

    def _index(self, name: str, rows: list[IndexRow], names: tuple[str, ...], engine: str) -> Index:
        first = rows[0]
        method = usual_method(_METHODS.get(first.type), engine)
        return Index(
            name=name,
            parts=tuple(self._part(row, names, method) for row in rows),
            unique=not first.non_unique,
            method=method,
            comment=first.comment or None,
            visible=first.visible == "YES",
            options=(f"parser={first.parser}",) if first.parser is not None else (),
        )

    def _part(self, row: IndexRow, names: tuple[str, ...], method: str | None) -> IndexPart:
        expression = row.expression
        return IndexPart(
            column=row.column,
            expression=None
            if expression is None
            else canonical(plain_expression(expression, self.server), names),
            descending=row.order == "D",
            length=None if method == "spatial" else row.length,
        )

    def _foreign_keys(self, table: str) -> tuple[ForeignKey, ...]:
        groups: dict[str, list[KeyRow]] = {}
        for row in self.keys.get(table, ()):
            groups.setdefault(row.name, []).append(row)
        found = []
        for name, rows in groups.items():
            first = rows[0]
            if first.schema != self.catalogue.schema:
                self.ignored.append(f"foreign key `{name}` of `{table}` to another database")
                continue
            rule = self.rules[table, name]
            found.append(
                ForeignKey(
                    name=name,
                    columns=tuple(row.column for row in rows),
                    table=first.parent,
                    references=tuple(row.reference for row in rows),
                    on_delete=plain_action(Action(rule.on_delete)),
                    on_update=plain_action(Action(rule.on_update)),
                )
            )
        return tuple(found)

    def _check(self, row: CheckRow, names: tuple[str, ...]) -> Check:
        if row.enforced == "NO":
            self.ignored.append(f"NOT ENFORCED of check `{row.name}` of `{row.table}`")
        text = plain_expression(row.expression, self.server)
        return Check(name=row.name, expression=canonical(text, names))


def _by_table(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.table].append(row)
    return dict(found)


def _document(check: CheckRow) -> str | None:
    """The column that a check says to be JSON, if it is a part of its column.

    The name of the check is no help: it is that of the column when it was made.
    """
    match = _JSON_CHECK.fullmatch(check.expression) if check.level == "Column" else None
    return None if match is None else match[1].replace("``", "`")
