"""Pages of `okra db:lint`: every rule is its own page; then those of the comments and the command. OKR300 to OKR369."""

from __future__ import annotations

from okra.lint import all_rules
from okra.lint.rule import EVERYWHERE, Rule
from okra.pages.page import Page

_NAMES = {"mysql": "MySQL and MariaDB", "postgres": "PostgreSQL", "sqlite": "SQLite"}


def where(rule: Rule) -> str:
    """The servers that a rule is about, as people call them."""
    if rule.providers == EVERYWHERE:
        return "all servers"
    return ", ".join(_NAMES[name] for name in sorted(rule.providers, reverse=True))


def _page(rule: Rule) -> Page:
    return Page(
        title=rule.title,
        text=f"{rule.text}\n\nRule `{rule.name}` of `okra db:lint`: {rule.severity} on {where(rule)}.",
        example=f"{rule.example}\n\nThe safe way:\n\n{rule.safe}",
    )


PAGES = {rule.code: _page(rule) for rule in all_rules()} | {
    "OKR355": Page(
        title="`okra db:lint` was told twice what to look at",
        text="""\
`okra db:lint` looks at the schema and at what is pending. VERSION, `--all`, `--newest N` and `--no-migrations` each say
something else than that; give one of them.""",
        example="okra db:lint --newest 1",
    ),
    "OKR357": Page(
        title="an `okra:ignore` comment does not count",
        text="""\
A comment that ignores a finding names the rule and says why, so that the next reader knows too: behind or above a field,
value, model or enum of a schema, or above a statement of a migration. Above a model it counts for all of the model.
`okra:ignore-file` in a migration counts for the whole file.""",
        example="authorId: ID!   # okra:ignore OKR341 the table never has more than ten rows",
    ),
    "OKR358": Page(
        title="an `okra:ignore` comment ignores nothing any more",
        text="""\
The rule that the comment names finds nothing there: what it was about has gone, or the comment stands elsewhere by now.
Left in place it would hide the next finding.""",
    ),
    "OKR359": Page(
        title="the configuration names a rule that does not exist",
        text="""\
`lint.rules` in the configuration sets rules of `okra db:lint` by their codes: `"off"`, `"warning"` or `"error"`. `okra explain`
lists all codes, docs/lint.md the rules.""",
        example='"lint": { "rules": { "OKR346": "off", "OKR341": "error" } }',
    ),
}
