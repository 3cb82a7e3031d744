"""A directive's arguments, bound to their names by the table of directives and read as what they should be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from okra.language.definition import (
    Action,
    CounterKind,
    Deferral,
    Nulls,
    Options,
    Sort,
    SqlText,
)
from okra.language.directives import PROVIDERS, RULES, Kind, Place
from okra.language.parse_values import shown
from okra.language.report import listed
from okra.language.syntax import (
    BooleanValue,
    CallValue,
    ListValue,
    NameValue,
    NumberValue,
    ObjectValue,
    StringValue,
)
from okra.language.unknown import unknown_directive
from okra.source import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.language.directives import Rule
    from okra.language.report import Report
    from okra.language.syntax import Argument, Directive, Value

_T = TypeVar("_T")

ACTIONS = {action.value.replace(" ", ""): action for action in Action}
DEFERRALS = {
    f"{initially}{deferral.value}": deferral
    for deferral in Deferral
    for initially in ("", "INITIALLY")
}
SORTS = {sort.value: sort for sort in Sort}
NULLS = {nulls.value: nulls for nulls in Nulls}
COUNTINGS = {kind.value: kind for kind in CounterKind}
NULLS_DISTINCT = {"DISTINCT": True, "NOTDISTINCT": False}
_PLAIN = re.compile(r"[A-Za-z0-9_]+")
_OPTION = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)?")
_VALUE = re.compile(r"[A-Za-z0-9_.+-]+")
_LARGEST = 2**31 - 1
_LONGEST_NUMBER = 20
_ALIASES = {"postgresql": "postgres", "pg": "postgres", "mariadb": "mysql", "sqlite3": "sqlite"}


class Word(NamedTuple):
    """A name that an argument mentions, and where it stands."""

    text: str
    file: str
    start: int
    end: int


class Arguments:
    """One directive at its place. Each reader returns None where nothing (usable) was written.

    A value of the wrong kind is reported by the reader that is asked for it. `clear` is False where
    something about the arguments' names was reported.
    """

    __slots__ = ("clear", "directive", "file", "report", "rule", "values")

    def __init__(self, directive: Directive, rule: Rule, file: str, report: Report) -> None:
        self.directive = directive
        self.rule = rule
        self.file = file
        self.report = report
        self.values: dict[str, Value] = {}
        self.clear = True

    @property
    def span(self) -> Span:
        """The directive's `@name`."""
        return Span(self.file, self.directive.start, self.directive.name_end)

    def span_of(self, name: str) -> Span:
        """The value of the argument `name`, or the directive's name where it isn't written."""
        value = self.values.get(name)
        return self.span if value is None else Span(self.file, value.start, value.end)

    def text(self, name: str) -> str | None:
        """A text that says something."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, StringValue):
            if value.text.strip():
                return value.text
            self.report.error(
                "OKR112",
                f"`{name}` of `@{self.directive.name}` is empty",
                self.span_of(name),
                "write a text, or leave the argument out",
            )
            return None
        self.wrong(name, value)
        return None

    def word(self, name: str) -> str | None:
        """A name, in quotes or not."""
        value = self.values.get(name)
        return value.name if isinstance(value, NameValue) else self.text(name)

    def plain_word(self, name: str) -> str | None:
        """A name that says nothing else in SQL."""
        word = self.word(name)
        if word is None or _PLAIN.fullmatch(word):
            return word
        self.wrong(name, self.values[name])
        return None

    def flag(self, name: str) -> bool | None:
        value = self.values.get(name)
        if value is None or isinstance(value, BooleanValue):
            return None if value is None else value.value
        self.wrong(name, value)
        return None

    def number(self, name: str, least: int = 0, most: int = _LARGEST) -> int | None:
        """A whole number, not below `least` and not above `most`."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, NumberValue) or not value.whole:
            self.wrong(name, value)
            return None
        number = int(value.text) if len(value.text) <= _LONGEST_NUMBER else most + 1
        if least <= number <= most:
            return number
        self.report.error(
            "OKR112",
            f"`{name}` of `@{self.directive.name}` must be from {least} to {most}",
            self.span_of(name),
        )
        return None

    def words(self, name: str) -> tuple[Word, ...] | None:
        """A list of names, each in quotes or not."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, ListValue):
            self.wrong(name, value)
            return None
        found = []
        for item in value.items:
            if isinstance(item, StringValue):
                found.append(Word(item.text, self.file, item.start, item.end))
            elif isinstance(item, NameValue):
                found.append(Word(item.name, self.file, item.start, item.end))
            else:
                self.wrong(name, item)
                return None
        return tuple(found)

    def providers(self, name: str) -> tuple[str, ...]:
        """A list of providers, sorted."""
        words = self.words(name)
        for word in words or ():
            if word.text not in PROVIDERS:
                unknown_provider(self.report, word.text, Span(word.file, word.start, word.end))
                return ()
        if words == ():
            self.wrong(name, self.values[name])
        return tuple(sorted({word.text for word in words or ()}))

    def choice(self, name: str, known: Mapping[str, _T]) -> _T | None:
        """One of a few words, in any case, with or without underscores between their parts."""
        word = self.word(name)
        if word is None:
            return None
        found = known.get(word.replace("_", "").replace(" ", "").upper())
        if found is None:
            self.wrong(name, self.values[name])
        return found

    def sql(self, name: str) -> SqlText | None:
        """SQL for all providers, for some, or both: also from arguments that are called as a provider."""
        value = self.values.get(name)
        texts = {} if value is None else self._sql_texts(name, value)
        if texts is None:
            return None
        if self.rule.sql == name:
            for provider in PROVIDERS:
                if provider in self.values:
                    text = self.text(provider)
                    if text is None:
                        return None
                    texts[provider] = text
        if not texts:
            return None
        default = texts.pop("default", None)
        return SqlText(default=default, per_provider=tuple(sorted(texts.items())))

    def _sql_texts(self, name: str, value: Value) -> dict[str, str] | None:
        if isinstance(value, StringValue):
            said = self.text(name)
            return None if said is None else {"default": said}
        pairs: list[tuple[str, int, Value]]
        if isinstance(value, ObjectValue):
            pairs = [(entry.name, entry.start, entry.value) for entry in value.entries]
        elif isinstance(value, CallValue) and value.name == "sql":
            pairs = [(item.name or "default", item.start, item.value) for item in value.arguments]
        else:
            self.wrong(name, value)
            return None
        if not pairs:
            self.wrong(name, value)
        texts: dict[str, str] = {}
        for key, start, text in pairs:
            if key != "default" and key not in PROVIDERS:
                unknown_provider(self.report, key, Span(self.file, start, start + len(key)))
            elif isinstance(text, StringValue) and text.text.strip() and key not in texts:
                texts[key] = text.text
            else:
                self.wrong(name, text)
        return texts if pairs and len(texts) == len(pairs) else None

    def options(self, name: str) -> Options:
        """An object of numbers, words and flags, as texts; none says anything else in SQL."""
        value = self.values.get(name)
        if value is None:
            return ()
        if not isinstance(value, ObjectValue) or not value.entries:
            self.wrong(name, value)
            return ()
        found: dict[str, str] = {}
        for entry in value.entries:
            text = _option_text(entry.value)
            if text is None or not _OPTION.fullmatch(entry.name) or not _VALUE.fullmatch(text):
                self.wrong(name, entry.value)
            elif entry.name in found:
                self.report.error(
                    "OKR110",
                    f"`{shown(entry.name)}` is given twice",
                    Span(self.file, entry.start, entry.value.end),
                    "keep one of them",
                )
            else:
                found[entry.name] = text
        return tuple(sorted(found.items()))

    def wrong(self, name: str, value: Value) -> None:
        """Say what `name` takes."""
        kind = self.rule.arguments.get(name, Kind.TEXT)
        self.report.error(
            "OKR112",
            f"`{name}` of `@{self.directive.name}` takes {kind}",
            Span(self.file, value.start, value.end),
            _as_it_should_be(kind, value),
        )


def _option_text(value: Value) -> str | None:
    match value:
        case StringValue():
            return value.text
        case NumberValue():
            return value.text
        case NameValue():
            return value.name
        case BooleanValue():
            return "true" if value.value else "false"
        case _:
            return None


def _as_it_should_be(kind: Kind, value: Value) -> str | None:
    """The same value in the form that an argument of this kind has, where that is clear."""
    if kind in (Kind.TEXT, Kind.SQL) and isinstance(value, (NameValue, NumberValue)):
        text = value.name if isinstance(value, NameValue) else value.text
        return f'write it in quotes: `"{shown(text)}"`'
    if isinstance(value, StringValue):
        number = kind is Kind.NUMBER and value.text.isdecimal()
        if number or (kind is Kind.FLAG and value.text in ("true", "false")):
            return f"write it without quotes: `{shown(value.text)}`"
        if kind in (Kind.FIELDS, Kind.PARTS):
            return f'write a list: `["{shown(value.text)}"]`'
    return None


def bind(directive: Directive, place: Place, file: str, report: Report) -> Arguments | None:
    """The arguments by name, or None for a directive that can't be used; everything wrong is reported."""
    rule = RULES[place].get(directive.name)
    if rule is None:
        unknown_directive(directive, place, file, report)
        return None
    bound = Arguments(directive, rule, file, report)
    if directive.arguments:
        bound.clear = _bind_all(bound)
    complete = True
    for name in rule.required:
        if name not in bound.values and not (
            name == rule.sql and any(provider in bound.values for provider in PROVIDERS)
        ):
            complete = False
            if bound.clear:
                _missing(bound, name)
    return bound if complete else None


