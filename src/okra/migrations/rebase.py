"""`rebase`: one side of a fork made anew on top of the other, with all that is its own."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.devdb import Dev
from okra.dialects import dialect as dialect_of
from okra.errors import DatabaseError, DirectoryError, NoDevDatabase, PlanError, SchemaError
from okra.hints import rename_hints
from okra.language.define import parse_schema
from okra.language.definition import SchemaDefinition
from okra.language.write import write_schema
from okra.migrations.chain import Files, Migration, check_sealed, decoded
from okra.migrations.draft import Draft, Manner, draft
from okra.migrations.findings import named
from okra.migrations.folder import DOWN_SQL, HOOKS_SQL, UP_SQL
from okra.migrations.generate import Unproven
from okra.migrations.merging import Conflict, merge
from okra.migrations.prove import prove
from okra.migrations.rewriting import New
from okra.migrations.snapshot import Answers, Contents
from okra.relational.changes import Change, CreateTable, DropTable
from okra.relational.describe import describe
from okra.relational.model import Database
from okra.relational.trash import names_in, with_other_version
from okra.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okra.migrations.branches import Branch, Fork
    from okra.migrations.snapshot import Snapshot
    from okra.relational.renaming import Renames

_SHOWN = 12


class How(StrEnum):
    """What became of a migration.

    ANEW       its SQL was planned again on top of the other side
    KEPT       it was edited: its SQL is what it was, and works on top of the other side
    CONTAINED  the other side does all of it already: there is nothing left of it
    """

    ANEW = "anew"
    KEPT = "kept"
    CONTAINED = "contained"


class Remade(msgspec.Struct, frozen=True, kw_only=True):
    """One migration and what takes its place; `after` is None where nothing does.

    changes   what it does now, a line each
    unproven  why it could not be proven, and how to get there
    warnings  what the proof does not say, as sentences
    """

    before: Migration
    after: New | None
    how: How
    changes: tuple[str, ...] = ()
    unproven: Unproven | None = None
    warnings: tuple[str, ...] = ()


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """Where the migrations of one provider are made anew.

    online  as the configuration has it: let others read and write meanwhile, where there is a choice
    remake  plan the SQL again also where it was edited by hand and does not work as it is
    verify  prove it
    """

    provider: str
    dev: Dev
    online: bool = True
    remake: bool = False
    verify: bool = True


class _State(msgspec.Struct, frozen=True):
    """A point of a chain: the database and the models it came from."""

    database: Database = Database()
    models: SchemaDefinition = SchemaDefinition()


def remake_branch(
    ground: Ground, fork: Fork, branch: Branch, versions: Mapping[str, str]
) -> tuple[Remade, ...]:
    """The migrations of `branch` as they are on top of the other side; nothing is written yet.

    versions  what each is called then, by the version that it has
    Raises    PlanError where both sides changed the same thing, where edited SQL does not work on top of the
              other side, or the proof fails; ChecksumMismatch, DirectoryError
    """
    other = fork.other(branch).migrations
    there = {each.header.rebased: each for each in other if each.header.rebased}
    top = other[-1]
    before = _state(fork.base.snapshot()) if fork.base else _State()
    now = _state(top.snapshot())
    parent: str = top.version
    below = top.folder
    found = []
    for migration in branch.migrations:
        if migration.header.replaces:
            raise _is_squashed(migration)
        snapshot = migration.snapshot()
        twin = there.get(migration.folder)
        if twin is not None and twin.read().hooks == migration.read().hooks:
            found.append(Remade(before=migration, after=None, how=How.CONTAINED))
            before = _state(snapshot)
            continue  # a rebase that was killed has made it anew, and not taken it out
        step = _Step(ground, migration, snapshot, before, now, below)
        remade = step.remade(versions[migration.version], parent)
        found.append(remade)
        before = _state(snapshot)
        if remade.after is not None:
            now = _State(remade.after.contents.database, remade.after.contents.models)
            parent, below = remade.after.version, remade.after.folder
    return tuple(found)


def _state(snapshot: Snapshot) -> _State:
    return _State(snapshot.database, snapshot.models)


class _Step:
    """One migration on its way: made on `before`, to be made on `now`, which is what `below` leaves."""

    def __init__(
        self,
        ground: Ground,
        migration: Migration,
        snapshot: Snapshot,
        before: _State,
        now: _State,
        below: str,
    ) -> None:
        self._ground = ground
        self._migration = migration
        self._snapshot = snapshot
        self._before = before
        self._now = now
        self._below = below
        self._files = migration.read()
        self._asked: set[str] = set()
        check_sealed(migration, self._files)

    def remade(self, version: str, parent: str) -> Remade:
        """What takes its place."""
        models = self._merged()
        online = self._planned_online()
        anew = self._draft(
            self._now, models, online=self._ground.online if online is None else online
        )
        if online is not None and not anew.changes and self._files.hooks is None:
            return Remade(before=self._migration, after=None, how=How.CONTAINED)
        how, files = self._texts(anew, version, edited=online is None)
        if how is How.ANEW:
            self._check_answers(anew)
        return self._proven(anew, how, files, version, parent)

    def _check_answers(self, anew: Draft) -> None:
        """Nothing, if nothing is open that was not before: what is lost by a rename of the other side, say."""
        open_now = _open(anew) - self._asked
        if open_now:
            raise _is_asked(self._migration, self._below, sorted(open_now))

    def _merged(self) -> SchemaDefinition:
        found = merge(self._before.models, self._now.models, self._snapshot.models)
        if found.conflicts:
            raise _both_changed(self._migration, self._below, found.conflicts)
        text = Source("the schema of both", write_schema(found.definition))
        try:
            return parse_schema([text], providers=[self._ground.provider]).definition
        except SchemaError as error:
            raise _no_schema(self._migration, self._below, error) from error

    def _draft(self, start: _State, models: SchemaDefinition, *, online: bool) -> Draft:
        answers = self._snapshot.contents.answers
        if start is self._now:
            hints = rename_hints(self._before.models, start.models, self._ground.provider)
            answers = _carried(answers, hints)
        try:
            return draft(
                self._ground.provider,
                start.database,
                start.models,
                models,
                renames=answers.renames,
                fills={(table, column): sql for table, column, sql in answers.fills},
                manner=Manner(
                    online=online,
                    deferred=bool(names_in(self._text(UP_SQL))),
                    hooks=self._files.hooks is not None,
                ),
            )
        except PlanError as error:
            error.place = error.place or self._migration.path
            raise

    def _planned_online(self) -> bool | None:
        """How OKRA planned its SQL, if it is as it was planned; None where it was edited."""
        for online in (self._ground.online, not self._ground.online):
            own = self._draft(self._before, self._snapshot.models, online=online)
            version = self._migration.version
            planned = (own.migration_sql(version), own.rollback_sql(version))
            if planned == (self._text(UP_SQL), self._text(DOWN_SQL)):
                self._asked = _open(own)
                return online
        return None

    def _text(self, name: str) -> str:
        data = self._files.migration if name == UP_SQL else self._files.rollback
        return decoded(data, self._migration.file(name)).replace("\r\n", "\n")

    def _texts(self, anew: Draft, version: str, *, edited: bool) -> tuple[How, Files]:
        planned = Files(
            anew.migration_sql(version).encode(),
            anew.rollback_sql(version).encode(),
            self._files.hooks,
        )
        if not edited:
            return How.ANEW, planned
        kept = Files(
            _retitled(self._files.migration, self._migration.version, version),
            _retitled(self._files.rollback, self._migration.version, version),
            self._files.hooks,
        )
        return How.KEPT, kept

    def _proven(self, anew: Draft, how: How, files: Files, version: str, parent: str) -> Remade:
        unproven = None
        verified = self._ground.verify
        warnings: tuple[str, ...] = ()
        try:
            if verified:
                warnings = self._prove(anew, how, files)
        except NoDevDatabase as error:
            unproven = Unproven(reason=error.message, way_out=error.help or "")
            verified = False
        except (PlanError, DatabaseError, DirectoryError) as error:
            if how is How.KEPT and self._ground.remake:
                how, files = self._texts(anew, version, edited=False)
                return self._proven(anew, how, files, version, parent)
            raise _does_not_work(self._migration, self._below, how, files, error) from error
        new = New(
            version=version,
            name=self._migration.header.name,
            parent=parent,
            contents=Contents(database=anew.after, models=anew.models, answers=anew.answers),
            files=files,
            verified=verified,
            rebased=self._migration.folder,
        )
        return Remade(
            before=self._migration,
            after=new,
            how=how,
            changes=tuple(describe(anew.changes)),
            unproven=unproven,
            warnings=warnings,
        )

    def _prove(self, anew: Draft, how: How, files: Files) -> tuple[str, ...]:
        """Up, down and up again on top of the other side; whoever edits by hand may touch any table."""
        changes: Sequence[Change] = anew.changes
        if how is How.KEPT:
            changes = [DropTable(table=table) for table in anew.before.tables]
            changes += [CreateTable(table=table) for table in anew.after.tables]
        proof = prove(
            dialect_of(self._ground.provider),
            anew.before,
            anew.after,
            changes,
            migration_sql=decoded(files.migration, self._migration.file(UP_SQL)),
            rollback_sql=decoded(files.rollback, self._migration.file(DOWN_SQL)),
            hooks_sql=None
            if files.hooks is None
            else decoded(files.hooks, self._migration.file(HOOKS_SQL)),
            dev=self._ground.dev,
        )
        return proof.warnings


def _carried(answers: Answers, renames: Renames) -> Answers:
    """The answers under the names that the other side gave to tables and columns."""
    tables = dict(renames.tables)
    columns = {(each.table, each.before): each.after for each in renames.columns}

    def column(table: str, name: str) -> str:
        return columns.get((tables.get(table, table), name), name)

    own = answers.renames
    return Answers(
        renames=replace(
            own,
            tables=tuple((tables.get(before, before), after) for before, after in own.tables),
            columns=tuple(
                replace(each, table=tables.get(each.table, each.table)) for each in own.columns
            ),
        ),
        fills=tuple(
            (tables.get(table, table), column(table, name), sql)
            for table, name, sql in answers.fills
        ),
    )


def _open(found: Draft) -> set[str]:
    """What only a person can know about it, and nobody has said."""
    return {each.what for each in found.fills} | {each.what for each in found.renames}


def _retitled(sql: bytes, before: str, after: str) -> bytes:
    """The file under the version that it has now: in its first line, and in the names of what it keeps aside."""
    start = b"-- %s: " % before.encode()
    if sql.startswith(start):
        sql = b"-- %s: " % after.encode() + sql[len(start) :]
    return with_other_version(sql.decode(), before, after).encode()


def _both_changed(migration: Migration, below: str, conflicts: Sequence[Conflict]) -> PlanError:
    lines = [f"- {each.where}: there {each.one}, here {each.other}" for each in conflicts[:_SHOWN]]
    if len(conflicts) > _SHOWN:
        lines.append(f"and {len(conflicts) - _SHOWN} more")
    return PlanError(
        f"`{migration.folder}` and `{below}` both changed the same thing: nothing was written",
        code="OKR468",
        place=migration.path,
        help="\n".join(lines)
        + f"\nsettle it in the schema, then remove the folder of `{migration.folder}`, if it is applied nowhere, and run "
        "`okra db:migrate:generate`: what is left to be done is written on top of the other",
    )


def _is_asked(migration: Migration, below: str, what: Sequence[str]) -> PlanError:
    return PlanError(
        f"on top of `{below}`, `{migration.folder}` asks what becomes of {named(what)}",
        code="OKR469",
        place=migration.path,
        help=f"remove the folder of `{migration.folder}`, if it is applied nowhere, and run "
        "`okra db:migrate:generate` with the answer\nnothing was written",
    )


def _is_squashed(migration: Migration) -> PlanError:
    return PlanError(
        f"`{migration.folder}` was squashed on one side of the fork, and is not made anew",
        code="OKR469",
        place=migration.path,
        help="take the migrations of the other side out of this branch, and squash again behind them: "
        "`okra db:migrate:squash`",
    )


def _no_schema(migration: Migration, below: str, error: SchemaError) -> PlanError:
    said = [f"- {each.message}" for each in error.diagnostics[:_SHOWN]]
    return PlanError(
        f"`{migration.folder}` and `{below}` together make no schema: nothing was written",
        code="OKR468",
        place=migration.path,
        help="\n".join(said)
        + f"\nsettle it in the schema, then remove the folder of `{migration.folder}`, if it is applied nowhere, and run "
        "`okra db:migrate:generate`: what is left to be done is written on top of the other",
    )


def _does_not_work(
    migration: Migration,
    below: str,
    how: How,
    files: Files,
    error: DatabaseError | DirectoryError | PlanError,
) -> PlanError:
    way_out = "`okra db:migrate:rebase --no-verify` writes it all the same: then mend it, and prove it with "
    way_out += "`okra db:migrate:verify`"
    if how is How.KEPT:
        way_out = (
            "its SQL was edited by hand, and is kept as long as it works\n"
            "`okra db:migrate:rebase --remake` plans it anew: then make the edit again, and prove it with "
            "`okra db:migrate:verify`"
        )
    elif files.hooks is not None:
        way_out = f"its hooks.sql is what it was: maybe it needs something else there\n{way_out}"
    return PlanError(
        f"`{migration.folder}` does not work on top of `{below}`: {error.message}",
        code="OKR469",
        place=f"{migration.path}/{error.place}" if error.place else migration.path,
        help=f"{way_out}\nnothing was written; what failed: {error.help or error.message}",
    )
