"""Statements that are put together are cut apart again, whatever stands in their texts, names and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okra.dialects import dialect
from okra.dialects.mysql import quoting as mysql
from okra.dialects.postgres import quoting as postgres
from okra.errors import DirectoryError, UnsupportedChange

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

PIECES = st.sampled_from(
    [
        *"'\"`;$\\/*-#()[]{}!@% \t\n",
        "--",
        "/*",
        "*/",
        "$$",
        "$a$",
        "\\'",
        "''",
        "E'",
        "BEGIN",
        "END",
        "END IF",
        "CASE",
        "DELIMITER ;;\n",
        "ä",
        "😀",
        "x",
        "begin atomic",
        "/*!",
        "*/;",
    ]
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)


def balanced(text: str) -> str:
    """`text` as it may stand in a comment of several lines."""
    return text.replace("*", "+")


@st.composite
def statements(draw: DrawFn, provider: str) -> str:
    """A statement whose parts hold anything, each quoted as the dialect quotes it."""
    quoting = postgres if provider == "postgres" else mysql
    parts = [
        draw(st.sampled_from(["SELECT", "CREATE TABLE t (a int)", "INSERT INTO t VALUES (1)"]))
    ]
    for _ in range(draw(st.integers(0, 4))):
        text = draw(TEXTS)
        kind = draw(st.sampled_from(["literal", "name", "comment", "line", "dollar"]))
        try:
            if kind == "literal":
                parts.append(quoting.literal(text))
            elif kind == "name":
                parts.append(quoting.quote(text))
            elif kind == "comment":
                parts.append(f"/* {balanced(text)} */")
            elif kind == "line":
                parts.append("-- " + text.replace("\n", " ") + "\n")
            elif provider == "postgres" and "$q$" not in text + "$q$"[:-1]:
                parts.append(f"$q${text}$q$")
        except UnsupportedChange:
            continue
    return " ".join([*parts, "AS z"])


@pytest.mark.parametrize("provider", ["postgres", "mysql"])
@given(data=st.data())
def test_what_is_put_together_is_cut_apart_again(provider: str, data: st.DataObject) -> None:
    made = data.draw(st.lists(statements(provider), max_size=4))
    text = "".join(f"{sql};\n\n" for sql in made)

    assert [script.sql for script in dialect(provider).split(text)] == made


@pytest.mark.parametrize("provider", ["postgres", "mysql"])
@given(text=TEXTS)
def test_any_text_is_cut_or_refused_at_a_place(provider: str, text: str) -> None:
    try:
        scripts = dialect(provider).split(text)
    except DirectoryError as error:
        line, _, column = (error.place or "").partition(":")
        assert line.isdigit()
        assert column.isdigit()
    else:
        assert all(script.sql.strip() and script.sql in text for script in scripts)
