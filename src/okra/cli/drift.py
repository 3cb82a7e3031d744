"""How drift is shown: a tree of what is expected and what is there, and the ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.cli.progress import not_compared
from okra.cli.render import counted, indented, paint
from okra.configuration.migrations import Mode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from okra.cli.output import Output
    from okra.migrations.compare import Comparison
    from okra.migrations.drift import Drift
    from okra.projects.project import Project
    from okra.relational.tree import Difference


def show_drift(
    out: Output,
    project: Project,
    found: Drift,
    back: Comparison | None = None,
    *,
    most: int | None = None,
) -> None:
    """Say what of the database is not as it should be, and what can be done about it.

    back  print the SQL for this way back in place of the tree
    most  leave out objects behind so many
    """
    out.warn_all(not_compared(found.ignored))
    if not found.differences:
        out.say(f"The database is {found.promise}.")
        return
    if back is not None:
        out.show(back.sql())
        return
    out.say(f"The database is not {found.promise}:", style="bold")
    show_tree(out, found.differences, most=most)
    _ways_out(out, found, project.target.mode)


def show_tree(out: Output, differences: Sequence[Difference], *, most: int | None = None) -> None:
    """Each object with what is expected and what is there; those behind `most` are only counted."""
    out.show(
        indented(_tree(differences, most=most)),
        paint=lambda _: indented(_tree(differences, most=most, paint=paint)),
    )


def _plain(text: str, _style: str) -> str:
    return text


def _tree(
    differences: Sequence[Difference],
    *,
    most: int | None,
    paint: Callable[[str, str], str] = _plain,
) -> str:
    """Each object with what is expected and what is there, its parts below it."""
    lines = []
    for each in differences[:most]:
        lines.append(_line(each, paint))
        lines += _below(each.parts, "", paint)
    more = len(differences) - len(differences[:most])
    if more:
        lines.append(f"and {counted(more, 'more object')}: `okra db:diff --live` shows all")
    return "\n".join(lines)


def _below(
    parts: Sequence[Difference], margin: str, paint: Callable[[str, str], str]
) -> Iterator[str]:
    for number, part in enumerate(parts, start=1):
        last = number == len(parts)
        yield f"{margin}{'└─' if last else '├─'} {_line(part, paint)}"
        yield from _below(part.parts, margin + ("   " if last else "│  "), paint)


def _line(each: Difference, paint: Callable[[str, str], str]) -> str:
    head = f"{each.kind} {each.name}" if each.name else each.kind
    if each.before is None and each.after is None:
        return head
    if each.after is None:
        return f"{head}: {paint('missing', 'red')}; expected {each.before}"
    if each.before is None:
        return f"{head}: {paint('not expected', 'green')}; found {each.after}"
    found = f"found {each.after}"
    return f"{head}: expected {each.before}, {paint(found, 'yellow')}"


def _ways_out(out: Output, found: Drift, mode: Mode) -> None:
    """What can be done about drift: none of it loses the database."""
    strange = (each.name for each in found.differences if each.kind == "table" and each.after)
    if mode is Mode.DECLARATIVE:
        out.hint("adopt it: `okra db:pull` writes into the schema what is there")
        out.hint("repair it: `okra db:sync` makes the database what the schema says")
    elif found.version is None:
        out.hint(
            "adopt it: `okra db:pull` writes into the schema what is there, `okra db:migrate:generate` "
            "makes it a\n      migration, and `okra db:migrate:up --baseline VERSION` takes the database over from there"
        )
    else:
        out.hint(
            "adopt it: `okra db:pull` writes into the schema what is there, `okra db:migrate:generate` "
            "makes it a\n      migration, and `okra db:migrate:resolve VERSION --applied` says that it is here"
        )
        out.hint(
            "repair it: `okra db:diff --live --sql` prints what makes the database again what was applied"
        )
    out.hint(
        f'ignore it: `"exclude": ["{next(strange, "legacy_*")}"]` under `migrations` in the configuration leaves tables alone'
    )


def drift_value(found: Drift) -> dict[str, object]:
    """Drift for the JSON document."""
    return {
        "expected": found.title,
        "differences": [difference_value(each) for each in found.differences],
        "unknown": found.unknown,
        "notCompared": found.ignored,
    }


def difference_value(each: Difference) -> dict[str, object]:
    """One object for the JSON document."""
    return {
        "kind": each.kind,
        "name": each.name,
        "expected": each.before,
        "found": each.after,
        "parts": [difference_value(part) for part in each.parts],
    }
