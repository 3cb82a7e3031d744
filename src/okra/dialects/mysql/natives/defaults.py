"""Column defaults in their one canonical spelling: the text that stands behind DEFAULT."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from functools import lru_cache

from okra.dialects.mysql.expressions.canonical import canonical
from okra.dialects.mysql.expressions.lexer import Kind, Token, bytes_of, is_bits, text_of, tokens
from okra.dialects.mysql.natives.typenames import INTEGERS, base_of
from okra.dialects.mysql.quoting import literal
from okra.relational.sqltext import ascii_lower

_NOW = frozenset({"current_timestamp", "now", "localtime", "localtimestamp"})
_EXPRESSION_ONLY = re.compile(
    r"(?:tiny|medium|long)?(?:text|blob)\b|json\b|geometry|point|linestring|polygon|multi"
)
_MOST_DIGITS = 65
_SIZE = re.compile(r"\(([0-9]+)(?:,([0-9]+))?\)")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})?[ T]?(?:([0-9]{1,3}):([0-9]{1,2})(?::([0-9]{1,2})(?:\.([0-9]*))?)?)?"
)


@lru_cache(maxsize=1 << 15)
def canonical_default(text: str, native: str) -> str | None:
    """`text`, a default as SQL, of a column of the canonical type `native`; None for none and for NULL.

    A literal stands as it is, CURRENT_TIMESTAMP too where the column is a moment; everything else is an
    expression in parentheses. Text, blob, JSON and spatial columns take a literal in parentheses only.
    """
    found = _without_parentheses(tokens(text))
    if not found or (len(found) == 1 and ascii_lower(found[0].text) == "null"):
        return None
    base = base_of(native)
    if base in ("datetime", "timestamp") and _is_now(found):
        size = _SIZE.search(native)
        return "CURRENT_TIMESTAMP" + (f"({size[1]})" if size else "")
    value = _literal(found, base, native)
    if value is None:
        return f"({canonical(text)})"
    return f"({value})" if _EXPRESSION_ONLY.match(base) else value


def _without_parentheses(found: list[Token]) -> list[Token]:
    while len(found) > 1 and found[0].text == "(" and _closes(found) == len(found) - 1:
        found = found[1:-1]
    return found


def _closes(found: list[Token]) -> int:
    """Where the parenthesis closes that opens first."""
    depth = 0
    for number, token in enumerate(found):
        if token.kind is Kind.SYMBOL:
            depth += (token.text == "(") - (token.text == ")")
            if not depth:
                return number
    return -1


def _is_now(found: list[Token]) -> bool:
    """Whether this is `now()`, `current_timestamp(3)` or the like."""
    head, *rest = [ascii_lower(token.text) for token in found]
    if head not in _NOW or (rest and (rest[0] != "(" or rest[-1] != ")")):
        return False
    return len(rest) in (0, 2) or (len(rest) == 3 and rest[1].isdigit())  # noqa: PLR2004


def _literal(found: list[Token], base: str, native: str) -> str | None:
    """The literal that `found` is, as a column of this type has it; None if it is an expression."""
    sign = ""
    if len(found) > 1 and found[0].text in "+-":
        sign = found[0].text.replace("+", "")
        found = found[1:]
    if found[0].kind is Kind.WORD and found[0].text[0] == "_" and len(found) > 1:
        found = found[1:]  # an introducer: the column's character set counts
    if len(found) > 1 and ascii_lower(found[0].text) in ("date", "time", "timestamp"):
        found = found[1:]
    if len(found) != 1:
        return None
    token = found[0]
    if ascii_lower(token.text) in ("true", "false"):
        return _number("1" if ascii_lower(token.text) == "true" else "0", base, native)
    match token.kind:
        case Kind.NUMBER:
            return _of_type(sign + token.text, base, native)
        case Kind.TEXT if not sign:
            return _of_type(text_of(token.text), base, native)
        case Kind.BYTES if not sign:
            return _of_bytes(token.text, base, native)
        case _:
            return None


def _of_type(value: str, base: str, native: str) -> str:
    if base in INTEGERS or base in ("decimal", "float", "double", "year", "bit"):
        return _number(value, base, native) or literal(value)
    if base in ("date", "time", "datetime", "timestamp"):
        return literal(_moment(value, native))
    if base in ("binary", "varbinary"):
        return _binary(value.encode(), base)
    if base == "set":
        return literal(value)
    return literal(value.rstrip(" ") if base in ("char", "enum") else value)


def _of_bytes(token: str, base: str, native: str) -> str:
    value = bytes_of(token)
    if (
        base == "bit"
        or is_bits(token)
        or base in INTEGERS
        or base in ("decimal", "float", "double")
    ):
        return _number(str(int.from_bytes(value, "big")), base, native) or token
    if base in ("binary", "varbinary") or base.endswith("blob"):
        return _binary(value, base)
    try:
        return literal(value.decode())
    except UnicodeDecodeError:
        return f"x'{value.hex()}'"


def _binary(value: bytes, base: str) -> str:
    """Printable bytes as a text; those that only fill up a BINARY column are left out."""
    kept = value.rstrip(b"\0") if base == "binary" else value
    if all(0x20 <= code < 0x7F for code in kept):  # noqa: PLR2004
        return literal(kept.decode("ascii"))
    return f"x'{kept.hex()}'"


def _number(value: str, base: str, native: str) -> str | None:
    """A number as a column of this type keeps it; None if it is none."""
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    if base == "bit":
        return f"b'{int(number):b}'"
    if base in INTEGERS or base == "year":
        return str(int(number.to_integral_value(rounding=ROUND_HALF_UP)))
    size = _SIZE.search(native)
    if base == "decimal" and size is not None:
        return _rounded(number, int(size[2] or 0))
    return _float(number)


def _rounded(number: Decimal, scale: int) -> str | None:
    """A number with `scale` digits behind the point; halves go away from zero, as on servers, and 0 has no sign.

    None for one with more digits than any column has.
    """
    if number.adjusted() > _MOST_DIGITS:
        return None
    with localcontext(prec=2 * _MOST_DIGITS):
        found = number.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP)
    return f"{found or abs(found):f}"


def _float(number: Decimal) -> str:
    value = float(number)
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)  # noqa: PLR2004


def _moment(value: str, native: str) -> str:
    """A date or time with all its parts, and as many digits of a second as the column keeps."""
    match = _MOMENT.fullmatch(value.strip())
    if match is None:
        return value
    day, hour, minute, second, fraction = match.groups()
    size = _SIZE.search(native)
    digits = int(size[1]) if size else 0
    parts = []
    if day is not None and not native.startswith("time("):
        parts.append("-".join(part.zfill(2) for part in day.split("-")))
    if not native.startswith("date") or native.startswith("datetime"):
        clock = f"{(hour or '0').zfill(2)}:{(minute or '0').zfill(2)}:{(second or '0').zfill(2)}"
        parts.append(clock + (f".{(fraction or '')[:digits].ljust(digits, '0')}" if digits else ""))
    return " ".join(parts)
