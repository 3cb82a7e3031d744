"""Seeds of Python, and seeds of protected databases: nothing runs that nobody has allowed."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from places import Place

TAGS = 'def seed(db):\n    db.rows("Tag", [{"name": f"tag {n}"} for n in range(3)])\n'
NAMED = {"python": ["seeds/50_tags.py"]}


def allowed(shop: Place, code: str, **database: object) -> None:
    """A seed of Python that the configuration names."""
    (shop.folder / "seeds" / "50_tags.py").write_text(code)
    shop.configure(migrations={"mode": "declarative"}, seeds=NAMED, **database)


def tags(shop: Place) -> list[str]:
    return [str(name) for (name,) in shop.sql("SELECT name FROM tags ORDER BY name")]


def test_python_that_nobody_names_does_not_run(shop: Place) -> None:
    (shop.folder / "seeds" / "Tag.json").write_text('[{"name": "a"}]')
    (shop.folder / "seeds" / "evil.py").write_text("raise SystemExit(9)")
    found = shop.okra("db:seed")
    assert found.code == 0
    assert found.err.startswith("warning: `seeds/evil.py` was not run: ")
    assert tags(shop) == ["a"]


def test_python_that_the_configuration_names_runs_with_its_hash_shown(shop: Place) -> None:
    allowed(shop, TAGS)
    said = shop.must("db:seed")
    assert f"Runs seeds/50_tags.py, SHA-256 {sha256(TAGS.encode()).hexdigest()}" in said
    assert tags(shop) == ["tag 0", "tag 1", "tag 2"]


def test_python_reads_and_writes_in_the_same_transaction(shop: Place) -> None:
    code = """\
def seed(db):
    db.execute("INSERT INTO tags (name) VALUES (?)", ["it's 100%"])
    [(name,)] = db.query("SELECT name FROM tags WHERE name LIKE 'it%'")
    db.rows("Tag", [{"name": f"{name} {db.environment}"}])
    if db.provider:
        raise ValueError("enough")
"""
    allowed(shop, code)
    found = shop.okra("db:seed")
    assert found.err.strip().splitlines() == [
        "error[OKR641]: the seed failed: ValueError: enough",
        "  --> seeds/50_tags.py:6",
        "  = help: nothing was written",
    ]
    assert tags(shop) == []


@pytest.mark.parametrize("statement", ["COMMIT", "ROLLBACK", "BEGIN; SELECT 1"])
def test_python_can_t_end_the_transaction(shop: Place, statement: str) -> None:
    allowed(shop, f"def seed(db):\n    db.execute({statement!r})\n")
    found = shop.okra("db:seed")
    assert found.code == 1
    assert "error[OKR599]" in found.err or "error[OKR641]" in found.err


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("x = 1", "the file has no function `seed`"),
        (
            "def seed(db:\n",
            "the seed failed: SyntaxError: '(' was never closed (50_tags.py, line 1)",
        ),
    ],
)
def test_python_that_is_no_seed_is_refused(shop: Place, code: str, message: str) -> None:
    allowed(shop, code)
    found = shop.okra("db:seed")
    assert found.code == 1
    assert message.partition(" (")[0] in found.err


def test_python_outside_of_the_folder_is_refused(shop: Place) -> None:
    (shop.folder / "other.py").write_text(TAGS)
    shop.configure(migrations={"mode": "declarative"}, seeds={"python": ["other.py"]})
    found = shop.okra("db:seed")
    assert found.code == 2
    assert "error[OKR595]: `seeds.python` names `other.py`" in found.err


def test_a_protected_database_is_seeded_only_by_name(shop: Place) -> None:
    (shop.folder / "seeds" / "Tag.json").write_text('[{"name": "a"}]')
    shop.configure(migrations={"mode": "declarative"}, protected=True)
    assert "OKR616" in shop.okra("db:seed", "--yes").err
    assert "OKR616" in shop.okra("db:seed", "--confirm-database", "other").err
    assert tags(shop) == []
    name = shop.url.database or "shop.db"
    shop.must("db:seed", "--confirm-database", name)
    assert tags(shop) == ["a"]


def test_python_in_a_protected_environment_needs_to_be_allowed(shop: Place) -> None:
    allowed(shop, TAGS, protected=True)
    name = shop.url.database or "shop.db"
    found = shop.okra("db:seed", "--confirm-database", name)
    assert found.err.startswith("error[OKR642]: this database is protected, and `seeds/50_tags.py`")
    assert tags(shop) == []
    shop.must("db:seed", "--confirm-database", name, "--allow-code")
    assert tags(shop) == ["tag 0", "tag 1", "tag 2"]
