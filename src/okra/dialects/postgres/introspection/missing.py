"""What a schema needs and a database has not: extensions, and tables that are the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.postgres.natives.extensions import extensions_with, words_of_extensions
from okra.dialects.postgres.quoting import quote, quote_table
from okra.dialects.postgres.server.owners import foreign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.dialects.base import Session
    from okra.relational.model import Database


def missing(session: Session, database: Database) -> tuple[str, ...]:
    """What has to be done in the session's database before `database` can be made there, as sentences."""
    words = _unknown(session, words_of_extensions(database))
    brought: dict[str, list[str]] = {}
    for word in words:
        names = extensions_with(word)
        there = {str(name): str(schema) for name, schema in _installed(session, names)}
        name = next((each for each in names if each in there), names[0])
        brought.setdefault(name, []).append(word)
    sentences = [_sentence(session, name, own) for name, own in brought.items()]
    return (*sentences, *_foreign(session, database))


def _foreign(session: Session, database: Database) -> Iterator[str]:
    """What is said of tables that are another user's."""
    owners = foreign(session)
    if not owners:
        return
    user = quote(str(session.query("SELECT current_user")[0][0]))
    for table in database.tables:
        owner = owners.get(quote_table(table.name))
        if owner is not None:
            yield (
                f"the table `{table.name}` belongs to `{owner}`, and only its owner can change it: "
                f"let `{owner}` or an administrator run `GRANT {quote(owner)} TO {user}`, "
                f"or `ALTER TABLE {quote_table(table.name)} OWNER TO {user}`"
            )


def _unknown(session: Session, words: tuple[str, ...]) -> list[str]:
    """Those of `words` that mean nothing to the server, without a schema before them."""
    if not words:
        return []
    rows = session.query(
        f"SELECT word FROM unnest(ARRAY[{_marks(words)}]::text[]) AS asked (word)"
        " WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type t"
        " WHERE t.typname = word AND pg_catalog.pg_type_is_visible(t.oid))"
        " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_proc p"
        " WHERE p.proname = word AND pg_catalog.pg_function_is_visible(p.oid))"
        " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_opclass o"
        " WHERE o.opcname = word AND pg_catalog.pg_opclass_is_visible(o.oid))"
        " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_am m WHERE m.amname = word)"
        " ORDER BY word",
        words,
    )
    return [str(word) for (word,) in rows]


def _installed(session: Session, names: tuple[str, ...]) -> list[tuple[object, ...]]:
    """Which extensions of `names` the database has, and where."""
    return list(
        session.query(
            "SELECT e.extname, n.nspname FROM pg_catalog.pg_extension e"
            " JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace"
            f" WHERE e.extname IN ({_marks(names)})",
            names,
        )
    )


def _sentence(session: Session, name: str, words: list[str]) -> str:
    listed = ", ".join(f"`{word}`" for word in words)
    are = "comes" if len(words) == 1 else "come"
    start = f"{listed} {are} from the extension `{name}`, which"
    schemas = [str(schema) for _, schema in _installed(session, (name,))]
    if schemas:
        schema = str(session.query("SELECT current_schema()")[0][0])
        return (
            f"{start} is in the schema `{schemas[0]}`, where it isn't looked for: run `ALTER EXTENSION "
            f"{quote(name)} SET SCHEMA {quote(schema)}`, or write the schema before the name"
        )
    there = session.query(
        "SELECT 1 FROM pg_catalog.pg_available_extensions WHERE name = ?", (name,)
    )
    first = "" if there else "install it on the server, then "
    return f"{start} the database has not: {first}run `CREATE EXTENSION {quote(name)}` there"


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" for _ in values)
