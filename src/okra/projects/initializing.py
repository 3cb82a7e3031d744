"""From declarative to versioned: the first migration of a schema, and the databases that are there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.declarative.init_from_schema import Found, look, record
from okra.errors import DirectoryError, UsageError
from okra.projects.claims import is_declarative
from okra.projects.several import Generated

if TYPE_CHECKING:
    from okra.migrations.events import Progress
    from okra.projects.project import Project


def prepare_initial(project: Project, *, mend: bool = True) -> Generated:
    """The first migration of every provider that has none yet.

    mend    False: leave `current/` as it is, too
    Raises  DirectoryError where there are migrations and the schema says something else; UsageError for a
            schema without models; SchemaError, UnsupportedChange
    """
    prepared = project.prepare(mend=mend)
    for item in prepared:
        newest = item.directory.newest
        if newest is not None and item.draft.changes:
            raise DirectoryError(
                f"there are migrations already, and the schema is not what `{newest.folder}` leads to",
                code="OKR590",
                place=str(item.directory.path),
                help="write the next one with `okra db:migrate:generate`; then run this again for each database\n"
                "that was made in another way",
            )
        if newest is None and not item.draft.changes:
            raise UsageError(
                "the schema makes nothing: there is no first migration to write",
                code="OKR591",
                help="add a model; `okra db:pull` writes the models of a database that is there already",
            )
    return Generated(project, prepared)


def look_at(found: Generated) -> Found | None:
    """How the database of the chosen environment stands to the migrations; None where it goes on without.

    Raises  UsageError, DatabaseError where it can't be read
    """
    project = found.project
    if is_declarative(project.target):
        return None
    drafts = [
        item.draft for item in found.prepared if item.draft.provider == project.target.provider
    ]
    return look(project.database_target(), drafts[0].after)


def record_applied(project: Project, progress: Progress | None = None) -> Found:
    """Write the migrations down as applied, where the database is what they lead to.

    Raises  DirectoryError, DatabaseError; then nothing was written down
    """
    return record(project.database_target(), progress=progress)
