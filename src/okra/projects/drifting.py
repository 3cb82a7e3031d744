"""Whether a database is what it promises to be: its newest applied migration, or the schema where it is declarative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.configuration.migrations import Mode

if TYPE_CHECKING:
    from okra.migrations.compare import Comparison
    from okra.migrations.drift import Drift
    from okra.projects.project import Project


def drift(project: Project) -> Drift:
    """What of the database is not as it should be. Changes nothing.

    Raises  DirectoryError, DatabaseError, SchemaError
    """
    from okra.migrations import drift as drifting
    from okra.projects.sides import read_sides

    if project.target.mode is Mode.VERSIONED:
        return drifting.drift(project.database_target())
    expected, found = read_sides(project, "schema", "database")
    return drifting.between(expected, found, project.target.provider, project.target.exclude)


def way_back(project: Project, found: Drift) -> Comparison:
    """What leads from what is there to what should be."""
    from okra.migrations import drift as drifting

    return drifting.way_back(found, project.target.exclude)
