"""What changed models mean for code that uses the types generated from them, in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.codegen.shape import is_shown
from okra.codegen.table import FORMS, LANGUAGES, language_types
from okra.compatibility.finding import (
    TYPES,
    Finding,
    Level,
    Meaning,
    breaking,
    found,
    risky,
)
from okra.language.definition import Scalar
from okra.naming import listed

if TYPE_CHECKING:
    from okra.compatibility.pairs import Pairs
    from okra.language.definition import Enum, Field, Model

_SCALARS = frozenset(Scalar)


def type_findings(pairs: Pairs) -> tuple[Finding, ...]:
    """What differs between the types generated before and after."""
    return (
        *(f for model in pairs.gone_models for f in _gone(model.name, "the model")),
        *(f for model in pairs.new_models for f in _new(model.name, "a new model")),
        *(f for before, after in pairs.models for f in _model(pairs, before, after)),
        *(f for enum in pairs.gone_enums for f in _gone(enum.name, "the enum")),
        *(f for enum in pairs.new_enums for f in _new(enum.name, "a new enum")),
        *(f for before, after in pairs.enums for f in _enum(pairs, before, after)),
    )


def _safe(reason: str) -> Meaning:
    return Meaning(level=Level.SAFE, affects=TYPES, reason=reason)


def _gone(name: str, what: str) -> tuple[Finding, ...]:
    reason = "code that uses its type does not compile"
    return found(
        name,
        f"{what} goes",
        breaking(TYPES, reason),
        instead="first deploy code that does not use it any more",
    )


def _new(name: str, change: str) -> tuple[Finding, ...]:
    return found(name, change, _safe("older code does not know it"))


def _renamed(
    before: str, after: str, what: str, owner: str = "", also: str = ""
) -> tuple[Finding, ...]:
    if before == after:
        return ()
    reason = f"code that uses it as it was called does not compile{also}"
    return found(owner + before, f"{what} is renamed to `{after}`", breaking(TYPES, reason))


def _model(pairs: Pairs, before: Model, after: Model) -> tuple[Finding, ...]:
    fields = pairs.fields(before, after)
    kept = {old.name for old, _ in fields}
    come = {new.name for _, new in fields}
    gone = [field for field in _shown(before) if field.name not in kept]
    new = [field for field in _shown(after) if field.name not in come]
    return (
        *_renamed(before.name, after.name, "the model"),
        *(f for field in gone for f in _gone_field(after, field)),
        *(f for field in new for f in _new_field(after, field)),
        *(f for old, field in fields for f in _field(pairs, after, old, field)),
    )


def _shown(model: Model) -> list[Field]:
    """The fields that the generated type has: those with a column, and lists of ids."""
    return [field for field in model.fields if is_shown(field)]


def _gone_field(model: Model, field: Field) -> tuple[Finding, ...]:
    return found(
        f"{model.name}.{field.name}",
        "the field goes",
        breaking(TYPES, "code that uses it does not compile, and documents without it are refused"),
        instead="first deploy code that does not use it any more",
    )


def _new_field(model: Model, field: Field) -> tuple[Finding, ...]:
    name = f"{model.name}.{field.name}"
    if not field.type.required:
        return found(name, "a new optional field", _safe("code that makes values may leave it out"))
    reason = "code that makes values without it does not compile in TypeScript, and fails in Python"
    return found(
        name,
        "a new required field",
        breaking(TYPES, reason),
        instead="make it optional first",
    )


def _field(pairs: Pairs, model: Model, before: Field, after: Field) -> tuple[Finding, ...]:
    name = f"{model.name}.{after.name}"
    lost = "are refused" if after.type.required else "lose it"
    also = f", and documents with the old name {lost}"
    findings = _renamed(before.name, after.name, "the field", f"{model.name}.", also)
    languages = _changed_types(pairs, before, after)
    old, new = _written(pairs, before, old=True), _written(pairs, after, old=False)
    change = f"its type changes from `{old}` to `{new}`"
    if languages:
        reason = f"code that uses it does not compile: {languages}"
        findings += found(name, change, breaking(TYPES, reason))
    elif old != new and before.type.name in FORMS:
        reason = f"code built before reads it as `{old}`, and refuses a text that is none"
        findings += found(name, change, risky(TYPES, reason))
    elif old != new:
        findings += found(name, change, _safe("it is the same type in every language"))
    if before.type.required != after.type.required:
        change = "it becomes required" if after.type.required else "it becomes optional"
        reason = (
            "code that makes values without it does not compile"
            if after.type.required
            else "code that takes a value for granted does not compile"
        )
        findings += found(name, change, breaking(TYPES, reason))
    if before.type.name == after.type.name:
        findings += _length(name, before.length, after.length)
    return findings


def _length(name: str, before: int | None, after: int | None) -> tuple[Finding, ...]:
    """Generated code counts the characters of what it reads, also where the server does not."""
    if before == after:
        return ()
    if after is not None and (before is None or after < before):
        change = f"its texts have at most {after} characters"
        reason = "longer ones, in rows or from code built before, are refused"
    else:
        change = f"its texts may have more than {before} characters"
        reason = "code built before refuses such, once new code writes them"
    return found(name, change, risky(TYPES, reason))


def _changed_types(pairs: Pairs, before: Field, after: Field) -> str:
    """Each language in which the field has another type, with both."""
    first, second = _types(pairs, before, old=True), _types(pairs, after, old=False)
    return ", ".join(
        f"`{one}` becomes `{other}` in {language}"
        for language, one, other in zip(LANGUAGES, first, second, strict=True)
        if one != other
    )


def _types(pairs: Pairs, field: Field, *, old: bool) -> tuple[str, ...]:
    """The field's type in each language; an enum by the name that it has after."""
    name = field.type.name
    if field.relation is not None:
        return tuple(f"ids of {pairs.model_name(name, old=old)}" for _ in LANGUAGES)
    if name not in _SCALARS:
        name = pairs.enum_name(name, old=old)
    return language_types(name, listed=field.type.list)


def _written(pairs: Pairs, field: Field, *, old: bool) -> str:
    name = field.type.name
    if field.relation is not None:
        name = pairs.model_name(name, old=old)
    elif name not in _SCALARS:
        name = pairs.enum_name(name, old=old)
    return f"[{name}]" if field.type.list else name


def _enum(pairs: Pairs, before: Enum, after: Enum) -> tuple[Finding, ...]:
    values = pairs.values(before, after)
    kept = {old.name for old, _ in values}
    known = {new.name for _, new in values}
    gone = [value.name for value in before.values if value.name not in kept]
    come = [value.name for value in after.values if value.name not in known]
    findings = _renamed(before.name, after.name, "the enum")
    if gone:
        findings += found(
            after.name,
            f"{listed(gone)} goes",
            breaking(TYPES, "code that uses it does not compile"),
        )
    if come:
        reason = "code that looks at every value, as `switch` with `never`, does not compile"
        findings += found(after.name, f"{listed(come)} is new", risky(TYPES, reason))
    for old, new in values:
        texts = old.text, new.text
        if texts[0] != texts[1]:
            findings += found(
                f"{after.name}.{new.name}",
                f"its text changes from `{texts[0]}` to `{texts[1]}`",
                breaking(TYPES, "code built before writes and looks for the old text"),
            )
        findings += _renamed(old.name, new.name, "the value", f"{after.name}.")
    return findings
