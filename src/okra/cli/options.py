"""The flags that every command has, and the command class that adds them."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from okra.cli.ask import Ask
    from okra.cli.output import Output
    from okra.projects.project import Project


class Shared:
    """What the shared flags of one run say, and what a command needs of the world because of them."""

    def __init__(self, out: Output) -> None:
        self.out = out
        self.values: dict[str, Any] = {}

    @cached_property
    def ask(self) -> Ask:
        """The person at the terminal."""
        from okra.cli.ask import Ask

        return Ask(self.out, yes=bool(self.values.get("yes")))

    @property
    def url(self) -> str | None:
        return self.values.get("url")

    @property
    def provider(self) -> str | None:
        return self.values.get("provider")

    @property
    def schemas(self) -> tuple[str, ...]:
        return self.values.get("schema") or ()

    def project(self, dev_url: str | None = None, *, any_env: bool = False) -> Project:
        """The project that the flags and the configuration describe.

        dev_url  what the flag `--dev-url` of a command that proves migrations says
        any_env  the command opens no database: where nobody names an environment, any will do
        """
        from okra.projects.library import load

        found = load(
            self.values.get("config"),
            env=self.values.get("env"),
            database=self.values.get("database"),
            url=self.url,
            dev_url=dev_url,
            provider=self.provider,
            schemas=self.schemas,
            environ=os.environ,
            any_env=any_env,
        )
        if self.url is not None and "${" not in self.url and found.url.password:
            self.out.warn(
                "everybody on this machine can read the password in `--url` while this runs: put the URL "
                "into the environment or `.env`, and name it: `--url '${DATABASE_URL}'`"
            )
        return found

    def projects(self, dev_url: str | None = None, *, any_env: bool = False) -> tuple[Project, ...]:
        """Every database of the configuration, or the one that a flag is about; the rest as in `project`."""
        from okra.projects.library import load_all

        if any(self.values.get(flag) for flag in ("database", "url", "provider", "schema")):
            return (self.project(dev_url, any_env=any_env),)
        return load_all(
            self.values.get("config"),
            env=self.values.get("env"),
            dev_url=dev_url,
            environ=os.environ,
            any_env=any_env,
        )

    def take_bundled(self) -> str | None:
        """What `--database` says of a bundle: without a configuration nothing else has databases with names."""
        from pathlib import Path

        from okra.configuration.settings import find_config

        if self.values.get("config") is not None or find_config(Path.cwd()) is not None:
            return None
        name: str | None = self.values.pop("database", None)
        return name

    def take(self, values: dict[str, Any]) -> None:
        """Take shared flags out of `values`; what a command says wins over what stands before it."""
        for option in _SHARED:
            value = values.pop(option, None)
            if value not in (None, (), False):
                self.values[option] = value
        self.out.environment = self.values.get("env")


_SHARED = (
    "config",
    "env",
    "database",
    "url",
    "provider",
    "schema",
    "json_",
    "quiet",
    "no_color",
    "yes",
    "debug",
)


def _shared_options() -> list[click.Parameter]:
    return [
        click.Option(["--config"], metavar="FILE", help="The configuration; else the nearest okra.config.json."),
        click.Option(["--env"], metavar="NAME", help="The environment; else OKRA_ENV, else `local`."),
        click.Option(["--database"], metavar="NAME", help="The database, where there are several."),
        click.Option(["--url"], metavar="URL", help="This database instead of the configured one."),
        click.Option(["--provider"], metavar="NAME", help="Its provider: sqlite, postgres or mysql."),
        click.Option(["--schema"], metavar="FILE", multiple=True, help="These schema files instead of the configured ones; may be repeated."),
        click.Option(["--json", "json_"], is_flag=True, help="One JSON document on standard output, messages on standard error."),
        click.Option(["-q", "--quiet"], is_flag=True, help="No messages but warnings and errors."),
        click.Option(["--no-color", "no_color"], is_flag=True, help="No colours; NO_COLOR does the same."),
        click.Option(["-y", "--yes"], is_flag=True, help="Answer every confirmation with yes."),
        click.Option(["--debug"], is_flag=True, help="Show the traceback of an error."),
    ]  # fmt: skip


class OkraCommand(click.Command):
    """A command with the shared flags, and an example in its help."""

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example
        self.params.extend(_shared_options())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The same; an error knows whose arguments they are, also where click does not say it."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def invoke(self, ctx: click.Context) -> Any:
        ctx.obj.take(ctx.params)
        return super().invoke(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_options(self, ctx, formatter)

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_example(self.example, formatter)


def dev_url_option() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--dev-url`, for commands that prove migrations."""
    return click.option(
        "--dev-url",
        metavar="URL",
        help="Prove on this server, in scratch databases; else on one that OKRA starts by itself.",
    )


def okra_command(*, example: str) -> Callable[[Callable[..., int | None]], OkraCommand]:
    """Make a function that takes `Shared` first a command; its docstring is the help text."""

    def decorate(function: Callable[..., int | None]) -> OkraCommand:
        return click.command(cls=OkraCommand, example=example)(click.pass_obj(function))

    return decorate


allow_option = click.option(
    "--allow",
    type=click.Choice(["blocking"]),
    multiple=True,
    help="Go on although others are kept from tables that have rows.",
)


def confirm_database_option(what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--confirm-database`; whoever gives it agrees to `what`."""
    return click.option("--confirm-database", metavar="NAME", help=f"Agree to {what}.")


confirm_option = confirm_database_option("losing data of this protected database")


def write_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """The command's own options first, then the shared ones."""
    own: list[tuple[str, str]] = []
    shared: list[tuple[str, str]] = []
    options = [item for item in command.get_params(ctx) if isinstance(item, click.Option)]
    for parameter in options:
        record = parameter.get_help_record(ctx)
        if record is not None:
            (shared if parameter.name in _SHARED else own).append(record)
    for title, records in (("Options", own), ("Shared options", shared)):
        if records:
            with formatter.section(title):
                formatter.write_dl(records)


def write_example(example: str, formatter: click.HelpFormatter) -> None:
    """An example, as it would be typed."""
    if example:
        formatter.write_paragraph()
        formatter.write("Example:\n")
        for line in example.strip().split("\n"):
            formatter.write(f"  {line}\n" if line else "\n")


def shared_options(function_options: Sequence[click.Parameter]) -> list[click.Parameter]:
    """`function_options` and the shared ones, for a group."""
    return [*function_options, *_shared_options()]
