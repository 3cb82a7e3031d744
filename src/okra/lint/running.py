"""Rules run over schemas and migrations: what they find, each at its place, but for what people want to hear no more of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from okra.errors import Severity
from okra.lint import IGNORE_WITHOUT_REASON, IGNORE_WITHOUT_USE, RULES, all_rules
from okra.lint.ignoring import Ignore, in_migration, in_schema
from okra.lint.rule import Finding
from okra.lint.step import marks
from okra.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from okra.dialects.base import Script
    from okra.lint.migration import MigrationSight
    from okra.lint.rule import MigrationHit, Rule
    from okra.lint.schema import SchemaSight
    from okra.source import Source

Levels: TypeAlias = "Mapping[str, Severity | None]"
"""How serious a rule is here, by code; None where it is off. What is not in it is as the rule says itself."""

_NAMED = re.compile(r"`[^`]+`")


def lint_schema(
    sights: Sequence[SchemaSight],
    place: Callable[[str], Span | None],
    sources: Sequence[Source],
    levels: Levels,
) -> tuple[Finding, ...]:
    """What is found in a schema, in the order of the files.

    sights  the schema as each provider has it: what is true of several is said once
    place   where a model, field, enum or value is written
    """
    found: dict[tuple[str, str], Finding] = {}
    for sight in sights:
        for rule, severity in _active(levels, sight.provider):
            if rule.schema is None:
                continue
            for hit in rule.schema(sight):
                known = found.get((rule.code, hit.name))
                providers = (*(known.providers if known else ()), sight.provider)
                found[rule.code, hit.name] = Finding(
                    code=rule.code,
                    severity=severity,
                    message=known.message if known else hit.message,
                    help=known.help if known else hit.help,
                    span=place(hit.name),
                    providers=tuple(dict.fromkeys(providers)),
                )
    ignores = [item for source in sources for item in in_schema(source)]
    active = {rule.code for sight in sights for rule, _ in _active(levels, sight.provider)}
    kept = _at_level(_without_ignored(found.values(), ignores, active, schema=True), levels)
    rank = {source.name: number for number, source in enumerate(sources)}
    return tuple(sorted(kept, key=lambda item: _order(item, rank)))


def lint_migration(
    sight: MigrationSight, sources: Mapping[str, Source], levels: Levels, *, spoken: bool = False
) -> tuple[Finding, ...]:
    """What is found in a migration, in the order of its files.

    sources  the texts that the statements were cut from, by what they say as their file
    spoken   leave out what the comments of the file say already
    """
    scripts = [step.script for step in sight.steps]
    places = [_place(sources[script.file], script) for script in scripts]
    said = [line for script in scripts for line in marks(script) if line.startswith("! ")]
    found = []
    for rule, severity in _active(levels, sight.provider):
        if rule.migration is None:
            continue
        for hit in rule.migration(sight):
            if spoken and _is_said(hit, rule, said):
                continue
            source = sources[hit.step.script.file]
            begin, end = places[hit.step.number - 1]
            found.append(
                Finding(
                    code=rule.code,
                    severity=severity,
                    message=hit.message,
                    help=hit.help,
                    span=_line_from(source, begin + hit.at, end),
                    providers=(sight.provider,),
                )
            )
    ignores: list[Ignore] = []
    for source in {one.name: one for one in sources.values()}.values():
        inside = [
            place
            for script, place in zip(scripts, places, strict=True)
            if sources[script.file] is source
        ]
        ignores += in_migration(source, inside)
    active = {rule.code for rule, _ in _active(levels, sight.provider)}
    kept = _at_level(_without_ignored(dict.fromkeys(found), ignores, active, schema=False), levels)
    rank = {source.name: number for number, source in enumerate(sources.values())}
    return tuple(sorted(kept, key=lambda item: _order(item, rank)))


def _place(source: Source, script: Script) -> tuple[int, int]:
    """Where a statement begins and ends in its file, without its semicolon."""
    line, _ = source.bounds(script.line)
    begin = max(source.text.find(script.sql, line), line)
    return begin, begin + len(script.sql)


def _active(levels: Levels, provider: str) -> Iterator[tuple[Rule, Severity]]:
    for rule in all_rules():
        severity = levels.get(rule.code, rule.severity)
        if severity is not None and provider in rule.providers:
            yield rule, severity


def _is_said(hit: MigrationHit, rule: Rule, said: Sequence[str]) -> bool:
    """Whether a comment of the file says the same: the kind of hazard, of what is named first."""
    about = _NAMED.search(hit.message)
    name = about.group() if about is not None else ""
    kinds = tuple(f"! {kind}:" for kind in rule.said_as)
    return bool(kinds) and any(line.startswith(kinds) and name in line for line in said)


def _line_from(source: Source, begin: int, end: int) -> Span:
    """From `begin` to the end of its line, or of the statement."""
    _, line_end = source.bounds(source.position(begin).line)
    return Span(source.name, begin, max(begin + 1, min(line_end, end)))


def _order(item: Finding, rank: Mapping[str, int]) -> tuple[int, int, str]:
    if item.span is None:
        return len(rank), 0, item.code
    return rank.get(item.span.file, len(rank)), item.span.start, item.code


def _at_level(found: Iterable[Finding], levels: Levels) -> Iterator[Finding]:
    """What is wrong with comments is as serious as the configuration says, too."""
    for item in found:
        severity = levels.get(item.code, item.severity)
        if severity is not None:
            yield replace(item, severity=severity)


def _without_ignored(
    found: Iterable[Finding], ignores: Sequence[Ignore], active: set[str], *, schema: bool
) -> Iterator[Finding]:
    """What is left of `found`, and what is wrong with the comments themselves."""
    used: set[tuple[Ignore, str]] = set()
    for finding in found:
        by = [item for item in ignores if finding.code in item.codes and _covers(item, finding)]
        used.update((item, finding.code) for item in by)
        if not any(item.reason for item in by):
            yield finding
    for item in ignores:
        yield from _faults(item, {code for one, code in used if one is item}, active, schema=schema)


def _covers(ignore: Ignore, finding: Finding) -> bool:
    span = finding.span
    if ignore.covers is None:
        return span is not None and span.file == ignore.span.file
    return span is not None and any(
        span.file == place.file and place.start <= span.start and span.start < place.end
        for place in ignore.covers
    )


def _faults(ignore: Ignore, used: set[str], active: set[str], *, schema: bool) -> Iterator[Finding]:
    fault = Finding(
        code=IGNORE_WITHOUT_REASON,
        severity=Severity.WARNING,
        message="this comment ignores nothing: it names no rule",
        help="write the rule and why: `okra:ignore OKR341 the table has ten rows`",
        span=ignore.span,
    )
    unknown = [code for code in ignore.codes if code not in RULES]
    if not ignore.codes:
        yield fault
    elif unknown:
        yield replace(
            fault,
            message=f"`{unknown[0]}` is no rule of `okra db:lint`",
            help="`okra explain` lists all codes",
        )
    elif not ignore.reason:
        yield replace(
            fault,
            message="this comment gives no reason, so it does not count",
            help=f"say why: `okra:ignore {ignore.codes[0]} the table has ten rows`",
        )
    for code in ignore.codes:
        stale = code in RULES and code in active and code not in used
        if stale and ignore.reason and _is_about(code, schema=schema):
            yield replace(
                fault,
                code=IGNORE_WITHOUT_USE,
                message=f"there is nothing here that `{code}` would find",
                help="take the comment out",
            )


def _is_about(code: str, *, schema: bool) -> bool:
    """Whether the rule looks at what the comment stands in."""
    found = next(rule for rule in all_rules() if rule.code == code)
    return (found.schema if schema else found.migration) is not None
