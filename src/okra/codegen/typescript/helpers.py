"""The functions that generated guards call: each stands in the code only where something calls it.

Their names have a `$`, which no name of a schema has. What they take from JavaScript may be hidden by an
enum of the same name; `helpers` then says `globalThis.Object`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.codegen.helpers import with_needs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

GLOBALS = ("Array", "Number", "Object", "TypeError")
"""What the helpers take from JavaScript that a schema may have too; it has no `BigInt` and no `Date`."""

_USE = re.compile(r"\$[A-Za-z]\w*")
_GLOBAL = re.compile(rf"(?<![.\w$])(?:{'|'.join(GLOBALS)})(?=[.(<;)\s])")
_LIMITED = re.compile(r"\$string(\d+)")

_TEXTS = {
    "$Members": """\
type $Members = { readonly [name: string]: unknown };
""",
    "$Guard": """\
type $Guard<T> = (value: unknown) => value is T;
""",
    "$object": """\
/** Whether the value is an object: neither null nor a list. */
function $object(value: unknown): value is $Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
""",
    "$own": """\
/** A member that the object itself has; what it inherits does not count. */
function $own(of: object, name: string): unknown {
  return Object.prototype.hasOwnProperty.call(of, name) ? (of as $Members)[name] : undefined;
}
""",
    "$get": """\
/** `$own` with the member's type, for names that every object inherits something under. */
function $get<T extends object, K extends keyof T & string>(of: T, name: K): T[K] {
  return $own(of, name) as T[K];
}
""",
    "$notInherited": """\
/** For Zod, which takes what an object inherits for a member of it. */
function $notInherited(value: unknown): unknown {
  return typeof value === "function" ? undefined : value;
}
""",
    "$maybe": """\
/** Whether a nullable value is absent, null or what it should be. */
function $maybe<T>(is: $Guard<T>, value: unknown): value is T | null | undefined {
  return value === undefined || value === null || is(value);
}
""",
    "$list": """\
/** Whether the value is a list of what it should be, and of no null. */
function $list<T>(is: $Guard<T>, value: unknown): value is T[] {
  if (!Array.isArray(value)) return false;
  for (const item of value as unknown[]) {
    if (item === null || !is(item)) return false;
  }
  return true;
}
""",
    "$maybeList": """\
function $maybeList<T>(is: $Guard<T>, value: unknown): value is T[] | null | undefined {
  return value === undefined || value === null || $list(is, value);
}
""",
    "$oneOf": """\
function $oneOf(texts: { readonly [name: string]: string }, value: unknown): boolean {
  return Object.values<unknown>(texts).includes(value);
}
""",
    "$string": """\
function $string(value: unknown): value is string {
  return typeof value === "string";
}
""",
    "$boolean": """\
function $boolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}
""",
    "$int": """\
/** Whole, and within 32 bits. */
function $int(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= -2147483648 && (value as number) <= 2147483647;
}
""",
    "$float": """\
function $float(value: unknown): value is number {
  return Number.isFinite(value);
}
""",
    "$bigIntText": """\
/** Decimal digits of a whole number within 64 bits. */
function $bigIntText(value: unknown): value is string {
  if (!$string(value) || !/^(?:0|-?[1-9]\\d{0,18})$/.test(value)) return false;
  const digits = value.replace("-", "");
  return digits.length < 19 || digits <= (digits === value ? "9223372036854775807" : "9223372036854775808");
}
""",
    "$isBigInt": """\
/** A bigint within 64 bits. */
function $isBigInt(value: unknown): value is bigint {
  return typeof value === "bigint" && BigInt.asIntN(64, value) === value;
}
""",
    "$toBigInt": """\
function $toBigInt(text: string): bigint {
  return BigInt(text);
}
""",
    "$eitherBigInt": """\
function $eitherBigInt(value: unknown): value is bigint | string {
  return $isBigInt(value) || $bigIntText(value);
}
""",
    "$asBigInt": """\
function $asBigInt(value: bigint | string): bigint {
  return $string(value) ? $toBigInt(value) : value;
}
""",
    "$fromBigInt": """\
function $fromBigInt(value: bigint): string {
  if ($isBigInt(value)) return value.toString();
  throw new TypeError(`${String(value)} is no BigInt of 64 bits`);
}
""",
    "$decimal": """\
/** Decimal digits, without an exponent. */
function $decimal(value: unknown): value is string {
  return $string(value) && /^-?\\d+(?:\\.\\d+)?$/.test(value);
}
""",
    "$date": """\
/** A day that there is: `2024-02-29`. */
function $date(value: unknown): value is string {
  return $string(value) && /^\\d{4}-\\d\\d-\\d\\d$/.test(value) && $day(value);
}
""",
    "$time": """\
