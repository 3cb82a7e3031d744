"""The generator of Go: the schema and its options in, a package out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.codegen.generator import File, Files
from okra.codegen.go.declaring import enum, struct
from okra.codegen.go.helpers import helpers_for
from okra.codegen.go.layout import source
from okra.codegen.go.names import constant, exported, package_name, package_of
from okra.codegen.go.options import GoOptions
from okra.codegen.go.parsing import parse
from okra.codegen.go.pieces import Piece, joined
from okra.codegen.go.types import field_name, free_names
from okra.codegen.go.validating import validate
from okra.codegen.names import DEVICES, Problems
from okra.codegen.shape import shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from okra.codegen.go.types import TypeNames
    from okra.codegen.shape import Shape
    from okra.language.definition import Model, SchemaDefinition

_ENUMS, _HELPERS = "enums", "helpers"


class GoGenerator:
    """Structs with json tags and enums as string types, as gofmt and go vet like them."""

    options: type[GoOptions] = GoOptions
    suffixes: tuple[str, ...] = (".go",)

    def generate(self, schema: SchemaDefinition, options: GoOptions) -> tuple[File, ...]:
        """The files of the package.

        Raises  CannotGenerate where two things would have one name, or the package can't be called so
        """
        found = shapes(schema)
        package = package_of(options.output or "") if options.package is None else options.package
        declared = list(_declared(schema))
        readers = [f"Parse{exported(shape.name)}" for shape in found] if options.validate else []
        _check(declared, found, package, readers)
        names = free_names((*readers, *(name for _, name in declared)), options.date_time)
        enums = joined(enum(definition) for definition in schema.enums)
        models = [
            _model(model, shape, names, validating=options.validate)
            for model, shape in zip(schema.models, found, strict=True)
        ]
        helpers = helpers_for((enums, *models), names)
        if options.files is Files.ONE:
            parts = {"models": joined(piece for piece in (enums, *models, helpers) if piece.text)}
        else:
            files = _file_names(found)
            parts = {_ENUMS: enums, **dict(zip(files, models, strict=True)), _HELPERS: helpers}
        return tuple(
            File(name=f"{name}.go", text=source(package, piece))
            for name, piece in parts.items()
            if piece.text or options.files is Files.ONE
        )


def _model(model: Model, shape: Shape, names: TypeNames, *, validating: bool) -> Piece:
    if not validating:
        return struct(shape, names)
    return joined((struct(shape, names), validate(model, shape, names), parse(shape, names)))


def _declared(schema: SchemaDefinition) -> Iterator[tuple[str, str]]:
    """(subject, name in the package) pairs of types and constants."""
    for model in schema.models:
        yield model.name, exported(model.name)
    for definition in schema.enums:
        name = exported(definition.name)
        yield definition.name, name
        for value in definition.values:
            yield f"{definition.name}.{value.name}", constant(name, value.name)


def _check(
    declared: Sequence[tuple[str, str]],
    found: Sequence[Shape],
    package: str,
    readers: Iterable[str],
) -> None:
    problems = Problems("Go")
    if not package_name(package):
        problems.add(
            "package",
            f"`{package}` is no name that a Go package can have",
            "take lower-case letters and digits that are no word of the language, such as `models`",
        )
    problems.check_distinct(declared)
    subjects = {name: subject for subject, name in declared}
    for reader in readers:
        if reader in subjects:
            problems.add(
                subjects[reader],
                f"`{subjects[reader]}` would be called `{reader}` in Go, as is the function that reads "
                f"a `{reader.removeprefix('Parse')}`",
                "give it another name, or go without `validate`; `@table` and `@value` keep what it is "
                "called in the database",
            )
    for shape in found:
        fields = ((f"{shape.name}.{item.name}", field_name(item)) for item in shape.members)
        problems.check_distinct(fields, f" in the type `{exported(shape.name)}`")
    problems.check()


def _file_names(found: Sequence[Shape]) -> list[str]:
    """The file of each model, without `_`: behind it Go would find a system or `test`."""
    names: list[str] = []
    taken = {_ENUMS, _HELPERS, *DEVICES}
    for shape in found:
        name = stem = shape.name.replace("_", "").lower() or "model"
        number = 2
        while name in taken:
            name = f"{stem}{number}"
            number += 1
        taken.add(name)
        names.append(name)
    return names
