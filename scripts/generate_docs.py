"""Write docs/commands.md from the help of the commands, and docs/errors.md from the pages of the codes.

.venv/bin/python scripts/generate_docs.py            # write them
.venv/bin/python scripts/generate_docs.py --check    # exit with 1 if they are out of date
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from okra.cli.main import COMMANDS, Okra
from okra.cli.options import OkraCommand
from okra.lint import all_rules
from okra.pages import pages
from okra.pages.lint import where

RULES_BEGIN = "<!-- rules: made by scripts/generate_docs.py from the source -->"
RULES_END = "<!-- end of the rules -->"
ROOT = Path(__file__).resolve().parent.parent
NOTICE = "<!-- Made by scripts/generate_docs.py from the source: change that, not this file. -->"
WIDTH = 100

COMMANDS_HEAD = """\
# Commands

`okra db:migrate:up` and `okra db migrate up` are the same command. Every command takes the
[shared options](#shared-options), before or behind its name.

Exit codes: 0 done · 1 failed · 2 wrong usage · 3 a `--check` found something · 130 interrupted.

With `--json` standard output is one JSON document and messages go to standard error. A failure is the
document `{"error": {"code", "message", "place", "help"}}`, for schema and configuration files with
`diagnostics`, a list of `{"code", "severity", "message", "help", "file", "line", "column", …}`.
"""

DOCUMENTS = {
    "db:init": "provider, url, written",
    "db:validate": "valid, files, models, enums, warnings",
    "db:sync": (
        "database, environment, applied, dryRun, cancelled, changes, statements, destructive, misfits, "
        "snapshot, resumed, notCompared, warnings"
    ),
    "db:diff": "provider, from, to, changes, hazards, statements, notCompared",
    "db:pull": "database, written, models, schema, warnings",
    "db:reset": "database, environment, done, dropped, kept, applied, statements, seeded",
    "db:seed": "database, environment, files, durationMs, warnings",
    "db:lint": "findings, errors, warnings, migrations, notes",
    "db:check": "against, providers, breaking, risky, safe, findings",
    "db:migrate:generate": "changes, written, findings",
    "db:migrate:init-from-schema": "environment, written, standing, recorded, current, differences",
    "db:migrate:up": (
        "database, environment, dryRun, cancelled, applied, baselined, losses, current, warnings"
    ),
    "db:migrate:down": "database, environment, dryRun, cancelled, reverted, losses, warnings, current",
    "db:migrate:status": (
        "database, environment, current, next, upToDate, migrations, problems, drift"
    ),
    "db:migrate:rebase": "dryRun, asked, rebased",
    "db:migrate:squash": "dryRun, cleared, squashed",
    "db:migrate:purge": "database, environment, dryRun, cancelled, purged",
    "db:migrate:verify": "verified, messages, warnings",
    "db:migrate:test": "tests, passed, failed, skipped, results",
    "db:migrate:dry-run": "direction, executed, why, migrations, refused, notes",
    "db:migrate:resolve": "version, action, before, after, warnings",
    "db:migrate:repair": "database, environment, dryRun, mended, left",
    "db:migrate:export": "format, written, notes",
    "models:generate": "languages",
    "models:service": "written",
    "build": "bundle, bytes, migrations, models, types, written, warnings",
    "dev": "rounds, failed",
    "fmt": "changed, unchanged",
    "explain": "code, title, text, example",
    "completion": "shell, script",
}

ALSO = """\
`okra fmt -` answers with `changed` (true or false) and `text`, `okra explain` without a CODE with `pages`, a list of
such documents. Where the configuration has several databases and no flag names one, `okra db:validate`,
`okra db:check` and `okra db:migrate:generate` answer with `databases`, a list of such documents with the name as `database`; that of
`db:validate` begins with `valid` for all of them, and a database that is not valid has `error`, as has the whole.
`okra db:diff --live` answers with `database`, `environment`, `provider`, `expected`, `differences` (a tree: `kind`, `name`,
`expected`, `found`, `parts`), `unknown`, `notCompared`, `hazards` and `statements`, which lead back.
`okra db:migrate:verify --check` answers with `checked`, a list of `provider`, `migrations`, `problems` and `notes`.
`okra db:migrate:verify --all` answers with `replayed`, a list of `provider`, `migrations`, `reverted`, `warnings` and `gap`: null, or
`migration`, `way`, `expected`, `file` and `differences`, as those of `--live`.
Each of the `languages` of `okra models:generate` has `language`, `folder`, `written`, `removed` and `unchanged`; with `--check`
`missing`, `differing` and `stale` in place of `written` and `removed`.
`okra dev` and `okra db:sync --watch` answer when Ctrl-C ends them, with how many rounds there were."""

ERRORS_HEAD = """\
# Error codes

`okra explain CODE` prints the same in a terminal. A code never changes its meaning.
"""


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    outdated = []
    for name, text in documents().items():
        path = ROOT / "docs" / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        outdated.append(name)
        if not check:
            path.write_text(text, encoding="utf-8")
    if check and outdated:
        print(f"out of date: {', '.join(outdated)}; run scripts/generate_docs.py")
        return 1
    return 0


def documents() -> dict[str, str]:
    """The files that are made, by name."""
    return {"commands.md": commands_page(), "errors.md": errors_page(), "lint.md": lint_page()}


def commands_page() -> str:
    parts = [COMMANDS_HEAD.rstrip(), NOTICE]
    root = Okra()
    for name, entry in COMMANDS.items():
        context = click.Context(root, info_name="okra", terminal_width=WIDTH)
        command = root.get_command(context, name)
        if not isinstance(command, OkraCommand):
            raise TypeError(name)
        parts.append(
            f"## okra {name}\n\n{entry.help}\n\n```text\n{_help(command, name, context)}\n```"
        )
    parts.append(f"## Shared options\n\n```text\n{_shared(root)}\n```")
    rows = [f"| {name} | {_keys(DOCUMENTS[name])} |" for name in COMMANDS]
    parts.append("\n".join(["## JSON documents\n", "| command | keys |", "|---|---|", *rows]))
    parts.append(ALSO)
    return "\n\n".join(parts) + "\n"


def _help(command: OkraCommand, name: str, parent: click.Context) -> str:
    """The help of one command, without the options that all have."""
    context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH)
    text = command.get_help(context).rstrip()
    before, _, behind = text.partition("\nShared options:\n")
    _, mark, example = behind.partition("\nExample:\n")
    return (before.rstrip() + ("\n\nExample:\n" + example if mark else "")).rstrip()


def _keys(names: str) -> str:
    return ", ".join(f"`{name}`" for name in names.split(", "))


def _shared(root: Okra) -> str:
    text = root.get_help(click.Context(root, info_name="okra", terminal_width=WIDTH))
    return text.partition("\nShared options:\n")[2].partition("\nExample:\n")[0].rstrip()


def errors_page() -> str:
    parts = [ERRORS_HEAD.rstrip(), NOTICE]
    for code, page in pages().items():
        part = f"## {code}: {page.title}\n\n{page.text.strip()}"
        if page.example:
            part += f"\n\n```text\n{page.example.strip()}\n```"
        parts.append(part)
    return "\n\n".join(parts) + "\n"


def lint_page() -> str:
    """docs/lint.md with the list of the rules as they are."""
    text = (ROOT / "docs" / "lint.md").read_text(encoding="utf-8")
    before, begin, rest = text.partition(RULES_BEGIN)
    _, end, behind = rest.partition(RULES_END)
    if not begin or not end:
        raise ValueError("docs/lint.md has no place for the rules")
    rows = [
        f"| {rule.code} | {rule.name} | {rule.severity} | {where(rule)} | {rule.title} |"
        for rule in all_rules()
    ]
    table = "\n".join(
        ["| code | rule | severity | on | finds that |", "|---|---|---|---|---|", *rows]
    )
    return f"{before}{begin}\n\n{table}\n\n{end}{behind}"


if __name__ == "__main__":
    sys.exit(main())
