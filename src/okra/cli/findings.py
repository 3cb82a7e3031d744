"""What rules found, in the form that somebody asks for: people, programs, GitHub, or whoever reads SARIF."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from okra.cli.render import counted
from okra.errors import Severity
from okra.migrations.events import EventKind
from okra.projects.levels import levels_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from okra.cli.output import Output
    from okra.cli.progress import Progress
    from okra.lint.rule import Finding
    from okra.migrations.events import Event
    from okra.projects.linting import Linted, Lookout
    from okra.projects.project import Project
    from okra.source import Source

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}

_SHOWN = 10


def summary(findings: Sequence[Finding]) -> str:
    """`3 findings: 1 error, 2 warnings.`"""
    if not findings:
        return "Nothing was found."
    return f"{counted(len(findings), 'finding')}: {_counts(findings)}."


def _counts(findings: Sequence[Finding]) -> str:
    errors = sum(1 for item in findings if item.severity is Severity.ERROR)
    parts = [counted(errors, "error")] if errors else []
    if len(findings) > errors:
        parts.append(counted(len(findings) - errors, "warning"))
    return ", ".join(parts)


def show_shortly(out: Output, findings: Sequence[Finding], about: str = "") -> None:
    """One line for each of the first few, and where to read on."""
    for item in findings[:_SHOWN]:
        out.warn(f"{about}{item.code}: {item.message}")
    if len(findings) > _SHOWN:
        out.warn(f"{about}and {counted(len(findings) - _SHOWN, 'more finding')}")
    if findings:
        out.hint(
            f"{about}`okra db:lint` shows the places, `okra explain {findings[0].code}` the safe way"
        )


class Linting:
    """Progress that also says what rules find in each migration that begins, in one line."""

    def __init__(self, out: Output, project: Project, progress: Progress) -> None:
        levels_of(project)
        self._out = out
        self._project = project
        self._progress = progress

    def __call__(self, event: Event) -> None:
        self._progress(event)
        if event.kind is EventKind.MIGRATION_STARTED:
            self.say(event.version)

    @cached_property
    def _lookout(self) -> Lookout:
        from okra.projects.linting import Lookout

        return Lookout(self._project)

    def say(self, version: str) -> None:
        """What is found in one migration; nothing where nothing is."""
        findings = self._lookout.findings(version)
        if findings:
            found = ", ".join(dict.fromkeys(one.code for one in findings))
            self._out.warn(f"`okra db:lint {version}` finds {_counts(findings)}: {found}")


def finding_value(item: Finding, sources: Mapping[str, Source]) -> dict[str, object]:
    """One finding for the JSON document; lines and columns start at 1."""
    from okra.lint import RULES, rule_of

    return {
        "code": item.code,
        "rule": rule_of(item.code).name if item.code in RULES else None,
        "severity": item.severity.value,
        "message": item.message,
        "help": item.help,
        "providers": item.providers,
        **_place(item, sources),
    }


def finding_values(linted: Linted) -> list[dict[str, object]]:
    """All findings for the JSON document."""
    sources = {source.name: source for source in linted.sources}
    return [finding_value(item, sources) for item in linted.findings]


def _place(item: Finding, sources: Mapping[str, Source]) -> dict[str, object]:
    if item.span is None or item.span.file not in sources:
        return {}
    source = sources[item.span.file]
    start, end = source.position(item.span.start), source.position(item.span.end)
    return {
        "file": item.span.file,
        "line": start.line,
        "column": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def github(findings: Sequence[Finding], sources: Mapping[str, Source], root: Path) -> str:
    """Workflow commands that GitHub shows beside the lines of a pull request.

    Source  GitHub Docs, "Workflow commands for GitHub Actions"
    """
    lines = []
    for item in findings:
        place = _place(item, sources)
        values = {
            "file": _below(str(place["file"]), root) if place else None,
            "line": place.get("line"),
            "col": place.get("column"),
            "endLine": place.get("endLine"),
            "endColumn": place.get("endColumn"),
            "title": item.code,
        }
        said = ",".join(f"{k}={_property(str(v))}" for k, v in values.items() if v is not None)
        text = _data(f"{item.message}\nhelp: {item.help}")
        lines.append(f"::{_LEVELS[item.severity]} {said}::{text}")
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif(
    findings: Sequence[Finding], sources: Mapping[str, Source], root: Path, version: str
) -> dict[str, object]:
    """A log that code scanning takes.

    Source  OASIS, Static Analysis Results Interchange Format (SARIF) 2.1.0
    """
    codes = sorted({item.code for item in findings})
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "okra",
                        "version": version,
                        "rules": [_sarif_rule(code) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    _sarif_result(item, sources, root, codes.index(item.code)) for item in findings
                ],
            }
        ],
    }


def _sarif_rule(code: str) -> dict[str, object]:
    from okra.lint import RULES, rule_of
    from okra.pages.lint import PAGES

    page = PAGES[code]
    found: dict[str, object] = {
        "id": code,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.text.strip()},
        "help": {"text": f"{page.text.strip()}\n\n{page.example or ''}".strip()},
    }
    if code in RULES:
        found["name"] = rule_of(code).name
        found["defaultConfiguration"] = {"level": _LEVELS[rule_of(code).severity]}
    return found


def _sarif_result(
    item: Finding, sources: Mapping[str, Source], root: Path, number: int
) -> dict[str, object]:
    place = _place(item, sources)
    found: dict[str, object] = {
        "ruleId": item.code,
        "ruleIndex": number,
        "level": _LEVELS[item.severity],
        "message": {"text": f"{item.message}\n{item.help}"},
    }
    if place:
        region = {
            "startLine": place["line"],
            "startColumn": place["column"],
            "endLine": place["endLine"],
            "endColumn": place["endColumn"],
        }
        address = _address(_below(str(place["file"]), root))
        location = {"artifactLocation": {"uri": address}, "region": region}
        found["locations"] = [{"physicalLocation": location}]
    return found


def _address(path: str) -> str:
    from urllib.parse import quote

    return quote(path)


def _below(file: str, root: Path) -> str:
    """The file's path from the top of the repository, as those who read it there know it."""
    whole = os.path.realpath(file)
    top = os.path.realpath(root)
    inside = whole.startswith(top.rstrip(os.sep) + os.sep)
    return os.path.relpath(whole, top).replace(os.sep, "/") if inside else file
