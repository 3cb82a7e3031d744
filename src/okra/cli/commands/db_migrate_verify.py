"""`okra db:migrate:verify`: prove migrations that were edited by hand, and seal them again."""

from __future__ import annotations

import click

from okra.cli.options import Shared, dev_url_option, okra_command
from okra.cli.progress import announce


@okra_command(
    example="""\
okra db:migrate:verify
okra db:migrate:verify 20240120_143022"""
)
@click.argument("version", required=False)
@dev_url_option()
def command(shared: Shared, version: str | None, dev_url: str | None) -> None:
    """Prove migrations again on a scratch database, and seal their files as they are now.

    Takes VERSION, else all that are not applied and were edited or never proven. An applied migration is
    never changed.
    """
    out = shared.out
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
