"""The text of the helpers: `### name: what it needs`, then the definition, with `$` before each name of a helper."""

VALUES = '''
### wrong:
def $wrong(value: object, path: str, wanted: str) -> ValueError:
    match value:
        case None:
            found = "nothing"
        case bool():
            found = "a boolean"
        case int() | float():
            found = "a number"
        case str():
            found = "a string"
        case list():
            found = "a list"
        case dict():
            found = "an object"
        case _:
            found = "something that is not JSON"
    return ValueError(f"{path}: expected {wanted}, found {found}")
### members: cast $wrong
def $members(value: object, path: str) -> dict[str, object]:
    if isinstance(value, dict):
        return cast("dict[str, object]", value)
    raise $wrong(value, path, "an object")
### optional: Any Callable
def $optional(
    value: object,
    path: str,
    read: Callable[[object, str], Any],
) -> Any:
    return None if value is None else read(value, path)
### sequence: Any Callable cast $wrong
def $sequence(
    value: object,
    path: str,
    read: Callable[[object, str], Any],
) -> list[Any]:
    if isinstance(value, list):
        items = cast("list[object]", value)
        return [read(item, f"{path}[{at}]") for at, item in enumerate(items)]
    raise $wrong(value, path, "a list")
### optional_sequence: Any Callable $sequence
def $optional_sequence(
    value: object,
    path: str,
    read: Callable[[object, str], Any],
) -> list[Any] | None:
    return None if value is None else $sequence(value, path, read)
### written: Any Callable Iterable
def $written(
    items: Iterable[Any],
    path: str,
    write: Callable[[Any, str], Any],
) -> list[Any]:
    return [write(item, f"{path}[{at}]") for at, item in enumerate(items)]
### unknown: StrEnum
def $unknown(path: str, kind: type[StrEnum]) -> ValueError:
    return ValueError(f"{path}: expected one of {', '.join(kind)}")
### finite: Any cast sys
def $finite(value: object, path: str) -> Any:
    """JSON has no infinite numbers, though Python's own reader takes some."""
    rest = [value]
    while rest:
        each = rest.pop()
        if isinstance(each, dict):
            rest.extend(cast("dict[object, object]", each).values())
        elif isinstance(each, list):
            rest.extend(cast("list[object]", each))
        elif isinstance(each, (int, float)) and not abs(each) <= sys.float_info.max:
            raise ValueError(f"{path}: expected finite numbers")
    return value
### value: Any $wrong $finite
def $value(value: object, path: str) -> Any:
    if value is ...:
        raise $wrong(None, path, "a JSON value")
    return $finite(value, path)
### element: Any $wrong $finite
def $element(value: object, path: str) -> Any:
    if value is None:
        raise $wrong(value, path, "a JSON value other than null")
    return $finite(value, path)
### text: $wrong
def $text(value: object, path: str) -> str:
    if isinstance(value, str):
        return value
    raise $wrong(value, path, "a string")
### text_up_to: Callable $text
def $text_up_to(length: int) -> Callable[[object, str], str]:
    def read(value: object, path: str) -> str:
        letters = $text(value, path)
        if len(letters) <= length:
            return letters
        raise ValueError(f"{path}: expected no more than {length} characters")

    return read
### boolean: $wrong
def $boolean(value: object, path: str) -> bool:
    if isinstance(value, bool):
        return value
    raise $wrong(value, path, "a boolean")
### int32: $wrong
def $int32(value: object, path: str) -> int:
    if type(value) is int and -0x80000000 <= value <= 0x7FFFFFFF:
        return value
    if type(value) is float and value.is_integer():
        return $int32(int(value), path)
    raise $wrong(value, path, "a whole number of 32 bits")
### real: sys $wrong
def $real(value: object, path: str) -> float:
    if type(value) is float or type(value) is int:
        if abs(value) <= sys.float_info.max:
            return float(value)
        raise ValueError(f"{path}: expected a finite number")
    raise $wrong(value, path, "a number")
### named: Callable
def $named(**names: str) -> Callable[[str], str]:
    """What fields are called in JSON; those that are not named are called alike."""
    return lambda name: names.get(name, name)
'''

