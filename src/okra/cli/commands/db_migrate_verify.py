"""`okra db:migrate:verify`: prove migrations that were edited by hand, and seal them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from okra.cli.drift import difference_value, show_tree
from okra.cli.options import Shared, dev_url_option, okra_command
from okra.cli.progress import announce, duration
from okra.cli.render import counted
from okra.errors import OkraError, UsageError
from okra.projects.branching import check_files, edited_elsewhere

if TYPE_CHECKING:
    from okra.cli.output import Output
    from okra.migrations.replay import Gap, Replayed, Step

FOUND = 3


@okra_command(
    example="""\
okra db:migrate:verify
okra db:migrate:verify 20240120_143022
okra db:migrate:verify --check    # in CI: exit code 3 if the files do not fit together
okra db:migrate:verify --all      # in CI: the whole history, from nothing to now and back"""
)
@click.argument("version", required=False)
@click.option(
    "--check",
    is_flag=True,
    help="Prove nothing and open no database; exit with 3 if the files do not fit together.",
)
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="Run the whole history on a scratch database, up, down and up again; exit with 1 if it leads elsewhere.",
)
@dev_url_option()
def command(
    shared: Shared, version: str | None, check: bool, every: bool, dev_url: str | None
) -> int:
    """Prove migrations again on a scratch database, and seal their files as they are now.

    Takes VERSION, else all that are not applied and were edited or never proven: those for the provider of the
    environment at hand. An applied migration is never changed. With --check it looks at the files alone: two branches that were merged, files that were
    edited, are missing or can't be read. With --all every migration is run, from an empty database on, and after
    each of them the database is compared with its schema.json; nothing is sealed. Neither asks your database.
    """
    out = shared.out
    if check or every:
        _refuse_more(version, both=check and every)
        return _check(shared) if check else _replay(shared, dev_url)
    project = shared.project(dev_url)
    announce(out, project)
    result = project.verify(version)
    result = replace(result, warnings=(*result.warnings, *edited_elsewhere(project)))
    for message in result.messages:
        out.say(message)
    out.warn_all(result.warnings)
    for folder in result.verified:
        out.say(f"Proven and sealed: {folder}", style="green")
    if not result.verified:
        out.say("Nothing to do: everything that is not applied is proven, and as it was written.")
    out.document(result)
    return 0


def _refuse_more(version: str | None, *, both: bool) -> None:
    """Nothing, if only one of `--check` and `--all` is given, and no version."""
    if version is not None or both:
        raise UsageError(
            "`--check` and `--all` can't be given together"
            if both
            else "`--check` and `--all` look at all migrations: they take no version",
            code="OKR601",
            help="leave one of both out",
        )


def _check(shared: Shared) -> int:
    out = shared.out
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


def _replay(shared: Shared, dev_url: str | None) -> int:
    from okra.projects.replaying import replay_all

    out = shared.out
    project = shared.project(dev_url, any_env=True)
    several = len(project.providers) > 1
    done = []
    for each in replay_all(
        project, lambda provider, step: _step(out, provider if several else "", step)
    ):
        done.append(each)
        out.warn_all(each.warnings)
        if each.gap is not None:
            _show_gap(out, each.gap)
        else:
            out.say(_told(each), style="green")
    out.document({"replayed": [_value(each) for each in done]})
    return 1 if any(each.gap for each in done) else 0


def _step(out: Output, provider: str, step: Step) -> None:
    width = len(str(step.total))
    head = f"{provider} " if provider else ""
    out.say(
        f"  {head}{step.way.value:<8} {step.number:>{width}}/{step.total} {step.folder}"
        f"{duration(step.duration_ms)}"
    )


def _told(found: Replayed) -> str:
    if not found.migrations:
        return f"{found.provider}: there are no migrations."
    back = "up, down and up again"
    if found.reverted < found.migrations:
        back = f"up, and {found.reverted} of them down and up again"
    return (
        f"{found.provider}: {counted(found.migrations, 'migration')} {back}: "
        "each leads to what its schema.json says."
    )


def _show_gap(out: Output, gap: Gap) -> None:
    out.say(f"After {gap.folder} {gap.way.value} the database is not what {gap.expected} says:")
    show_tree(out, gap.differences)
    error = OkraError(
        f"`{gap.folder}` does not lead to what its history says",
        code="OKR428",
        place=gap.place,
        help="if it is applied nowhere, mend the file and run `okra db:migrate:verify`;\n"
        "else take its files back from version control",
    )
    out.error(error.render())


def _value(found: Replayed) -> dict[str, object]:
    """One provider for the JSON document."""
    gap = found.gap
    return {
        "provider": found.provider,
        "migrations": found.migrations,
        "reverted": found.reverted,
        "warnings": found.warnings,
        "gap": None
        if gap is None
        else {
            "migration": gap.folder,
            "way": gap.way.value,
            "expected": gap.expected,
            "file": gap.place,
            "differences": [difference_value(each) for each in gap.differences],
        },
    }
