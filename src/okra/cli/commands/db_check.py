"""`okra db:check`: is the schema safe for code that was built against an earlier one?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from okra.cli.options import Shared, okra_command
from okra.cli.render import paint
from okra.compatibility.finding import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.cli.output import Output
    from okra.compatibility.finding import Finding
    from okra.projects.compatible import Checked

FOUND = 3

_STYLES = {Level.BREAKING: "red bold", Level.RISKY: "yellow bold", Level.SAFE: "green bold"}
_FAILING = {
    "breaking": (Level.BREAKING,),
    "risky": (Level.BREAKING, Level.RISKY),
    "never": (),
}


@okra_command(
    example="""\
okra db:check                                    # against the newest migration
okra db:check --against git:origin/main          # in CI: against the code that runs
okra db:check --against 20240120_143022 --fail-on risky
okra db:check --against old.okra.gql --json"""
)
@click.option(
    "--against",
    metavar="VERSION|git:REF|FILE",
    help="The schema that the code was built against; else that of the newest migration.",
)
@click.option(
    "--fail-on",
    type=click.Choice(list(_FAILING)),
    default="breaking",
    help="Exit with 3 if something is as bad as that; `breaking` if nothing is said.",
)
def command(shared: Shared, against: str | None, fail_on: str) -> int:
    """Tell what the schema means for code that was built against an earlier one.

    Every change is breaking (code that was right fails), risky (it depends on rows, or on what the code does) or
    safe: for statements that read, for statements that write, and for code that uses the generated types. Where
    there is a way that breaks nothing, it is named. Exits with 3 if something breaks.

    \b
    --against is one of
      VERSION       the schema of that migration
      git:REF       the schema files as they were at a commit, branch or tag
      git:REF:FILE  a schema file that had another name then
      FILE          a schema file

    Reads files alone, no database, and changes nothing.
    """  # noqa: D301  # fmt: skip - click knows `\b` as: do not wrap this paragraph
    from okra.projects.compatible import check_compatibility

    projects = shared.projects(any_env=True)
    found = [check_compatibility(project, against) for project in projects]
    names = [project.target.database for project in projects]
    for name, each in zip(names, found, strict=True):
        _show(shared.out, each, f"{name}: f" if len(found) > 1 else "F")
    several = [{"database": name, **_value(each)} for name, each in zip(names, found, strict=True)]
    shared.out.document({"databases": several} if len(found) > 1 else _value(found[0]))
    failing = _FAILING[fail_on]
    return FOUND if any(item.level in failing for each in found for item in each.findings) else 0


def _show(out: Output, found: Checked, start: str) -> None:
    out.say(
        f"{start}rom {found.against} to the schema ({', '.join(found.providers)}):", style="bold"
    )
    if not found.findings:
        out.say("Nothing changes for code that was built against it.")
        return
    for level in Level:
        findings = found.of(level)
        if findings:
            out.show("")
            out.show(str(level), paint=partial(paint, style=_STYLES[level]))
            _show_all(out, findings)
    out.show("")
    out.say(", ".join(f"{len(found.of(level))} {level}" for level in Level) + ".")


def _show_all(out: Output, findings: Sequence[Finding]) -> None:
    """Each change once, with all that it means below it."""
    changes: dict[tuple[str, str, tuple[str, ...]], list[Finding]] = {}
    for item in findings:
        changes.setdefault((item.subject, item.change, item.providers), []).append(item)
    for (subject, change, providers), meanings in changes.items():
        where = f" [{', '.join(providers)}]" if providers else ""
        out.show(f"  {subject}: {change}{where}")
        for item in meanings:
            out.show(f"      {', '.join(item.affects)}: {item.reason}")
        for instead in dict.fromkeys(item.instead for item in meanings if item.instead):
            out.show(f"      instead: {instead}")


def _value(found: Checked) -> dict[str, object]:
    return {
        "against": found.against,
        "providers": found.providers,
        **{str(level): len(found.of(level)) for level in Level},
        "findings": [
            {
                "level": item.level,
                "affects": item.affects,
                "subject": item.subject,
                "change": item.change,
                "reason": item.reason,
                "instead": item.instead or None,
                "providers": item.providers or found.providers,
            }
            for item in found.findings
        ],
    }
