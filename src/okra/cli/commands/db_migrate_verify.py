"""`okra db:migrate:verify`: prove migrations that were edited by hand, and seal them again."""

from __future__ import annotations

import click

from okra.cli.options import Shared, dev_url_option, okra_command
from okra.cli.progress import announce
from okra.cli.render import counted
from okra.errors import OkraError, UsageError
from okra.projects.branching import check_files

FOUND = 3


@okra_command(
    example="""\
okra db:migrate:verify
okra db:migrate:verify 20240120_143022
okra db:migrate:verify --check    # in CI: exit code 3 if the files do not fit together"""
)
@click.argument("version", required=False)
@click.option(
    "--check",
    is_flag=True,
    help="Prove nothing and open no database; exit with 3 if the files do not fit together.",
)
@dev_url_option()
def command(shared: Shared, version: str | None, check: bool, dev_url: str | None) -> int:
    """Prove migrations again on a scratch database, and seal their files as they are now.

    Takes VERSION, else all that are not applied and were edited or never proven. An applied migration is
    never changed. With --check it looks at the files alone: two branches that were merged, files that were
    edited, are missing or can't be read.
    """
    out = shared.out
    if check:
        return _check(shared, version)
    project = shared.project(dev_url)
    announce(out, project)
    result = project.verify(version)
    for message in result.messages:
        out.say(message)
    out.warn_all(result.warnings)
    for folder in result.verified:
        out.say(f"Proven and sealed: {folder}", style="green")
    if not result.verified:
        out.say("Nothing to do: everything that is not applied is proven, and as it was written.")
    out.document(result)
    return 0


def _check(shared: Shared, version: str | None) -> int:
    out = shared.out
    if version is not None:
        raise UsageError(
            "`--check` looks at all migrations: it takes no version",
            code="OKR601",
            help="leave one of both out",
        )
    found = check_files(shared.project(any_env=True))
    for each in found:
        for problem in each.problems:
            error = OkraError(
                problem.message, code=problem.code, place=problem.place, help=problem.help
            )
            out.error(error.render())
        out.warn_all(each.notes)
        if not each.problems:
            out.say(
                f"{each.provider}: {counted(each.migrations, 'migration')}, and all fits together."
            )
    out.document({"checked": found})
    return FOUND if any(each.problems for each in found) else 0
