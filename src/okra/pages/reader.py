"""Pages for what reading SQL files and databases can say."""

from __future__ import annotations

from okra.pages.page import Page

PAGES: dict[str, Page] = {
    "OKR480": Page(
        title="a quote in an SQL file is not closed",
        text=(
            "A text (`'`) or a quoted name (`\"`, `` ` `` or `[`) begins at the place that the error names, and the "
            "file ends before it does. OKRA can't tell where the statements end, so it runs none of them.\n\n"
            "Close the quote. A quote inside a text is written twice."
        ),
        example="INSERT INTO notes (text) VALUES ('it''s');",
    ),
    "OKR481": Page(
        title="a parenthesis in an SQL file is not closed",
        text=(
            "A statement ends, at its semicolon or at the end of the file, while the `(` that the error names is "
            "still open. Add the `)`."
        ),
        example="CREATE TABLE users (id text);",
    ),
    "OKR482": Page(
        title="a parenthesis in an SQL file closes nothing",
        text=(
            "There is a `)` without a `(` before it in the same statement. Remove it, or add the `(`. A semicolon "
            "in the wrong place cuts a statement in two and leads here as well."
        ),
    ),
    "OKR483": Page(
        title="a comment in an SQL file is not closed",
        text=(
            "A comment that begins with `/*` has no `*/`. SQLite would take all the rest of the file for the "
            "comment and run nothing of it; OKRA says so instead. Add the `*/` where the comment ends."
        ),
    ),
    "OKR484": Page(
        title="an SQL file holds a NUL character",
        text=(
            "SQLite stops reading at a NUL character, so what follows it would never run. Remove it; an editor "
            "that shows control characters finds it at the line and column of the error."
        ),
    ),
}