def _bind_all(bound: Arguments) -> bool:
    """Fill in the values; False where something about them was reported."""
    before = len(bound.report.errors)
    rule = bound.rule
    values = bound.values
    position = 0
    for argument in bound.directive.arguments:
        name = argument.name
        if name is None:
            if position >= len(rule.positional):
                _nameless(bound, argument)
                continue
            name = rule.positional[position]
            position += 1
        elif name not in rule.arguments and not (rule.sql and name in PROVIDERS):
            _unknown_argument(bound, argument, name)
            continue
        if name in values:
            bound.report.error(
                "OKR110",
                f"`{name}` is given twice to `@{bound.directive.name}`",
                Span(bound.file, argument.start, argument.value.end),
                "keep one of them",
            )
        else:
            values[name] = argument.value
    return len(bound.report.errors) == before


def _nameless(bound: Arguments, argument: Argument) -> None:
    names = list(bound.rule.arguments)
    bound.report.error(
        "OKR110",
        f"`@{bound.directive.name}` takes no value without a name here",
        Span(bound.file, argument.start, argument.value.end),
        f"its arguments are {listed(names)}" if names else "it takes no arguments",
    )


def _unknown_argument(bound: Arguments, argument: Argument, name: str) -> None:
    span = Span(bound.file, argument.start, argument.start + len(name))
    if bound.rule.sql and name in _ALIASES:
        unknown_provider(bound.report, name, span)
        return
    known = [*bound.rule.arguments, *(PROVIDERS if bound.rule.sql else ())]
    otherwise = f"it takes {listed(known)}" if known else "it takes no arguments"
    what = "argument or provider" if bound.rule.sql else "argument"
    bound.report.error(
        "OKR113" if bound.rule.sql else "OKR108",
        f"`@{bound.directive.name}` has no {what} `{name}`",
        span,
        bound.report.nearest(name, known, otherwise),
    )


def unknown_provider(report: Report, name: str, span: Span) -> None:
    """Report a provider that OKRA doesn't know."""
    alias = _ALIASES.get(name.lower())
    report.error(
        "OKR113",
        f"unknown provider `{name}`",
        span,
        f"use `{alias}`"
        if alias
        else report.nearest(name, PROVIDERS, f"the providers are {listed(PROVIDERS)}"),
    )


def _missing(bound: Arguments, name: str) -> None:
    kind = bound.rule.arguments[name]
    bound.report.error(
        "OKR109",
        f"`@{bound.directive.name}` needs `{name}`",
        bound.span,
        f"add `{name}:` and {kind}",
    )
