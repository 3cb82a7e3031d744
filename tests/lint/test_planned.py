"""What rules find in OKRA's own migrations is what its hazards say: those were measured on live servers."""

from __future__ import annotations

from pathlib import Path

import pytest

from linting import in_sql
from okra.lint import rule_of
from okra.plan import HazardKind

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = [
    (provider, folder.name)
    for provider in ("postgres", "mysql", "sqlite")
    for folder in sorted(GOLDEN.iterdir())
    if (folder / f"{provider}.sql").exists()
]
LOSING = {"OKR301", "OKR302"}


def schema(folder: Path, name: str) -> str:
    path = folder / f"{name}.okra.gql"
    return path.read_text() if path.exists() else ""


@pytest.mark.parametrize(("provider", "case"), CASES)
def test_rules_and_hazards_say_the_same(provider: str, case: str) -> None:
    folder = GOLDEN / case
    sql = (folder / f"{provider}.sql").read_text()
    found = in_sql(sql, provider, schema(folder, "before"), schema(folder, "after"))
    said = {kind for kind in HazardKind if f"-- ! {kind}:" in sql}

    for item in found:
        kinds = rule_of(item.code).said_as
        assert not kinds or said & {*kinds}, item
    lost = sql.count(f"-- ! {HazardKind.LOSES_DATA}: drops")
    assert lost == sum(1 for item in found if item.code in LOSING)


@pytest.mark.parametrize(("provider", "case"), CASES)
def test_what_needs_no_hazard_needs_no_word(provider: str, case: str) -> None:
    """Rules that are about statements of people find nothing in those of OKRA."""
    folder = GOLDEN / case
    sql = (folder / f"{provider}.sql").read_text()
    found = in_sql(sql, provider, schema(folder, "before"), schema(folder, "after"))
    silent = {item.code for item in found if not rule_of(item.code).said_as}
    assert silent <= {"OKR318", "OKR356"}, silent
