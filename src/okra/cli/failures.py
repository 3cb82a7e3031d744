"""What is shown when a command fails: one screen, or one JSON document, and the exit code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from okra.errors import (
    ConfigError,
    Diagnostic,
    OkraError,
    SchemaError,
    StatementFailed,
    UsageError,
)
from okra.url import redact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from okra.cli.output import Output
    from okra.source import Source


def report(error: Exception, out: Output) -> int:
    """Show `error`; returns the exit code."""
    if out.debug:
        out.error(_traceback(error))
    shown = as_okra_error(error)
    out.error(redact(shown.render()))
    try:
        out.document({"error": error_value(shown)})
    except OSError as full:
        out.error(redact(as_okra_error(full).render()))
    return shown.exit_code


def as_okra_error(error: Exception) -> OkraError:
    """`error` as one of ours."""
    if isinstance(error, OkraError):
        return error
    if isinstance(error, click.ClickException):
        return _usage(error)
    if isinstance(error, OSError) and error.errno is not None:
        return _system(error)
    return OkraError(
        f"OKRA failed in a way that it should not: `{type(error).__name__}`",
        code="OKR699",
        place=_innermost(error.__traceback__),
        help="run it again with `--debug` and report what it prints\n"
        "nothing was left half done: `okra db:migrate:status` shows where things stand",
    )


def _usage(error: click.ClickException) -> UsageError:
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx is not None else "okra"
    message = re.sub(r"'([^'\s]+)'", r"`\1`", error.format_message().strip().rstrip("."))
    help_text = f"`{path} --help` shows what it takes"
    if isinstance(error, click.NoSuchOption):
        message = f"`{path}` has no option `{error.option_name}`"
        if error.possibilities:
            help_text = f"did you mean `{error.possibilities[0]}`?"
    return UsageError(message[:1].lower() + message[1:], code="OKR601", help=help_text)


def _system(error: OSError) -> OkraError:
    reason = (error.strerror or type(error).__name__).lower()
    name = error.filename if isinstance(error.filename, str) else None
    return OkraError(
        f"`{name}` can't be used: {reason}" if name else f"the system refused: {reason}",
        code="OKR615",
        help="look at the name, its permissions and the space on the disk, then run the command again",
    )


def _innermost(trace: TracebackType | None) -> str | None:
    """The last place in OKRA's own code, without any value."""
    place = None
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.partition(".")[0] == "okra":
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _traceback(error: Exception) -> str:
    """The traceback without local variables, and without passwords."""
    import traceback

    lines = traceback.TracebackException.from_exception(error, capture_locals=False).format()
    return redact("".join(lines).rstrip("\n"))


def error_value(error: OkraError) -> dict[str, object]:
    """`error` for the JSON document."""
    value: dict[str, object] = {
        "code": error.code,
        "message": redact(error.message),
        "place": error.place,
        "help": error.help,
    }
    if isinstance(error, (SchemaError, ConfigError)):
        value["diagnostics"] = [diagnostic_value(item, error.sources) for item in error.diagnostics]
    if isinstance(error, StatementFailed):
        value["statement"] = redact(error.statement)
        value["index"] = error.index
        value["serverError"] = redact(error.server_error)
    return value


def diagnostic_value(item: Diagnostic, sources: Mapping[str, Source]) -> dict[str, object]:
    """One diagnostic for the JSON document; lines and columns start at 1."""
    value: dict[str, object] = {
        "code": item.code,
        "severity": item.severity.value,
        "message": item.message,
        "help": item.help,
    }
    if item.span is not None:
        value["file"] = item.span.file
        source = sources.get(item.span.file)
        if source is not None:
            start, end = source.position(item.span.start), source.position(item.span.end)
            value |= {"line": start.line, "column": start.column}
            value |= {"endLine": end.line, "endColumn": end.column}
    return value