FORMS = r"""
### WHOLE_FORM: re
$WHOLE_FORM = re.compile("0|-?[1-9][0-9]{0,18}")
### DECIMAL_FORM: re
$DECIMAL_FORM = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
### UUID_FORM: re
$UUID_FORM = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
### DATE_FORM: re
$DATE_FORM = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
### TIME_FORM: re
$TIME_FORM = re.compile(r"(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}(?:\.[0-9]{1,9})?")
### DATE_TIME_FORM: re
$DATE_TIME_FORM = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}(?:\.[0-9]{1,9})?"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
### int64: $WHOLE_FORM $text
def $int64(value: object, path: str) -> int:
    digits = $text(value, path)
    if $WHOLE_FORM.fullmatch(digits) and -(2**63) <= int(digits) < 2**63:
        return int(digits)
    raise ValueError(f"{path}: expected the digits of a whole number of 64 bits")
### int64_text:
def $int64_text(value: int, path: str) -> str:
    if -(2**63) <= value < 2**63:
        return format(value, "d")
    raise ValueError(f"{path}: expected a whole number of 64 bits")
### decimal_form: $DECIMAL_FORM $text
def $decimal_form(value: object, path: str) -> str:
    digits = $text(value, path)
    if $DECIMAL_FORM.fullmatch(digits):
        return digits
    raise ValueError(f"{path}: expected a decimal number such as 12.50")
### decimal: Decimal $decimal_form
def $decimal(value: object, path: str) -> Decimal:
    return Decimal($decimal_form(value, path))
### decimal_text: Decimal
def $decimal_text(value: Decimal, path: str) -> str:
    if value.is_finite():
        return format(value, "f")
    raise ValueError(f"{path}: expected a finite decimal number")
### uuid: UUID $UUID_FORM $text
def $uuid(value: object, path: str) -> UUID:
    digits = $text(value, path)
    if $UUID_FORM.fullmatch(digits):
        return UUID(digits)
    raise ValueError(f"{path}: expected a UUID in lower-case digits")
### binary: b64decode $text
def $binary(value: object, path: str) -> bytes:
    encoded = $text(value, path)
    try:
        if len(encoded) % 4 == 0:
            return b64decode(encoded, validate=True)
    except ValueError:
        pass
    raise ValueError(f"{path}: expected bytes in base64")
### date: _dt $DATE_FORM $text
def $date(value: object, path: str) -> _dt.date:
    day = $text(value, path)
    try:
        if $DATE_FORM.fullmatch(day):
            return _dt.date.fromisoformat(day)
    except ValueError:
        pass
    raise ValueError(f"{path}: expected a date such as 2026-01-02")
### date_form: _dt $date
def $date_form(value: object, path: str) -> str:
    return $date(value, path).isoformat()
### date_text: _dt
def $date_text(value: _dt.date, path: str) -> str:
    if not isinstance(value, _dt.datetime):
        return value.isoformat()
    raise ValueError(f"{path}: expected a date, found a datetime")
### time_form: $TIME_FORM $text
def $time_form(value: object, path: str) -> str:
    moment = $text(value, path)
    if $TIME_FORM.fullmatch(moment):
        return moment
    raise ValueError(f"{path}: expected a time such as 03:04:05")
### time: _dt $time_form
def $time(value: object, path: str) -> _dt.time:
    return _dt.time.fromisoformat($time_form(value, path))
### time_text: _dt
def $time_text(value: _dt.time, path: str) -> str:
    if value.tzinfo is None:
        return value.isoformat()
    raise ValueError(f"{path}: expected a time without a time zone")
### date_time: _dt $DATE_TIME_FORM $text
def $date_time(value: object, path: str) -> _dt.datetime:
    moment = $text(value, path)
    try:
        if $DATE_TIME_FORM.fullmatch(moment):
            return _dt.datetime.fromisoformat(moment).astimezone(_dt.UTC)
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"{path}: expected a moment such as 2026-01-02T03:04:05Z")
### date_time_text: _dt
def $date_time_text(value: _dt.datetime, path: str) -> str:
    if value.utcoffset() is None:
        raise ValueError(f"{path}: expected a datetime with a time zone")
    try:
        moment = value.astimezone(_dt.UTC)
    except OverflowError:
        raise ValueError(f"{path}: expected a year from 1 to 9999 in UTC") from None
    return moment.replace(tzinfo=None).isoformat() + "Z"
### date_time_form: _dt $DATE_TIME_FORM $text
def $date_time_form(value: object, path: str) -> str:
    moment = $text(value, path)
    try:
        if $DATE_TIME_FORM.fullmatch(moment):
            _dt.datetime.fromisoformat(moment).astimezone(_dt.UTC)
            return moment
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"{path}: expected a moment such as 2026-01-02T03:04:05Z")
"""
