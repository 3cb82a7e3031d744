"""`okra dev`: on each save of the schema, the generated types and the local database follow."""

from __future__ import annotations

from okra.cli.options import Shared, okra_command


@okra_command(
    example="""\
okra dev
okra dev --env test
okra dev --url sqlite://scratch.db"""
)
def command(shared: Shared) -> int:
    """Watch the schema, and on each save validate it, generate the types and make the local database match it.

    Types are those of `okra models:generate`, where the configuration or okra.service.json says a language; they are
    written also when the database refuses the change, or can't be reached.

    Errors are shown where they are, and the next save is waited for. Nothing is asked: changes that would lose
    data are listed, and wait for `okra db:sync --force`. Ctrl-C ends it. Databases of the environment
    `production`, and of those that are protected, are refused.
    """  # fmt: skip
    from okra.cli.watching import watch
    from okra.declarative.sync import SyncOptions

    options = SyncOptions(yes=bool(shared.values.get("yes")))
    return watch(shared.out, shared.projects, options, types=True)
