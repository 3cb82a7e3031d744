"""The table of commands, and the one place where errors become screens and exit codes."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import click
from click.shell_completion import CompletionItem

from okra import __version__
from okra.cli.options import Shared, shared_options, write_example, write_options
from okra.cli.output import Output, lead_nowhere

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE = 0
FAILED = 1
USAGE = 2
INTERRUPTED = 130
WIDTH = 100


class Entry(NamedTuple):
    """Where a command is, and what it does in one line: `--help` shows that without loading it."""

    module: str
    help: str


COMMANDS = {
    "db:init": Entry("db_init", "Set up a project: configuration, first schema, migrations folder."),
    "db:validate": Entry("db_validate", "Check the schema files."),
    "db:sync": Entry("db_sync", "Make the database what the schema says."),
    "db:diff": Entry("db_diff", "Compare schema files, a migration or a live database."),
    "db:pull": Entry("db_pull", "Write the schema of a live database."),
    "db:reset": Entry("db_reset", "Drop what OKRA manages, make it anew, and seed it."),
    "db:seed": Entry("db_seed", "Write rows from files of data, SQL and Python."),
    "db:lint": Entry("db_lint", "Find what is dangerous or doubtful in the schema and in migrations."),
    "db:check": Entry("db_check", "Tell whether the schema is safe for code that was built against an earlier one."),
    "db:migrate:generate": Entry("db_migrate_generate", "Write the migration that the schema needs."),
    "db:migrate:init-from-schema": Entry("db_migrate_init_from_schema", "Begin with migrations: from declarative to versioned."),
    "db:migrate:up": Entry("db_migrate_up", "Apply the pending migrations."),
    "db:migrate:down": Entry("db_migrate_down", "Take migrations back."),
    "db:migrate:status": Entry("db_migrate_status", "Show what is applied and what is pending."),
    "db:migrate:rebase": Entry("db_migrate_rebase", "Make one side of a fork anew on top of the other."),
    "db:migrate:squash": Entry("db_migrate_squash", "Make the oldest migrations one."),
    "db:migrate:verify": Entry("db_migrate_verify", "Prove the migrations again."),
    "db:migrate:test": Entry("db_migrate_test", "Run migrations up, down and up again with rows, on a dev database."),
    "db:migrate:dry-run": Entry("db_migrate_dry_run", "Show what `up` or `down` would do, with locks, rows and times."),
    "db:migrate:purge": Entry("db_migrate_purge", "Drop for good what migrations have dropped and kept aside."),
    "db:migrate:resolve": Entry("db_migrate_resolve", "Correct the history after something went wrong."),
    "db:migrate:repair": Entry("db_migrate_repair", "Mend what keeps migrations from going on."),
    "db:migrate:export": Entry("db_migrate_export", "Write the migrations in the form of another tool."),
    "models:generate": Entry("models_generate", "Write types for Go, TypeScript and Python."),
    "models:service": Entry("models_service", "Begin the service's own schema from the models, once."),
    "build": Entry("build", "Validate, generate types, and write the service's bundle."),
    "dev": Entry("dev", "Sync the local database on each save of the schema, and its types."),
    "fmt": Entry("fmt", "Format schema files."),
    "explain": Entry("explain", "Explain an error code."),
    "completion": Entry("completion", "Print the completion script of a shell."),
}  # fmt: skip

EXAMPLE = """\
okra db:init                 # a configuration and a first schema
okra db:migrate:generate     # after each change of the schema
okra db:migrate:up           # apply what is pending
"""


class Okra(click.Group):
    """The commands below `prefix`; `db:migrate:up` and `db migrate up` are the same command."""

    def __init__(self, prefix: str = "") -> None:
        version = click.Option(
            ["-V", "--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_print_version,
            help="Print the version.",
        )
        about = "Database models written once, migrations that are proven before they are written."
        super().__init__(
            name=prefix or "okra",
            params=shared_options([] if prefix else [version]),
            help=f"The commands of `{prefix}`." if prefix else about,
            subcommand_metavar="COMMAND",
        )
        self._prefix = f"{prefix}:" if prefix else ""

    def invoke(self, ctx: click.Context) -> Any:
        ctx.obj.take(ctx.params)
        return super().invoke(ctx)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return [
            name.removeprefix(self._prefix) for name in COMMANDS if name.startswith(self._prefix)
        ]

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = self._prefix + cmd_name
        entry = COMMANDS.get(name)
        if entry is not None:
            module = import_module(f"okra.cli.commands.{entry.module}")
            found = cast("click.Command", module.command)
            found.name = cmd_name
            return found
        if any(known.startswith(f"{name}:") for known in COMMANDS):
            return Okra(name)
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        found = self.get_command(ctx, args[0])
        if found is None and not ctx.resilient_parsing:
            raise _unknown_command(self._prefix, args)
        return args[0], found, args[1:]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, entry.help)
                    for name, entry in COMMANDS.items()
                    if name.startswith(self._prefix)
                ]
            )
        write_options(self, ctx, formatter)

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if not self._prefix:
            write_example(EXAMPLE, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands come from the table: none is loaded to complete its name."""
        if incomplete[:1] in {"-", "/"}:
            return super(click.Group, self).shell_complete(ctx, incomplete)
        wanted = self._prefix + incomplete
        return [
            CompletionItem(name.removeprefix(self._prefix), help=entry.help)
            for name, entry in COMMANDS.items()
            if name.startswith(wanted)
        ]


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"okra {__version__}")
        ctx.exit()


def _unknown_command(prefix: str, args: list[str]) -> Exception:
    from okra.errors import UsageError
    from okra.nearest import nearest

    words = [word for word in args[:3] if not word.startswith("-")]
    typed = prefix + ":".join(words)
    last_words = {name.rpartition(":")[2]: name for name in reversed(COMMANDS)}
    last = last_words.get(nearest(args[0], last_words) or "")
    near = (
        (last if ":" not in typed else None)  # `genrate` is the first `…:generate`
        or nearest(typed, COMMANDS)
        or nearest(prefix + args[0], COMMANDS)
        or last
    )
    return UsageError(
        f"there is no command `{(prefix + args[0]).replace(':', ' ') if prefix else args[0]}`",
        code="OKR602",
        help=f"did you mean `okra {near}`?" if near else "`okra --help` lists the commands",
    )


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code. Nothing but the code comes out of here."""
    out = Output.of(arguments, os.environ)
    try:
        return _invoke(arguments, out)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        out.error(error.format_message())
        return USAGE
    except (KeyboardInterrupt, click.Abort) as error:
        out.interrupted(*error.args)
        return INTERRUPTED
    except BrokenPipeError:  # the help or the version, which click writes, was not read to its end
        lead_nowhere(sys.stdout)
        return DONE
    except Exception as error:  # noqa: BLE001 - the last resort: one screen, whatever happened
        from okra.cli.failures import report

        return report(error, out)


def _invoke(arguments: Sequence[str], out: Output) -> int:
    root = Okra()
    with root.make_context(
        "okra", list(arguments), obj=Shared(out), max_content_width=WIDTH
    ) as context:
        code = root.invoke(context)
    return code if isinstance(code, int) else DONE
