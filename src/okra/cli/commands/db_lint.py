"""`okra db:lint`: what is dangerous or doubtful in the schema and in migrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okra.cli.findings import finding_value, github, sarif, summary
from okra.cli.options import Shared, okra_command
from okra.errors import Severity, UsageError
from okra.projects.linting import Which, lint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from okra.lint.rule import Finding
    from okra.projects.linting import Chosen, Linted
    from okra.source import Source

FOUND = 3


@okra_command(
    example="""\
okra db:lint                                     # the schema, and what is pending
okra db:lint --newest 1 --fail-on warning        # in CI, without a database
okra db:lint 20240120_143022 --format github
okra db:lint --all --format sarif > okra.sarif"""
)
@click.argument("versions", metavar="[VERSION]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Look at every migration.")
@click.option(
    "--newest", type=click.IntRange(min=1), metavar="N", help="Look at the N newest migrations."
)
@click.option("--no-migrations", is_flag=True, help="Look at the schema alone.")
@click.option(
    "--fail-on",
    type=click.Choice(["warning", "error"]),
    help="Exit with 3 if something as serious as that is found.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    help="For people, programs, annotations on GitHub, or code scanning.",
)
def command(
    shared: Shared,
    versions: tuple[str, ...],
    every: bool,
    newest: int | None,
    no_migrations: bool,
    fail_on: str | None,
    form: str,
) -> int:
    """Find what is dangerous or doubtful: in the schema, and in migrations that are not applied yet.

    Statements that lose rows, keep others waiting, fail on rows that are there or break code that runs; keys
    without an index, indexes that do nothing, names, types that are too small. `okra explain CODE` shows each
    rule with its safe way. The configuration sets rules (`"lint": {"rules": {"OKR346": "off"}}`), and a comment
    at the place says that one was looked at: `# okra:ignore OKR341 reason` in a schema, `-- okra:ignore OKR310
    reason` above a statement. Changes nothing.
    """  # fmt: skip
    chosen = _chosen(versions, every, newest, no_migrations)
    projects = shared.projects(any_env=chosen is not Which.PENDING)
    found = [lint(project, chosen) for project in projects]
    for item in found:
        shared.out.warn_all(item.notes)
    findings = tuple(dict.fromkeys(finding for item in found for finding in item.findings))
    sources = {source.name: source for item in found for source in item.sources}
    _show(shared, form, findings, sources, found, projects[0].settings.folder)
    serious = {"warning": tuple(Severity), "error": (Severity.ERROR,), None: ()}[fail_on]
    return FOUND if any(item.severity in serious for item in findings) else 0


def _chosen(
    versions: tuple[str, ...], every: bool, newest: int | None, no_migrations: bool
) -> Chosen:
    given = [bool(versions), every, newest is not None, no_migrations]
    if sum(given) > 1:
        raise UsageError(
            "more than one of VERSION, `--all`, `--newest` and `--no-migrations` was given",
            code="OKR355",
            help="leave all but one of them out",
        )
    if versions:
        return versions
    if every:
        return Which.ALL
    if newest is not None:
        return newest
    return Which.NONE if no_migrations else Which.PENDING


def _show(
    shared: Shared,
    form: str,
    findings: Sequence[Finding],
    sources: dict[str, Source],
    found: Sequence[Linted],
    folder: Path,
) -> None:
    out = shared.out
    folders = [name for item in found for name in item.migrations]
    document = {
        "findings": [finding_value(item, sources) for item in findings],
        "errors": sum(1 for item in findings if item.severity is Severity.ERROR),
        "warnings": sum(1 for item in findings if item.severity is Severity.WARNING),
        "migrations": folders,
        "notes": [note for item in found for note in item.notes],
    }
    match form:
        case "json":
            out.show(_json(document))
        case "github":
            text = github(findings, sources, _root(folder))
            if text:
                out.show(text)
        case "sarif":
            from okra import __version__

            out.show(_json(sarif(findings, sources, _root(folder), __version__)))
        case _:
            for item in findings:
                out.show(item.draw(sources) + "\n", paint=_painted)
            out.say(f"{summary(findings)} Looked at the schema{_and_migrations(len(folders))}.")
    out.document(document)


def _and_migrations(count: int) -> str:
    return f" and {count} migration{'' if count == 1 else 's'}" if count else ""


def _painted(text: str) -> str:
    from okra.cli.render import paint_error

    return paint_error(text)


def _root(folder: Path) -> Path:
    from okra.configuration.settings import project_root

    return project_root(folder)


def _json(value: object) -> str:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
