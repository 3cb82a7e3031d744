"""`okra db:validate`: everything that is wrong in the schema files, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okra.cli.failures import diagnostic_value, error_value
from okra.cli.options import Shared, okra_command
from okra.cli.render import counted
from okra.errors import draw
from okra.projects.reaching import reach
from okra.projects.several import validate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.errors import OkraError
    from okra.projects.reaching import Reached
    from okra.projects.several import Validated


@okra_command(
    example="""\
okra db:validate --schema models/blog.okra.gql
okra db:validate --connect --env production"""
)
@click.option(
    "--connect",
    is_flag=True,
    help="Ask each database of the chosen environment whether migrations could run there. Changes nothing.",
)
def command(shared: Shared, connect: bool) -> int:
    """Check the schema files: syntax, meaning, and what the configured providers can hold.

    Shows every error of every file of every database in one run. Needs no database, but for `--connect`:
    that says whether each one can be reached, which server answers, whether the user may make tables,
    and what the schema needs that this server has not.
    """  # fmt: skip
    projects = shared.projects(any_env=not connect)
    found = validate(projects)
    _show_warnings(shared, found)
    for item in found:
        _show(shared, item, several=len(found) > 1)
    errors = [item.error for item in found if item.error is not None]
    reached = reach(projects) if connect else ()
    for one in reached:
        _show_reached(shared, one, several=len(found) > 1)
    errors += [one.error for one in reached if one.error is not None]
    connections = {"connections": [_connection(one) for one in reached]} if connect else {}
    if len(found) == 1 and not reached:
        if errors:
            raise errors[0]
        shared.out.document(_value(found[0], several=False))
        return 0
    _show_errors(shared, errors)
    document: dict[str, object] = {
        "valid": all(item.error is None for item in found),
        "databases": [_value(one, several=len(found) > 1) for one in found],
    } | connections
    if errors:
        document["error"] = error_value(errors[0])
    shared.out.document(document)
    return errors[0].exit_code if errors else 0


def _show_warnings(shared: Shared, found: Sequence[Validated]) -> None:
    """The warnings of all files; databases may share a file, and it is said once."""
    drawn = [
        draw(warning, {source.name: source for source in item.project.sources})
        for item in found
        for warning in item.warnings
    ]
    for text in dict.fromkeys(drawn):
        shared.out.error(text)


def _show(shared: Shared, item: Validated, *, several: bool) -> None:
    about = f"{item.project.target.database}: " if several else ""
    shared.out.warn_all(f"{about}{text}" for text in item.imitated)
    start = f"{about}the" if several else "The"
    if item.definition is not None:
        models, enums = len(item.definition.models), len(item.definition.enums)
        shared.out.say(
            f"{start} schema is valid: {counted(models, 'model')}, {counted(enums, 'enum')}."
        )
    elif several:
        shared.out.say(f"{start} schema is not valid.")


def _show_reached(shared: Shared, one: Reached, *, several: bool) -> None:
    about = f"{one.project.target.database}: " if several else ""
    shared.out.warn_all(f"{about}{text}" for text in one.warnings)
    if one.error is not None:
        return
    start = f"{about}{one.url}"
    if one.server is None:
        shared.out.say(f"{start}: {'; '.join(one.notes)}.")
    else:
        who = f", as `{one.user}`" if one.user else ""
        shared.out.say(f"{start}: {one.server} answers{who}, and migrations can run there.")


def _connection(one: Reached) -> dict[str, object]:
    value: dict[str, object] = {
        "database": one.project.target.database,
        "environment": one.project.target.environment,
        "provider": one.project.target.provider,
        "url": one.url,
        "ok": one.error is None,
        "server": one.server,
        "user": one.user,
        "notes": one.notes,
        "warnings": one.warnings,
    }
    return value if one.error is None else value | {"error": error_value(one.error)}


def _show_errors(shared: Shared, errors: Sequence[OkraError]) -> None:
    for screen in dict.fromkeys(error.render() for error in errors):
        shared.out.error(screen)


def _value(item: Validated, *, several: bool) -> dict[str, object]:
    value: dict[str, object] = {"database": item.project.target.database} if several else {}
    value["valid"] = item.error is None
    if item.error is not None:
        value["error"] = error_value(item.error)
    if item.definition is None:
        return value
    sources = {source.name: source for source in item.project.sources}
    return value | {
        "files": list(sources),
        "models": len(item.definition.models),
        "enums": len(item.definition.enums),
        "warnings": [
            *(diagnostic_value(warning, sources) for warning in item.warnings),
            *({"message": text} for text in item.imitated),
        ],
    }
