"""Two schemas that grew out of one, put together: what only one of them changed is taken from that one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from msgspec.structs import fields, replace

from okra.language.definition import (
    Check,
    Enum,
    EnumValue,
    Field,
    Index,
    Model,
    SchemaDefinition,
    Unique,
)
from okra.migrations.following import followed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_Named: TypeAlias = Model | Enum | Field | EnumValue
_Parted = TypeVar("_Parted", SchemaDefinition, Model, Enum)
_LOOSE = (Index, Unique, Check)
"""What has no name of its own: each is there or not, and is never changed."""


class Conflict(NamedTuple):
    """What both have changed, each in its own way: `where` says what, the others how."""

    where: str
    one: str
    other: str


class Merged(NamedTuple):
    definition: SchemaDefinition
    conflicts: tuple[Conflict, ...]


def merge(base: SchemaDefinition, one: SchemaDefinition, other: SchemaDefinition) -> Merged:
    """All that led from `base` to `one`, and all that led from `base` to `other`.

    Where both did the same thing differently, `one` is taken, and the conflict named. A field and a value
    of an enum are one thing each. What one of both renamed is the same thing for the other.
    """
    base, other = followed(base, one, other)
    base, one = followed(base, other, one)
    merging = _Merging()
    merged = merging.parts(base, one, other, "")
    return Merged(merged, tuple(merging.conflicts))


class _Merging:
    def __init__(self) -> None:
        self.conflicts: list[Conflict] = []

    def parts(self, base: _Parted, one: _Parted, other: _Parted, where: str) -> _Parted:
        """Three schemas, models or enums, part by part."""
        changes: dict[str, object] = {}
        for part in fields(one):
            before, here, there = (getattr(each, part.name) for each in (base, one, other))
            if there in (before, here):
                continue
            if here == before:
                changes[part.name] = there
                continue
            changes[part.name] = self._both(
                before, here, there, _Place(where, part.name, one, other)
            )
        return replace(one, **changes) if changes else one

    def _both(self, before: object, here: object, there: object, place: _Place) -> object:
        if isinstance(here, tuple) and isinstance(there, tuple) and isinstance(before, tuple):
            every = (*before, *here, *there)
            if all(isinstance(each, _Named) for each in every):
                return self._named(before, here, there, place)
            if all(isinstance(each, _LOOSE) for each in every):
                return _loose(before, here, there)
        self.conflicts.append(Conflict(place.path(place.part), _told(here), _told(there)))
        return here

    def _named(
        self,
        before: Sequence[_Named],
        here: Sequence[_Named],
        there: Sequence[_Named],
        place: _Place,
    ) -> tuple[_Named, ...]:
        """Models, enums, fields or values, by their names."""
        old, ours, theirs = (_by_name(each) for each in (before, here, there))
        found = []
        for name in _order(list(old), list(ours), list(theirs)):
            kept = self._one(old.get(name), ours.get(name), theirs.get(name), name, place)
            if kept is not None:
                found.append(kept)
        if (
            isinstance(place.one, Enum)
            and _reordered([*old], [*ours])
            and _reordered([*old], [*theirs])
        ):
            told = (", ".join(ours), ", ".join(theirs))
            self.conflicts.append(Conflict(f"the order of the values of {place.where}", *told))
        return tuple(found)

    def _one(
        self,
        old: _Named | None,
        here: _Named | None,
        there: _Named | None,
        name: str,
        place: _Place,
    ) -> _Named | None:
        if there in (old, here):
            return here
        if here == old:
            return there
        path = place.path(name)
        if isinstance(old, Model) and isinstance(here, Model) and isinstance(there, Model):
            return self.parts(old, here, there, path)
        if isinstance(old, Enum) and isinstance(here, Enum) and isinstance(there, Enum):
            return self.parts(old, here, there, path)
        told = (_told(here, place.one), _told(there, place.other))
        self.conflicts.append(Conflict(path, *told))
        return here


class _Place(NamedTuple):
    """A part of what is merged: `where` both are, as a person says it, and both of them."""

    where: str
    part: str
    one: SchemaDefinition | Model | Enum
    other: SchemaDefinition | Model | Enum

    def path(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name


def _loose(
    before: Sequence[object], here: Sequence[object], there: Sequence[object]
) -> tuple[object, ...]:
    gone = [each for each in before if each not in there]
    kept = [each for each in here if each not in gone]
    return (*kept, *(each for each in there if each not in before and each not in kept))


def _by_name(items: Iterable[_Named]) -> dict[str, _Named]:
    return {item.name: item for item in items}


def _order(old: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    """All names: in the order of ours, or of theirs where only they changed it; new ones behind those before them."""
    spine, more = (
        (theirs, ours) if _reordered(old, theirs) and not _reordered(old, ours) else (ours, theirs)
    )
    found = list(spine)
    for number, name in enumerate(more):
        if name in found:
            continue
        earlier = [each for each in more[:number] if each in found]
        place = found.index(earlier[-1]) + 1 if earlier else 0
        while place < len(found) and found[place] not in old:
            place += 1
        found.insert(place, name)
    return found


def _reordered(old: list[str], new: list[str]) -> bool:
    return [name for name in new if name in old] != [name for name in old if name in new]


def _told(value: object, owner: object = None) -> str:
    """What one of both has made of it, as the schema says it."""
    from okra.language.write import field_text, value_text

    match value:
        case None | () | False:
            return "nothing"
        case Field():
            return field_text(value, owner) if isinstance(owner, Model) else value.name
        case EnumValue():
            return value_text(value)
        case Enum():
            return "enum with " + ", ".join(each.name for each in value.values)
        case Model():
            return "model with " + ", ".join(each.name for each in value.fields)
        case _:
            return str(value)
