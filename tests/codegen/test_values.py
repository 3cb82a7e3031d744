"""What guards take and what they refuse: right and wrong values of every type in every place, in every language."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import pytest

from generated import Case, all_cases, every_case, sayable, some_cases
from okra.codegen.shape import Shape, shapes
from okra.language.definition import Scalar
from python_code import read
from typed_values import Wrong, incomplete, right_values, same, too_long, wrong_values
from workshop import DRIVERS, HOSTILE, Answer, Item

if TYPE_CHECKING:
    from workshop import Workshop

CASES = {
    language: [
        *every_case("every_type", language),
        *some_cases("hostile_names", language),
        *some_cases("hostile_texts", language),
    ]
    for language in ("go", "typescript")
} | {
    "python": [
        case for case in all_cases("python") if case.is_hostile or case.schema == "every_type"
    ]
}


def named(case: Case) -> str:
    return case.name


go, typescript, python = (
    pytest.mark.parametrize("case", cases, ids=named) for cases in CASES.values()
)


@cache
def shapes_of(case: Case) -> dict[str, Shape]:
    """The types of a case by name; of hostile names the one that has most of them."""
    found = {shape.name: shape for shape in shapes(sayable(case).definition)}
    return {HOSTILE: found[HOSTILE]} if case.is_hostile else found


def has_guard(case: Case) -> bool:
    """Without Validate, Go has none."""
    return case.language != "go" or bool(case.option("validate"))


@cache
def right_for(case: Case) -> list[tuple[str, str]]:
    """The right values that a case has to take."""
    return [
        (name, text)
        for name, shape in shapes_of(case).items()
        for text in right_values(shape, exact=has_guard(case))
    ]


@cache
def wrong_for(case: Case) -> list[Wrong]:
    """The wrong values that a case has to refuse."""
    if not has_guard(case):
        return []
    found = shapes_of(case).values()
    if case.is_hostile:
        return [each for shape in found for each in incomplete(shape)]
    long = [each for shape in found for each in too_long(shape)]
    wrong = [each for shape in found for each in wrong_values(shape)]
    return wrong + long


def digits(case: Case) -> int:
    """How many digits of a fraction of a second a value in memory has room for."""
    return {"Date": 3, "datetime": 6}.get(str(case.option("dateTime")), 9)


def items(cases: list[Case]) -> list[Item]:
    found = []
    for case in cases:
        found += [Item(case.name, model, text) for model, text in right_for(case)]
        found += [Item(case.name, wrong.model, wrong.text) for wrong in wrong_for(case)]
    return found


def answered(case: Case, answers: list[Answer]) -> tuple[list, list]:
    """What a case made of the right values, and of the wrong ones."""
    start = 0
    for each in CASES[case.language]:
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
        elif not same(shapes_of(case)[model], text, answer.text, digits=digits(case)):
            found.append(f"{model} {text} became {answer.text}")
    return found


def unformed(case: Case, right: list[tuple[tuple[str, str], Answer]]) -> list[str]:
    """Moments that a value in memory has lost the text of, and that were not written in UTC with Z."""
    if case.option("dateTime") in ("string", "str") or not has_guard(case):
        return []  # the text stays as it was; Go's own decoder keeps the offset
    found = []
    for (model, text), answer in right:
        row = json.loads(answer.text or "{}")
        for member in shapes_of(case)[model].members:
            if member.type is Scalar.DATE_TIME and row.get(member.name) is not None:
                moments = row[member.name] if member.list else [row[member.name]]
                found += [f"{text}: {each}" for each in moments if not each.endswith("Z")]
    return found


def taken(wrong: list[tuple[Wrong, Answer]]) -> list[str]:
    """Wrong values that were taken."""
    return [
        f"{each.model}.{each.place} {each.text}" for each, answer in wrong if answer.error is None
    ]


@go
def test_go(case: Case, workshop: Workshop) -> None:
    right, wrong = answered(case, workshop.go_run("go-values", lambda: items(CASES["go"])))

    assert altered(case, right) == []
    assert unformed(case, right) == []
    assert taken(wrong) == []


def test_go_writes_lists_that_nobody_has_made_as_empty_ones(workshop: Workshop) -> None:
    for case in every_case("every_type", "go"):
        many = workshop.go_zeros()[f"{case.name} ManyThings"]
        assert {name: value for name, value in many.items() if value != []} == {"id": ""}
        assert len(many) == 1 + 11 + 2
        assert workshop.go_zeros()[f"{case.name} Thing"]["data"] == ""


@typescript
def test_typescript(case: Case, workshop: Workshop) -> None:
    found = workshop.node_run("typescript-values", lambda: items(CASES["typescript"]))
    right, wrong = answered(case, found)

    assert altered(case, right) == []
    assert unformed(case, right) == []
    assert taken(wrong) == []
    if case.option("zod"):
        assert [pair for pair, answer in right if not answer.zod] == []
        assert [each for each, answer in wrong if answer.zod] == []


def test_guards_of_typescript_are_not_fooled_by_what_no_json_has(workshop: Workshop) -> None:
    workshop.tsc_check()
    folder = workshop.tools.base / "typescript"
    plain = CASES["typescript"][0]
    places = [plain, plain.with_options(bigInt="bigint", dateTime="Date")]
    ran = workshop.tools.node(
        folder, str(DRIVERS / "odd.mjs"), *(str(folder / each.name) for each in places)
    )

    assert ran.said == "[]\n"


def test_python_refuses_numbers_that_its_json_reads_though_no_other_does(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(workshop.python_folder()))
    right = right_values(shapes_of(CASES["python"][0])["Thing"])[0]

    for each in CASES["python"]:
        if each.schema == "every_type":
            for text in ("NaN", "Infinity", "-Infinity"):
                wrong = right.replace('"real":0', f'"real":{text}')
                assert (read(each, "Thing", wrong).error or "").startswith("Thing.real: ")


@python
def test_python(case: Case, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(workshop.python_folder()))

    right = [(pair, read(case, *pair)) for pair in right_for(case)]
    wrong = [(each, read(case, each.model, each.text)) for each in wrong_for(case)]

    assert altered(case, right) == []
    assert unformed(case, right) == []
    assert taken(wrong) == []
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
    case = CASES["python"][0]
    assert len(right_for(case)) > 250
    assert len(wrong_for(case)) > 1_300
