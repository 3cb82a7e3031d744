"""Proof of a migration: run it on a throw-away database, up, down and up again, and look at what came of it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias, assert_never

import msgspec
from msgspec.structs import replace

from okra.devdb import Dev, differing_server, scratch
from okra.devdb.extensions import extended
from okra.devdb.refusals import STRAYS
from okra.dialects.session import prober
from okra.errors import DatabaseError, PlanError
from okra.migrations.folder import DOWN_SQL, UP_SQL
from okra.migrations.history import Direction
from okra.migrations.hooks import pieces, statements
from okra.migrations.ranges import ranged
from okra.migrations.segments import cut
from okra.relational.changes import (
    AlterColumn,
    AlterEnum,
    AlterOptions,
    AlterPrimaryKey,
    AlterTable,
    Change,
    CreateEnum,
    CreateTable,
    DropEnum,
    DropIndex,
    DropTable,
    RenameColumn,
    RenameEnum,
    RenameTable,
)
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order
from okra.relational.sqltext import name_of, significant

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from okra.dialects.base import Dialect, Script, Session
    from okra.relational.changes import TableStep
    from okra.relational.model import Table

_SHOWN = 12
_MISSING = re.compile(
    r'type "[^"]+" does not exist|function .+ does not exist|FUNCTION .+ does not exist'
)
_ANYWHERE = Dev()


class Stage(Enum):
    """How far a proof is."""

    BUILT = "built"
    UP = "after up"
    DOWN = "after down"
    AGAIN = "after up again"


Watch: TypeAlias = "Callable[[Stage, Session], None]"
"""What is done at each stage of a proof: to put rows into its database, and to look at them again."""


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What a proof was made on.

    server_version  the dev server's own words
    warnings        why the target may see it otherwise, as sentences
    """

    server_version: str
    warnings: tuple[str, ...] = ()


def prove(  # noqa: PLR0913 - one keyword for each file and each way to look
    dialect: Dialect,
    before: Database,
    after: Database,
    changes: Sequence[Change],
    *,
    migration_sql: str,
    rollback_sql: str,
    hooks_sql: str | None = None,
    dev: Dev = _ANYWHERE,
    watch: Watch | None = None,
) -> Proof:
    """Show that `migration_sql` leads from `before` to `after` and `rollback_sql` back, and up again.

    Only the tables that `changes` touch and those they refer to are built. Hooks run where the files say so.

    dev     where: the target is not needed
    watch   told of every stage; with it the migration is always run up again
    Raises  PlanError where the server refuses a statement, or something else comes out; DirectoryError where a
            file can't be cut into statements; NoDevDatabase where there is no server to do it on
    """
    old, new = _parts(before, after, changes)
    up = statements(dialect, pieces(UP_SQL, migration_sql, hooks_sql, Direction.UP))
    down = statements(dialect, pieces(DOWN_SQL, rollback_sql, hooks_sql, Direction.DOWN))
    session = scratch(dialect.name, dev)
    try:
        check_able(dialect, session.server_version, (old, new))
        with extended(session, dialect.name, (old, new)):
            _prove_on(session, dialect, old, new, up, down, watch)
        return Proof(
            server_version=session.server_version,
            warnings=differing_server(dialect.name, session.server_version, dev.server_version),
        )
    finally:
        session.close()


def _prove_on(
    session: Session,
    dialect: Dialect,
    old: Database,
    new: Database,
    up: Sequence[Script],
    down: Sequence[Script],
    watch: Watch | None,
) -> None:
    told = watch or _nobody
    build(dialect, session, old)
    told(Stage.BUILT, session)
    start = dialect.catalogue(session)
    run_file(dialect, session, up, UP_SQL)
    _compare(dialect, session, new, UP_SQL)
    told(Stage.UP, session)
    run_file(dialect, session, down, DOWN_SQL)
    same = dialect.catalogue(session) == start
    if not same:
        _compare(dialect, session, old, DOWN_SQL)
    told(Stage.DOWN, session)
    if same and watch is None:
        return  # byte for byte as it was: up again would be the same run
    run_file(dialect, session, up, UP_SQL)
    _compare(dialect, session, new, UP_SQL)
    told(Stage.AGAIN, session)


def _nobody(stage: Stage, session: Session) -> None:
    """Nobody looks at a stage."""


def check_able(dialect: Dialect, version: str, databases: Sequence[Database]) -> None:
    """Nothing, if a dev server of this version has all that the proof needs."""
    for database in databases:
        missing = dialect.lacking(database, version)
        if missing:
            raise PlanError(
                f"the dev server can't prove the migration: {missing[0]}",
                code="OKR434",
                help="\n".join([*missing[1:], "name a newer server as `devUrl`, or install one"]),
            )


def _parts(
    before: Database, after: Database, changes: Sequence[Change]
) -> tuple[Database, Database]:
    """What is built of both databases: the tables that matter, and on both sides those that either refers to."""
    renamed = {change.before: change.after for change in changes if isinstance(change, RenameTable)}
    back = {name_after: name_before for name_before, name_after in renamed.items()}
    names_before, names_after = _touched(before, changes, renamed, back)
    refers_before = _referred(before, names_before)
    refers_after = _referred(after, names_after)
    refers_before |= {back.get(name, name) for name in refers_after}
    refers_after |= {renamed.get(name, name) for name in refers_before}
    return (
        _part(before, names_before, refers_before),
        _part(after, names_after, refers_after),
    )


