"""The questions of a migration, settled: by flags, by the person at the terminal, or by a hint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import click

from okra.errors import UsageError
from okra.migrations.questions import check_fills, no_such
from okra.relational.changes import RenameTable
from okra.relational.renaming import NO_RENAMES, ColumnRename, Renames

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from okra.cli.options import Shared
    from okra.migrations.draft import Draft
    from okra.migrations.generate import Prepared
    from okra.migrations.questions import FillQuestion, RenameQuestion
    from okra.projects.project import Project
    from okra.relational.model import Database


_SQL_WORDS = {"null", "true", "false", "current_timestamp", "current_date", "current_time"}


rename_option = click.option(
    "--rename",
    "renames",
    multiple=True,
    metavar="TABLE.OLD=NEW",
    help="This was renamed, not dropped; OLD=NEW for a table.",
)
default_option = click.option(
    "--default",
    "defaults",
    multiple=True,
    metavar="TABLE.COLUMN=SQL",
    help="What existing rows get in a column that becomes required.",
)


class Answers(NamedTuple):
    """What the user has said so far, as names in the database."""

    renames: Renames = NO_RENAMES
    fills: dict[tuple[str, str], str] = {}  # noqa: RUF012 - never written to


def read_answers(renames: Iterable[str], defaults: Iterable[str]) -> Answers:
    """The values of `--rename` and `--default`.

    Raises  UsageError for one that has another form
    """
    found = NO_RENAMES
    for text in renames:
        found = found.plus(_read_rename(text))
    return Answers(found, dict(_read_default(text) for text in defaults))


def _read_rename(text: str) -> Renames:
    before, equals, after = (part.strip() for part in text.partition("="))
    table, dot, column = before.partition(".")
    after = after.removeprefix(f"{table}.") if dot else after
    if not equals or not after or not table or (dot and not column) or "." in after:
        raise UsageError(
            f"`--rename {text}` can't be read",
            code="OKR621",
            help="write `--rename users.username=email` for a column, `--rename user=users` for a table",
        )
    if not dot:
        return Renames(tables=((table, after),))
    return Renames(columns=(ColumnRename(table=table, before=column, after=after),))


def _read_default(text: str) -> tuple[tuple[str, str], str]:
    where, equals, sql = text.partition("=")
    table, dot, column = where.strip().partition(".")
    if not (equals and dot and table and column and sql.strip()):
        raise UsageError(
            f"`--default {text}` can't be read",
            code="OKR621",
            help="write `--default users.first_name=\"''\"`: a table, a column and an SQL expression",
        )
    return (table, column), sql.strip()


def settle(
    shared: Shared, project: Project, answers: Answers, *, mend: bool, hooks: bool = False
) -> tuple[tuple[Prepared, ...], Answers]:
    """The next migrations, once every question is asked that somebody can answer."""

    def prepare() -> tuple[Prepared, ...]:
        return project.prepare(renames=answers.renames, fills=answers.fills, mend=mend, hooks=hooks)

    prepared = prepare()
    check_answers(answers, [item.draft for item in prepared])
    if not shared.ask.possible:
        return prepared, answers
    refused: set[str] = set()
    while (question := _next_rename(prepared, refused)) is not None:
        after = ask_rename(shared, question, _prefix(project))
        if after is None:
            refused.add(question.what)
            continue
        answers = Answers(answers.renames.plus(question.answer(after)), answers.fills)
        prepared = prepare()
    fills = dict(answers.fills)
    for open_fill in _fills(prepared):
        databases = [each for p in prepared for each in (p.draft.before, p.draft.after)]
        sql = ask_fill(shared, open_fill, databases, _prefix(project))
        if sql:
            fills[open_fill.table, open_fill.column] = sql
    if fills != answers.fills:
        answers = Answers(answers.renames, fills)
        prepared = prepare()
    return prepared, answers


def _next_rename(prepared: Sequence[Prepared], refused: set[str]) -> RenameQuestion | None:
    for item in prepared:
        for question in item.draft.renames:
            if question.what not in refused:
                return question
    return None


def _fills(prepared: Sequence[Prepared]) -> Iterator[FillQuestion]:
    """Every open one-off default, once for all providers."""
    seen: set[str] = set()
    for item in prepared:
        for question in item.draft.fills:
            if question.what not in seen:
                seen.add(question.what)
                yield question


def _prefix(project: Project) -> str:
    """The database that a question is about, where databases have names."""
    return f"{project.target.database}: " if project.target.database else ""


def ask_rename(shared: Shared, question: RenameQuestion, about: str = "") -> str | None:
    """What the person at the terminal says that it is called now; None where it was dropped."""
    kind = "column" if question.table else "table"
    prefix = f"{question.table}." if question.table else ""
    options = [
        f"it was renamed to `{prefix}{name}`: its data stays" for name in question.candidates
    ]
    options.append(f"it was dropped: the data of `{question.what}` is lost")
    picked = shared.ask.choose(
        f"{about}The {kind} `{question.what}` is gone. What happened to it?", options
    )
    return question.candidates[picked] if picked < len(question.candidates) else None


def ask_fill(
    shared: Shared, question: FillQuestion, databases: Iterable[Database], about: str = ""
) -> str:
    """The SQL that the person at the terminal gives for rows that have no value, or nothing."""
    became = "is new and required" if question.added else "becomes required"
    columns = _columns(question.table, databases)

    def check(sql: str) -> None:
        if not sql:
            return
        if _is_bare_text(sql, columns):
            raise UsageError(
                f"`{sql}` is no column of `{question.table}`",
                code="OKR621",
                help=f"a text stands in quotes: '{sql}'",
            )
        check_fills({(question.table, question.column): sql})

    return shared.ask.text(
        f"{about}`{question.what}` ({question.type}) {became}. Which value do rows get that have none?\n"
        "An SQL expression such as '' or 0; Enter for none, which fails where there are such rows",
        check=check,
    )


def _is_bare_text(sql: str, columns: Sequence[str]) -> bool:
    """Whether somebody has left the quotes out: a single word that means nothing in SQL."""
    return (
        re.fullmatch(r"[^\W\d]\w*", sql) is not None
        and sql.casefold() not in _SQL_WORDS
        and sql.casefold() not in {name.casefold() for name in columns}
    )


_SAMPLES = (
    (re.compile(r"(?i)(tiny|small|medium|big)?int(eger)?\b(?!.*\[)"), "0"),
    (re.compile(r"(?i)(real|float|double|numeric|decimal)\b(?!.*\[)"), "0"),
    (re.compile(r"(?i)boolean$"), "false"),
    (re.compile(r"(?i)(date|datetime|timestamp)\b(?!.*\[)"), "CURRENT_TIMESTAMP"),
    (re.compile(r"(?i)jsonb?$|.*\[\]$"), "'{}'"),
    (re.compile(r"(?i)uuid$"), "'00000000-0000-0000-0000-000000000000'"),
)


def hints(drafts: Iterable[Draft]) -> list[str]:
    """The flags that settle what is left open, each once."""
    found: dict[str, None] = {}
    for draft in drafts:
        for question in draft.renames:
            found[rename_hint(question)] = None
        for fill in draft.fills:
            found[
                f"a value for rows that have no `{fill.what}`: "
                f'`--default {fill.what}="{_sample(fill.type)}"`'
            ] = None
        if draft.fills:
            found["or values that SQL of your own gives them: `--with-hooks`"] = None
    return list(found)


def rename_hint(question: RenameQuestion) -> str:
    """How to say that something was renamed and not dropped."""
    first = question.candidates[0]
    prefix = f"{question.table}." if question.table else ""
    return (
        f"if `{question.what}` was renamed to `{prefix}{first}`, say so: "
        f"`--rename {question.what}={first}`, or `@renamed(from: …)` in the schema"
    )


def _sample(type_text: str) -> str:
    """A value that a column of the type takes on every server, for the user to put his own in its place."""
    return next((sample for types, sample in _SAMPLES if types.match(type_text)), "''")


def check_answers(answers: Answers, drafts: Sequence[Draft]) -> None:
    """Refuse an answer that names what is not there: a slip would lose data in silence."""
    befores = [draft.before for draft in drafts if draft.changes]
    afters = [draft.after for draft in drafts if draft.changes]
    if not befores:
        return
    changes = [change for draft in drafts for change in draft.changes]
    old_names = {item.after: item.before for item in changes if isinstance(item, RenameTable)}
    old_names |= {after: before for before, after in answers.renames.tables}
    for before, after in answers.renames.tables:
        _need_table("--rename", before, befores)
        _need_table("--rename", after, afters)
    for rename in answers.renames.columns:
        _need_table("--rename", rename.table, afters)
        _need_column("--rename", old_names.get(rename.table, rename.table), rename.before, befores)
        _need_column("--rename", rename.table, rename.after, afters)
    for (table, column), sql in answers.fills.items():
        _need_table("--default", table, afters)
        _need_column("--default", table, column, afters)
        columns = _columns(table, afters) + _columns(old_names.get(table, table), befores)
        if _is_bare_text(sql, columns):
            raise UsageError(
                f"`--default` gives `{table}.{column}` the value `{sql}`, "
                f"which is no column of `{table}`",
                code="OKR621",
                help=f"a text stands in quotes: `--default {table}.{column}=\"'{sql}'\"`",
            )


def _need_table(flag: str, name: str, databases: Sequence[Database]) -> None:
    tables = [table.name for database in databases for table in database.tables]
    if name not in tables:
        raise no_such(flag, f"table `{name}`", name, tables)


def _need_column(flag: str, table: str, name: str, databases: Sequence[Database]) -> None:
    columns = _columns(table, databases)
    if name not in columns:
        raise no_such(flag, f"column `{name}` of `{table}`", name, columns)


def _columns(table: str, databases: Iterable[Database]) -> list[str]:
    found = [item for each in databases if (item := each.table(table)) is not None]
    return [column.name for item in found for column in item.columns]