/** A time of day: `03:04:05.123456`. */
function $time(value: unknown): value is string {
  return $string(value) && /^(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?$/.test(value);
}
""",
    "$dateTime": """\
/** An instant as RFC 3339 writes it, which is of the years 1 to 9999 in UTC as well: `2026-01-02T03:04:05+01:00`. */
function $dateTime(value: unknown): value is string {
  return (
    $string(value) &&
    /^\\d{4}-\\d\\d-\\d\\dT(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)$/.test(
      value,
    ) &&
    $day(value) &&
    $isInstant($toInstant(value))
  );
}
""",
    "$day": """\
/** Whether the text begins with a day that there is. */
function $day(text: string): boolean {
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days;
}
""",
    "$isInstant": """\
/** A Date of the years 1 to 9999; also one of another window or worker. */
function $isInstant(value: unknown): value is Date {
  try {
    const at = Date.prototype.getTime.call(value as Date);
    return at >= -62135596800000 && at <= 253402300799999;
  } catch {
    return false;
  }
}
""",
    "$toInstant": """\
/** A Date keeps milliseconds: further digits are cut off. */
function $toInstant(text: string): Date {
  const [, digits = "", offset = "Z"] = /(?:\\.(\\d+))?(Z|[+-]\\d\\d:\\d\\d)$/.exec(text) ?? [];
  return new Date(`${text.slice(0, 19)}.${digits.padEnd(3, "0").slice(0, 3)}${offset}`);
}
""",
    "$eitherInstant": """\
function $eitherInstant(value: unknown): value is Date | string {
  return $isInstant(value) || $dateTime(value);
}
""",
    "$asInstant": """\
function $asInstant(value: Date | string): Date {
  return $string(value) ? $toInstant(value) : value;
}
""",
    "$fromInstant": """\
function $fromInstant(value: Date): string {
  if ($isInstant(value)) return value.toISOString().replace(/\\.?0*Z$/, "Z");
  throw new TypeError(`${String(value)} is no Date of the years 1 to 9999`);
}
""",
    "$base64": """\
/** Standard base64 with its padding. */
function $base64(value: unknown): value is string {
  return (
    $string(value) &&
    value.length % 4 === 0 &&
    !/[^A-Za-z0-9+/]/.test(value.endsWith("==") ? value.slice(0, -2) : value.replace(/=$/, ""))
  );
}
""",
    "$json": """\
/** What JSON can say, nested at most 1,000 deep. */
function $json(value: unknown): value is {} | null {
  return $jsonWithin(value, 1000);
}
""",
    "$jsonWithin": """\
function $jsonWithin(value: unknown, depth: number): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value !== "object") return Number.isFinite(value);
  if (depth === 0) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
  const items: unknown[] = Array.isArray(value) ? Array.from(value) : Object.values(value);
  return plain && items.every((item) => $jsonWithin(item, depth - 1));
}
""",
    "$Json": """\
type $Json = { readonly type: string; readonly members: $Members };
""",
    "$open": """\
/** The members of the JSON of a type. Throws where there are none. */
function $open(type: string, members: unknown): $Json {
  if (!$object(members)) throw new TypeError(`${type} is no object`);
  return { type, members };
}
""",
    "$wrong": """\
function $wrong(path: string, value: unknown, type: string): TypeError {
  return new TypeError(value === undefined ? `${path} is missing` : `${path} is no ${type}`);
}
""",
    "$one": """\
function $one<T>(json: $Json, name: string, is: $Guard<T>, type: string): T {
  const value = $own(json.members, name);
  if (is(value)) return value;
  throw $wrong(`${json.type}.${name}`, value, type);
}
""",
    "$oneOrNull": """\
function $oneOrNull<T>(json: $Json, name: string, is: $Guard<T>, type: string): T | null {
  return ($own(json.members, name) ?? null) === null ? null : $one(json, name, is, type);
}
""",
    "$many": """\
function $many<T>(json: $Json, name: string, is: $Guard<T>, type: string): T[] {
  const path = `${json.type}.${name}`;
  const value = $own(json.members, name);
  if (!Array.isArray(value)) throw $wrong(path, value, "list");
  return Array.from(value, (item: unknown, at) => {
    if (item !== null && is(item)) return item;
    throw $wrong(`${path}[${at}]`, item, type);
  });
}
""",
    "$manyOrNull": """\
function $manyOrNull<T>(json: $Json, name: string, is: $Guard<T>, type: string): T[] | null {
  return ($own(json.members, name) ?? null) === null ? null : $many(json, name, is, type);
}
""",
    "$convert": """\
function $convert<T, U>(value: T | null | undefined, to: (value: T) => U): U | undefined {
  return value === null || value === undefined ? undefined : to(value);
}
""",
    "$written": """\
/** The members as JSON has them: without those that are undefined. */
function $written(members: $Members): unknown {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
""",
}


def used(text: str) -> tuple[str, ...]:
    """The helpers that a text calls, in the order of the alphabet."""
    return tuple(sorted(set(_USE.findall(text)) - {"$z"}))


def helpers(names: Iterable[str], *, hidden: Collection[str] = (), exported: bool = False) -> str:
    """The helpers of these names and all that they call themselves.

    hidden    names of JavaScript that the file uses for something else
    exported  whether they are for other files
    """
    wanted = with_needs(names, _calls)
    lengths = sorted(int(match[1]) for match in map(_LIMITED.fullmatch, wanted) if match)
    texts = [text for name, text in _TEXTS.items() if name in wanted]
    texts += [_limited(length) for length in lengths]
    if exported:
        texts = [_exported(text) for text in texts]
    together = "\n".join(texts)
    if not hidden:
        return together
    return "".join(
        line if line.startswith("/**") else _GLOBAL.sub(lambda match: _seen(match[0], hidden), line)
        for line in together.splitlines(keepends=True)
    )


def _calls(name: str) -> Iterator[str]:
    if _LIMITED.fullmatch(name):
        yield "$string"
    elif name in _TEXTS:
        yield from _USE.findall(_TEXTS[name])


def _limited(length: int) -> str:
    return f"""\
function $string{length}(value: unknown): value is string {{
  return $string(value) && (value.length <= {length} || Array.from(value).length <= {length});
}}
"""


def _exported(text: str) -> str:
    head, start, rest = text.rpartition("*/\n")
    return f"{head}{start}export {rest}"


def _seen(name: str, hidden: Collection[str]) -> str:
    return f"globalThis.{name}" if name in hidden else name