def _touched(
    before: Database,
    changes: Sequence[Change],
    renamed: Mapping[str, str],
    back: Mapping[str, str],
) -> tuple[set[str], set[str]]:
    """The names of the tables that matter, before and after: changed, renamed, or with a key to those."""
    old: set[str] = {*renamed}
    new: set[str] = {*back}
    reaching: set[str] = set()
    enums: set[str] = set()
    for change in changes:
        match change:
            case CreateTable(table):
                new.add(table.name)
            case DropTable(table):
                old.add(table.name)
            case AlterTable(_, table, steps):
                new.add(table.name)
                old.add(back.get(table.name, table.name))
                if any(_reaches_keys(step) for step in steps):
                    reaching.add(table.name)
            case AlterEnum(enum):
                enums.add(enum.name)
            case RenameEnum(name):
                enums.add(name)
            case CreateEnum() | DropEnum():
                pass
            case RenameTable():
                pass  # in `renamed`
            case _:
                assert_never(change)
    moved = {*renamed, *(back.get(name, name) for name in reaching)}
    for table in before.tables if moved or enums else ():
        if any(key.table in moved for key in table.foreign_keys) or _holds(table, enums):
            old.add(table.name)
            new.add(renamed.get(table.name, table.name))
    return old, new


def _reaches_keys(step: TableStep) -> bool:
    """Whether keys of other tables may have to change, or to make room, for `step`."""
    match step:
        case AlterColumn(before, after):
            return before.type != after.type or before.collation != after.collation
        case DropIndex(index):
            return index.unique
        case RenameColumn() | AlterPrimaryKey() | AlterOptions():
            return True
        case _:
            return False


def _holds(table: Table, enums: Collection[str]) -> bool:
    """Whether a column's values are of one of `enums`, or lists of them."""
    return any(
        isinstance(column.type, str) and _type_name(column.type) in enums
        for column in (table.columns if enums else ())
    )


def _type_name(kind: str) -> str:
    parts = significant(kind.removesuffix("[]"))
    return ".".join(name_of(part) for part in parts if part != ".")


def _referred(database: Database, names: Collection[str]) -> set[str]:
    return {
        key.table for table in database.tables if table.name in names for key in table.foreign_keys
    }


def _part(database: Database, names: Collection[str], referred: Collection[str]) -> Database:
    """The tables called `names`, and those called `referred`, which are built without keys of their own."""
    tables = [
        table if table.name in names else replace(table, foreign_keys=())
        for table in database.tables
        if table.name in names or table.name in referred
    ]
    return Database(tables=tuple(tables), enums=database.enums)


def build(dialect: Dialect, session: Session, database: Database) -> None:
    """Make all that is in `database`, in the session's empty one."""
    changes = order(diff(Database(), database), cut_cycles=dialect.cuts_cycles)
    statements = dialect.plan(changes, database, online=False).statements
    together = prober(dialect.name) is not None and all(each.transactional for each in statements)
    with _transaction(session, wanted=together):
        for statement in statements:
            session.execute(statement.sql)


def run_file(dialect: Dialect, session: Session, scripts: Sequence[Script], file: str) -> None:
    """Run a file as it will be applied: the same statements share a transaction."""
    single = prober(dialect.name)
    for segment in cut(scripts, single):
        last = scripts[segment.stop - 1] if segment.stop else None
        try:
            with _transaction(session, wanted=single is not None and not segment.outside):
                for number in range(segment.start, segment.stop):
                    last = scripts[number]
                    _execute(dialect, session, last, file)
        except DatabaseError as error:
            raise _refused(scripts, last, file, error) from error


def _execute(dialect: Dialect, session: Session, script: Script, file: str) -> None:
    """Run a statement, in ranges where it is to run so."""
    ranges = ranged(dialect, session, script, script.file or file)
    if ranges is None:
        session.execute(script.sql)
        return
    last = None
    while (end := ranges.end(session, last)) is not None:
        session.execute(ranges.sql(last, end))
        last = end
    session.execute(ranges.sql(last, None))


@contextmanager
def _transaction(session: Session, *, wanted: bool) -> Iterator[None]:
    """What runs inside is committed together; what fails leaves the database to be dropped."""
    if wanted:
        session.execute("BEGIN")
    yield
    if wanted:
        session.execute("COMMIT")


def _refused(
    scripts: Sequence[Script], script: Script | None, file: str, error: DatabaseError
) -> PlanError:
    assert script is not None  # noqa: S101 - without a statement there is none to refuse
    hooks = f" (in {script.file})" if script.file not in ("", file) else ""
    return PlanError(
        f"the proof failed: statement {scripts.index(script) + 1} of {file}{hooks} is refused: {error.message}",
        code="OKR410",
        place=f"{script.file or file}:{script.line}",
        help=f"the statement is\n{script.sql}{_more_help(error)}",
    )


def _more_help(error: DatabaseError) -> str:
    """More help: where a type or function is missing that may be somebody's own, and where it was not even run."""
    if error.code == STRAYS:
        return f"\n{error.help}"
    if not _MISSING.search(error.message):
        return ""
    return (
        "\nwhere the database has that and OKRA did not make it, as with a domain: "
        "`--no-verify` writes the migration without the proof"
    )


def _compare(dialect: Dialect, session: Session, wanted: Database, file: str) -> None:
    found = dialect.introspect(session, wanted=wanted).database
    left = describe(diff(found, wanted))
    if left:
        more = len(left) - _SHOWN
        shown = left[:_SHOWN] + ([f"and {more} more"] if more > 0 else [])
        raise PlanError(
            f"the proof failed: after {file} the database is not what the schema says",
            code="OKR411",
            place=file,
            help="what is still to be done:\n" + "\n".join(shown),
        )
