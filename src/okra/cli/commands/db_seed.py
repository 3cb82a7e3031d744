"""`okra db:seed`: rows for the database."""

from __future__ import annotations

import click

from okra.cli.options import Shared, confirm_database_option, okra_command
from okra.cli.progress import announce, database_value
from okra.cli.protected import is_named
from okra.cli.seeds import result_value, run_seeds, show_code
from okra.projects.seeding import check_any, find_seeds


@okra_command(
    example="""\
okra db:seed                 # seeds/, then seeds/local/
okra db:seed --env staging   # seeds/, then seeds/staging/"""
)
@confirm_database_option("changing rows of this protected database")
@click.option(
    "--allow-code", is_flag=True, help="Let seeds of Python run in a protected environment."
)
def command(shared: Shared, confirm_database: str | None, allow_code: bool) -> int:
    """Write the rows of the files in seeds/ and in seeds/ENVIRONMENT/, in name order.

    Files of JSON, CSV and YAML hold rows under the names of models and fields; a row that is there already, by
    its primary or a unique key, is brought up to date, so that seeding twice changes nothing. SQL runs as it
    stands; Python runs only where the configuration names it. All of it is one transaction: when anything is
    wrong, nothing is written.
    """  # fmt: skip
    out = shared.out
    project = shared.project()
    found = find_seeds(project)
    check_any(project, found)
    announce(out, project)
    out.warn_all(found.ignored)
    show_code(out, found)
    if project.target.protected and not is_named(
        shared, project, confirm_database, why=", and seeds would change its rows"
    ):
        out.say("Nothing was changed.")
        return 1
    result = run_seeds(out, project, found, allow_code=allow_code)
    out.document(database_value(project) | result_value(result))
    return 0
