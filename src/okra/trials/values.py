"""Made-up values: for a column, one that differs from row to row, and others that its checks may let pass."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from okra.dialects.rows import Json, Plain, Unstorable, row_writer
from okra.relational.model import LogicalKind
from okra.relational.sqltext import TokenKind, tokens
from okra.relational.uses import used_columns
from okra.seeding.values import Misfit, Wanted, conversion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Dialect, Value
    from okra.relational.model import Column, Database, LogicalType, Table

_START = datetime(2024, 1, 15, 10, 30)  # noqa: DTZ001 - servers keep moments in UTC, without saying so
_TEXTS = ("x", "abc", "ABC", "abc-1", "a@example.org", "https://example.org", "12345", "")


class Sql(NamedTuple):
    """A value in the form of an expression, or of a parameter that stands for it."""

    text: str
    parameter: Value = None
    bound: bool = False


def bound(value: Value) -> Sql:
    return Sql("?", value, bound=True)


class Values:
    """The values for the columns of one database.

    database  native; kinds is the same with logical types
    """

    def __init__(self, speaks: Dialect, database: Database, kinds: Database) -> None:
        self._speaks = speaks
        self._writer = row_writer(speaks.name)
        self._kinds = {
            (table.name, column.name): column.type
            for table in kinds.tables
            for column in table.columns
        }
        self._enums = {enum.name: enum.values for enum in (*kinds.enums, *database.enums)}

    def given(self, table: Table, column: Column, raw: Any) -> Sql:
        """What stands in a test, as a value of the column; what its type does not take is left to the server."""
        if raw is None:
            return bound(None)
        kind, native = self._kind(table, column), str(column.type)
        wanted = Wanted(kind, {value: value for value in self._named(kind)})
        try:
            plain = conversion(wanted, native)(raw)
        except Misfit:
            plain = conversion(Wanted(kind, any_text=True), native)(raw)
        return bound(self._writer.stored(plain, kind, native))

    def usual(self, table: Table, column: Column, number: int) -> Sql:
        """The value of the row with this number, from 0."""
        kind = self._kind(table, column)
        plain = self._plain(kind, column, number)
        if plain is None:
            return self._expression(table, column, kind)
        if kind.list:
            plain = (plain,)
        return self._stored(table, column, plain)

    def others(self, table: Table, column: Column, number: int) -> list[Sql]:
        """What else to try where a check refuses the usual value: what stands in the check, and what is near it."""
        kind = self._kind(table, column)
        found: list[Plain] = []
        for check in table.checks:
            if column.name in used_columns(check.expression, table):
                found += _near(check.expression, number)
        found += self._more(kind, number)
        made = [self._stored(table, column, (each,) if kind.list else each) for each in found]
        return [*made, self._expression(table, column, kind)]

    def _kind(self, table: Table, column: Column) -> LogicalType:
        kind = self._kinds.get((table.name, column.name))
        assert kind is not None  # noqa: S101 - both databases have the same columns
        assert not isinstance(kind, str)  # noqa: S101 - types of a logical database are values
        return kind

    def _named(self, kind: LogicalType) -> Sequence[str]:
        return self._enums.get(kind.enum or "", ())

    def _stored(self, table: Table, column: Column, plain: Plain) -> Sql:
        try:
            return bound(self._writer.stored(plain, self._kind(table, column), str(column.type)))
        except (Unstorable, TypeError, ValueError, ArithmeticError):
            return bound(
                str(plain)
            )  # of another type than the column: the server says what it thinks of it

    def _expression(self, table: Table, column: Column, kind: LogicalType) -> Sql:
        return Sql(self._speaks.placeholder(_alone(table), column, kind))

    def _more(self, kind: LogicalType, number: int) -> list[Plain]:
        """Values of the type that are unlike the usual ones."""
        match kind.kind:
            case LogicalKind.STRING | LogicalKind.ID | LogicalKind.NATIVE:
                length = kind.length or 40
                texts = [*_TEXTS, f"user{number}@example.org", f"+4930{number:07}", "x" * length]
                return [text[:length] for text in texts]
            case LogicalKind.ENUM:
                return list(self._named(kind))
            case LogicalKind.BOOLEAN:
                return [True, False]
            case LogicalKind.DATE_TIME | LogicalKind.DATE:
                moments = [_START + timedelta(days=days + number) for days in (-400, -1, 1, 400)]
                days = kind.kind is LogicalKind.DATE
                return [each.date() for each in moments] if days else list(moments)
            case LogicalKind.INT | LogicalKind.BIG_INT | LogicalKind.FLOAT | LogicalKind.DECIMAL:
                return [0, 1, -1, 10, 100, 1000]
            case LogicalKind.JSON:
                return [Json("{}"), Json("[]"), Json('"text"')]
            case _:
                return []

    def _plain(  # noqa: PLR0912 - one case for each type
        self, kind: LogicalType, column: Column, number: int
    ) -> Plain | None:
        """A value that differs from row to row; None where the type is the server's own."""
        match kind.kind:
            case LogicalKind.ID:
                return _identifier(str(column.type), number)
            case LogicalKind.STRING:
                return _words(column.name, number, kind.length)
            case LogicalKind.INT | LogicalKind.BIG_INT:
                return number + 1
            case LogicalKind.FLOAT:
                return number + 1.5
            case LogicalKind.DECIMAL:
                return _decimal(kind.precision, number)
            case LogicalKind.BOOLEAN:
                return number % 2 == 0
            case LogicalKind.DATE_TIME:
                return _START + timedelta(days=number, minutes=number)
            case LogicalKind.DATE:
                return date(2024, 1, 15) + timedelta(days=number)
            case LogicalKind.TIME:
                return time(10, number % 60)
            case LogicalKind.JSON:
                return Json(f'{{"number":{number + 1}}}')
            case LogicalKind.BYTES:
                return bytes([number % 256, 255])
            case LogicalKind.ENUM:
                values = self._named(kind)
                return values[number % len(values)] if values else None
            case _:
                return None


