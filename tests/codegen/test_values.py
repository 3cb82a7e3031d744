"""What guards take and what they refuse: right and wrong values of every type in every place, in every language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from generated import Case, every_case, schema
from okra.codegen.shape import Shape, shapes
from okra.language.definition import Scalar
from python_code import read
from typed_values import Wrong, right_values, same, too_long, wrong_values
from workshop import Answer, Item, runnable

if TYPE_CHECKING:
    from workshop import Workshop

SHAPES = {shape.name: shape for shape in shapes(schema("every_type"))}
RIGHT = [(name, text) for name, shape in SHAPES.items() for text in right_values(shape)]
LOOSE = [
    (name, text) for name, shape in SHAPES.items() for text in right_values(shape, exact=False)
]
WRONG = [wrong for shape in SHAPES.values() for wrong in wrong_values(shape)]
TOO_LONG = [wrong for shape in SHAPES.values() for wrong in too_long(shape)]

GO = every_case("every_type", "go")
TYPESCRIPT = every_case("every_type", "typescript")
PYTHON = [case for case in runnable("python") if case.schema == "every_type"]


def named(case: Case) -> str:
    return case.name


def right_for(case: Case) -> list[tuple[str, str]]:
    """The right values that a case has to take."""
    return LOOSE if case.language == "go" and not case.option("validate") else RIGHT


def wrong_for(case: Case) -> list[Wrong]:
    """The wrong values that a case has to refuse: without Validate, Go has no guard."""
    if case.language == "go" and not case.option("validate"):
        return []
    return WRONG if case.language == "python" else [*WRONG, *TOO_LONG]


def digits(case: Case) -> int:
    """How many digits of a fraction of a second a value in memory has room for."""
    return {"Date": 3, "datetime": 6}.get(str(case.option("dateTime")), 9)


def items(cases: list[Case]) -> list[Item]:
    found = []
    for case in cases:
        found += [Item(case.name, model, text) for model, text in right_for(case)]
        found += [Item(case.name, wrong.model, wrong.text) for wrong in wrong_for(case)]
    return found


def answered(case: Case, cases: list[Case], answers: list[Answer]) -> tuple[list, list]:
    """What a case made of the right values, and of the wrong ones."""
    start = 0
    for each in cases:
        right, wrong = right_for(each), wrong_for(each)
        if each == case:
            middle = start + len(right)
            return (
                list(zip(right, answers[start:middle], strict=True)),
                list(zip(wrong, answers[middle : middle + len(wrong)], strict=True)),
            )
        start += len(right) + len(wrong)
    raise ValueError(case)


def altered(case: Case, right: list[tuple[tuple[str, str], Answer]]) -> list[str]:
    """Right values that were refused, or came out as something else."""
    found = []
    for (model, text), answer in right:
        if answer.error is not None or answer.text is None:
            found.append(f"refused: {answer.error}: {model} {text}")
        elif not same(SHAPES[model], text, answer.text, digits=digits(case)):
            found.append(f"{model} {text} became {answer.text}")
    return found


def unformed(case: Case, right: list[tuple[tuple[str, str], Answer]]) -> list[str]:
    """Moments that a value in memory has lost the text of, and that were not written in UTC with Z."""
    if case.option("dateTime") in ("string", "str") or not wrong_for(case):
        return []  # the text stays as it was; Go's own decoder keeps the offset
    found = []
    for (model, text), answer in right:
        row = json.loads(answer.text or "{}")
        for member in SHAPES[model].members:
            if member.type is Scalar.DATE_TIME and row.get(member.name) is not None:
                moments = row[member.name] if member.list else [row[member.name]]
                found += [f"{text}: {each}" for each in moments if not each.endswith("Z")]
    return found


def taken(wrong: list[tuple[Wrong, Answer]]) -> list[str]:
    """Wrong values that were taken."""
    return [
        f"{each.model}.{each.place} {each.text}" for each, answer in wrong if answer.error is None
    ]


@pytest.mark.parametrize("case", GO, ids=named)
def test_go(case: Case, workshop: Workshop) -> None:
    right, wrong = answered(case, GO, workshop.go_run("go-values", items(GO)))

    assert altered(case, right) == []
    assert unformed(case, right) == []
    assert taken(wrong) == []


@pytest.mark.parametrize("case", TYPESCRIPT, ids=named)
def test_typescript(case: Case, workshop: Workshop) -> None:
    found = workshop.node_run("typescript-values", items(TYPESCRIPT))
    right, wrong = answered(case, TYPESCRIPT, found)

    assert altered(case, right) == []
    assert unformed(case, right) == []
    assert taken(wrong) == []
    if case.option("zod"):
        assert [pair for pair, answer in right if not (answer.notes or {}).get("zod")] == []
        agreed = [each for each, answer in wrong if (answer.notes or {}).get("zod")]
        assert agreed == []


@pytest.mark.parametrize("case", PYTHON, ids=named)
def test_python(case: Case, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(workshop.python_folder()))

    right = [(pair, read(case, *pair)) for pair in right_for(case)]
    wrong = [(each, read(case, each.model, each.text)) for each in wrong_for(case)]

    assert altered(case, right) == []
    assert unformed(case, right) == []
    assert taken(wrong) == []
    if case.option("style") in ("dataclass", "typeddict"):
        assert unplaced(wrong) == []


def unplaced(wrong: list[tuple[Wrong, Answer]]) -> list[str]:
    """Errors that do not say first which value is to blame."""
    return [
        f"{each.model}.{each.place} {each.text}: {answer.error}"
        for each, answer in wrong
        if each.text not in ("{}", "[{}]")
        and not str(answer.error).startswith(
            f"{each.model}.{each.place}:" if each.place else f"{each.model}:"
        )
    ]


def test_there_are_enough_values() -> None:
    """A slip in the tables must not leave a type without any."""
    assert isinstance(SHAPES["Thing"], Shape)
    assert len(RIGHT) > 150
    assert len(WRONG) > 900
