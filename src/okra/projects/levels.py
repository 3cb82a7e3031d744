"""How serious a configuration takes the rules of `okra db:lint`; light, as commands ask for it that may need no rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.configuration.lint import Level
from okra.errors import Severity, UsageError
from okra.lint import COMMENTS, RULES
from okra.nearest import nearest
from okra.textfiles import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.projects.project import Project


def levels_of(project: Project) -> Mapping[str, Severity | None]:
    """How serious the configuration takes each rule.

    Raises  UsageError for a rule that does not exist
    """
    said = project.settings.file.lint.rules
    known = {*RULES, *COMMENTS}
    for code in said:
        if code not in known:
            near = nearest(code, known)
            raise UsageError(
                f"the configuration sets `{code}`, which is no rule",
                code="OKR359",
                place=shown(project.settings.path) if project.settings.path else None,
                help=f"did you mean `{near}`?" if near else "`okra explain` lists all codes",
            )
    return {
        code: None if level is Level.OFF else Severity(level.value) for code, level in said.items()
    }