def _alone(table: Table) -> Table:
    """The table as far as a placeholder may know it: what its keys refer to is found elsewhere."""
    return replace(table, foreign_keys=(), primary_key=None, indexes=())


def _identifier(native: str, number: int) -> str:
    text = f"00000000-0000-4000-8000-{number + 1:012}"
    size = native.partition("(")[2].partition(")")[0]
    return str(number + 1) if size.isdigit() and int(size) < len(text) else text


def _words(name: str, number: int, length: int | None) -> str:
    text = f"{name.replace('_', ' ')} {number + 1}"
    if length is None or len(text) <= length:
        return text
    digits = str(number + 1)
    return text[: max(0, length - len(digits))] + digits[-length:]


def _decimal(precision: tuple[int, int] | None, number: int) -> Decimal:
    if precision is None:
        return Decimal(number + 1) + Decimal("0.5")
    total, scale = precision
    if total == scale:
        return Decimal(number + 1).scaleb(-scale)
    whole = Decimal(number + 1) % Decimal(10) ** (total - scale)
    return whole + Decimal(5).scaleb(-1) if scale else whole


def _near(expression: str, number: int) -> list[Plain]:
    """The literals of a check, and the numbers beside them: `length(x) >= 12` also wants a text as long."""
    found: list[Plain] = []
    for token in tokens(expression):
        if token.kind is TokenKind.STRING and token.text.startswith("'"):
            found.append(token.text[1:-1].replace("''", "'"))
        elif token.kind is TokenKind.NUMBER:
            try:
                value = Decimal(token.text)
            except ArithmeticError:
                continue
            found += [value, value + 1, value - 1, value + number]
            if 0 < value <= 1000 and value == int(value):  # noqa: PLR2004 - texts longer than that are not made
                found += [f"{number}".rjust(int(value) + add, "x") for add in (0, 1)]
    return found
