"""Commands that messages name, as they go to the environment that this run was for."""

from __future__ import annotations

import re
import shlex

COMMANDS = frozenset((
    "db:diff",
    "db:migrate:down",
    "db:migrate:dry-run",
    "db:migrate:init-from-schema",
    "db:migrate:purge",
    "db:migrate:rebase",
    "db:migrate:repair",
    "db:migrate:resolve",
    "db:migrate:status",
    "db:migrate:up",
    "db:migrate:verify",
    "db:pull",
    "db:reset",
    "db:seed",
    "db:sync",
))  # fmt: skip
"""Those that open the database of an environment: to all others it is the same which one they are run for."""

_QUOTED = re.compile(r"`([^`\n]*)`")
_COMMAND = re.compile(r"(?:\w+=\S+ )*okra (?P<name>[a-z:-]+)(?P<rest>(?: .*)?)")
_SAYS_WHERE = re.compile(r"\s--(?:env|url|config)\b")
_TOLD = frozenset(("message", "help", "warnings", "notes", "hints", "why"))


def in_environment(text: str, environment: str) -> str:
    """`text`, whose commands in backquotes name the environment, where they open a database and say nothing of it."""

    def named(quoted: re.Match[str]) -> str:
        found = _COMMAND.fullmatch(quoted[1])
        if found is None or found["name"] not in COMMANDS or _SAYS_WHERE.search(found["rest"]):
            return quoted[0]
        more = " …" if found["rest"].endswith(" …") else ""
        said = found[0].removesuffix(more)
        return f"`{said} --env {shlex.quote(environment)}{more}`"

    return _QUOTED.sub(named, text)


def document_in_environment(value: object, environment: str, *, told: bool = False) -> object:
    """A JSON document whose sentences are as people get them; names, rows and SQL stay.

    told  `value` is one of its sentences, or several
    """
    match value:
        case str():
            return in_environment(value, environment) if told else value
        case dict():
            return {
                key: document_in_environment(each, environment, told=key in _TOLD)
                for key, each in value.items()
            }
        case list():
            return [document_in_environment(each, environment, told=told) for each in value]
        case _:
            return value
