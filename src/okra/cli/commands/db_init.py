"""`okra db:init`: the files that a project begins with."""

from __future__ import annotations

import os
from pathlib import Path

from okra.cli.options import Shared, okra_command
from okra.configuration.config import DEFAULT_SQLITE_URL
from okra.configuration.settings import Variables
from okra.dialects import dialect
from okra.errors import UsageError
from okra.projects.scaffold import SCHEMA_NAME, scaffold
from okra.textfiles import shown
from okra.url import DatabaseUrl


@okra_command(
    example="""\
okra db:init
okra db:init --url sqlite://shop.db --yes"""
)
def command(shared: Shared) -> None:
    """Set up a project in the current folder: a configuration, a first schema, a migrations folder.

    Asks on a terminal for what the flags do not say. Files that are there are never overwritten.
    """
    out = shared.out
    found, url = _target(shared)
    secret = found.password is not None and "${" not in url
    paths = scaffold(Path.cwd(), provider=found.provider, url=url, secret=secret)
    written = [shown(path) for path in paths]
    for path in written:
        out.say(f"Wrote {path}", style="green")
    out.say(f"Next: describe your models in {SCHEMA_NAME}, then run `okra db:migrate:generate`")
    out.say("and `okra db:migrate:up`.")
    shown_url = str(found) if secret else url
    out.document({"provider": found.provider, "url": shown_url, "written": written})


def _target(shared: Shared) -> tuple[DatabaseUrl, str]:
    """The URL and its text: from the flags, else asked for, else SQLite in a file."""
    url = shared.url
    if shared.provider is not None:
        dialect(shared.provider)
    if url is None and shared.provider in {None, "sqlite"}:
        url = DEFAULT_SQLITE_URL
        if shared.ask.possible:
            url = shared.ask.text("Where is the database?", default=url, check=_known)
    if url is None:
        raise UsageError(
            f"a {shared.provider} database needs its URL",
            code="OKR623",
            help=f"give it with `--url {shared.provider}://user@host/name`",
        )
    found = _known(url)
    if shared.provider not in {None, found.provider}:
        raise UsageError(
            f"the URL is for `{found.provider}` and the provider is `{shared.provider}`",
            code="OKR619",
            help="leave `--provider` out: the URL says it",
        )
    return found, url


def _known(url: str) -> DatabaseUrl:
    """The parts of `url`, in which variables may stand: they go into the configuration as they are.

    Raises  UsageError where it is none, or of a database that this version does not speak to
    """
    text = Variables(os.environ, Path.cwd()).expand(url, key="--url")
    found = DatabaseUrl.parse(text, base=Path.cwd())
    dialect(found.provider)
    return found
