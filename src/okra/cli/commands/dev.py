"""`okra dev`: on each save of the schema, the local database follows."""

from __future__ import annotations

from okra.cli.options import Shared, okra_command


@okra_command(
    example="""\
okra dev
okra dev --env test
okra dev --url sqlite://scratch.db"""
)
def command(shared: Shared) -> int:
    """Watch the schema, and on each save validate it and make the local database match it.

    Errors are shown where they are, and the next save is waited for. Nothing is asked: changes that would lose
    data are listed, and wait for `okra db:sync --force`. Ctrl-C ends it. Databases of the environment
    `production`, and of those that are protected, are refused.
    """  # fmt: skip
    from okra.cli.watching import watch
    from okra.declarative.sync import SyncOptions

    return watch(shared.out, shared.projects, SyncOptions(yes=bool(shared.values.get("yes"))))
