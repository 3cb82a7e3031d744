"""`okra models:service`: begin a service's own schema from the models."""

from __future__ import annotations

import click

from okra.cli.options import Shared, okra_command
from okra.textfiles import shown


@okra_command(
    example="""\
okra models:service
okra models:service --out api/service.okra.gql"""
)
@click.option(
    "--out",
    metavar="FILE",
    default="service.okra.gql",
    help="The file to write; service.okra.gql if nothing is said.",
)
def command(shared: Shared, out: str) -> int:
    """Write a first schema of the service's interface: types, inputs and operations for every model.

    Once, on request: the file is yours then, and is never written again. It is GraphQL SDL with `service` blocks, which
    hold the operations. Enum values are called as in the models, and lists of many to many appear as lists of ids.
    Take out what nobody outside should see. Opens no database.
    """  # fmt: skip
    from okra.projects.serving import write_service

    path = write_service(shared.project(any_env=True), out)
    shared.out.say(f"Wrote {shown(path)}; it is yours: OKRA does not write it again.")
    shared.out.document({"written": shown(path)})
    return 0
