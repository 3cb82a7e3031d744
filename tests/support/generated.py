"""The schemas that types are generated for in tests, and each language's options in every combination that matters."""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from okra.codegen import find_generator
from okra.codegen.generator import CannotGenerate, File, Problem
from okra.language.define import parse_schema
from okra.source import Source

if TYPE_CHECKING:
    from okra.language.definition import Enum, Model, SchemaDefinition

ROOT = Path(__file__).parents[2]
SCHEMAS = {
    "blog": ROOT / "examples" / "blog",
    "clinic": ROOT / "examples" / "clinic" / "models",
    "every_type": ROOT / "tests" / "codegen" / "schemas" / "every_type.okra.gql",
    "hostile_texts": ROOT / "tests" / "codegen" / "schemas" / "hostile_texts.okra.gql",
    "hostile_names": ROOT / "tests" / "codegen" / "schemas" / "hostile_names.okra.gql",
}

ZOD_VERSION = "zodVersion"
"""No option of the generator: which Zod its code is compiled and run with."""

CHOICES: dict[str, dict[str, tuple[object, ...]]] = {
    "go": {
        "files": ("one", "each"),
        "dateTime": ("string", "time.Time"),
        "validate": (False, True),
    },
    "typescript": {
        "files": ("one", "each"),
        "module": ("esm", "commonjs"),
        "bigInt": ("string", "bigint"),
        "dateTime": ("string", "Date"),
        "zod": (False, True),
        ZOD_VERSION: (4, 3),
    },
    "python": {
        "files": ("one", "each"),
        "style": ("dataclass", "typeddict", "pydantic", "msgspec"),
        "dateTime": ("str", "datetime"),
        "decimal": ("Decimal", "str"),
        "id": ("str", "UUID"),
    },
}
"""What each option may be, the default first."""


class Case(NamedTuple):
    """A schema in a language, with options."""

    schema: str
    language: str
    options: tuple[tuple[str, object], ...] = ()

    @property
    def name(self) -> str:
        """A name that may be a folder, a package of Go or a module of Python: what is not the default stands in it."""
        said = [f"{option}_{value}" for option, value in self.options]
        text = "_".join([self.schema, self.language, *said])
        return text.replace(".", "").lower()

    @property
    def is_hostile(self) -> bool:
        """Whether its schema is one of names or texts that mean something else."""
        return self.schema.startswith("hostile")

    def option(self, name: str) -> object:
        return dict(self.options).get(name, CHOICES[self.language][name][0])

    def with_options(self, **options: object) -> Case:
        return case(self.schema, self.language, **{**dict(self.options), **options})


def case(schema: str, language: str, **options: object) -> Case:
    """A case; options that say what they say by default are left out."""
    usual = CHOICES[language]
    said = [(name, options[name]) for name in usual if name in options]
    return Case(
        schema, language, tuple((name, value) for name, value in said if value != usual[name][0])
    )


def every_case(schema: str, language: str, **fixed: object) -> list[Case]:
    """Each combination of options, but for those that are fixed."""
    free = {name: values for name, values in CHOICES[language].items() if name not in fixed}
    found = [
        case(schema, language, **fixed, **dict(zip(free, chosen, strict=True)))
        for chosen in product(*free.values())
    ]
    return [
        each
        for each in found
        if language != "typescript" or each.option("zod") or each.option(ZOD_VERSION) == 4
    ]


def some_cases(schema: str, language: str) -> list[Case]:
    """The default, and every other value of every option at once."""
    last = {name: values[-1] for name, values in CHOICES[language].items()}
    found = [case(schema, language), case(schema, language, **last)]
    if language == "typescript":
        found.append(case(schema, language, **{**last, ZOD_VERSION: 4}))
    if language == "python":
        styles = CHOICES["python"]["style"]
        found += [case(schema, language, style=style) for style in styles]
        found += [case(schema, language, **{**last, "style": style}) for style in styles]
    return list(dict.fromkeys(found))


@cache
def all_cases(language: str) -> tuple[Case, ...]:
    """Every combination for the schema that has every type, the outermost ones for the others."""
    others = [each for schema in SCHEMAS for each in some_cases(schema, language)]
    if language == "python":
        every = every_case("every_type", language, files="one")
    else:
        every = every_case("every_type", language)
    return tuple(dict.fromkeys([*every, *others]))


@cache
def schema(name: str) -> SchemaDefinition:
    place = SCHEMAS[name]
    paths = sorted(place.glob("*.okra.gql")) if place.is_dir() else [place]
    return parse_schema([Source(path.name, path.read_text()) for path in paths]).definition


def parsed(text: str) -> SchemaDefinition:
    return parse_schema([Source("models.okra.gql", text)]).definition


def generate(
    definition: SchemaDefinition, language: str, options: dict[str, Any] | None = None
) -> tuple[File, ...]:
    """The files for a schema. Raises CannotGenerate."""
    maker = find_generator(language)
    assert maker is not None
    said = {"output": f"generated/{language}", **(options or {})}
    return maker.generate(definition, msgspec.convert(said, maker.options))


def files_of(wanted: Case) -> tuple[File, ...]:
    """The files of a case; what its language can't say is left out."""
    return sayable(wanted).files


class Sayable(NamedTuple):
    """What a language has a way to say of a schema, and what it said of the rest."""

    definition: SchemaDefinition
    files: tuple[File, ...]
    problems: tuple[Problem, ...]


@cache
def sayable(wanted: Case) -> Sayable:
    """A case without what its language has no way to say."""
    options = {name: value for name, value in wanted.options if name != ZOD_VERSION}
    if wanted.language == "go":
        options["package"] = "models"
    found = schema(wanted.schema)
    problems: tuple[Problem, ...] = ()
    while True:
        try:
            files = generate(found, wanted.language, options)
        except CannotGenerate as error:
            problems += error.problems
            fewer = without(found, {problem.subject for problem in error.problems})
            assert fewer != found, error.problems
            found = fewer
        else:
            return Sayable(found, files, problems)


def without(definition: SchemaDefinition, subjects: set[str]) -> SchemaDefinition:
    """A schema without the models, fields, enums and values named `Post`, `Post.title`, `Role`, `Role.ADMIN`."""
    return msgspec.structs.replace(
        definition,
        models=tuple(
            _model(model, subjects) for model in definition.models if model.name not in subjects
        ),
        enums=tuple(
            _enum(enum, subjects) for enum in definition.enums if enum.name not in subjects
        ),
    )


def _model(model: Model, subjects: set[str]) -> Model:
    fields = [field for field in model.fields if f"{model.name}.{field.name}" not in subjects]
    return msgspec.structs.replace(model, fields=tuple(fields))


def _enum(enum: Enum, subjects: set[str]) -> Enum:
    values = [value for value in enum.values if f"{enum.name}.{value.name}" not in subjects]
    return msgspec.structs.replace(enum, values=tuple(values))
