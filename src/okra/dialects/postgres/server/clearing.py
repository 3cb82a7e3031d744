"""Making the schemas of a PostgreSQL database empty; what belongs to extensions stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from okra.dialects.clearing import Thing
from okra.dialects.postgres.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.postgres.server.session import PostgresSession
    from okra.dialects.session import MigrationSession

_KINDS = {
    "r": ("table", "TABLE"),
    "p": ("table", "TABLE"),
    "f": ("table", "FOREIGN TABLE"),
    "v": ("view", "VIEW"),
    "m": ("view", "MATERIALIZED VIEW"),
    "S": ("sequence", "SEQUENCE"),
    "T": ("type", "TYPE"),
    "D": ("type", "DOMAIN"),
    "F": ("function", "FUNCTION"),
}
# Objects of extensions, and those that belong to a column or a table and go with it.
_OWNED = (
    " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = '{catalogue}'::regclass"
    " AND d.objid = {alias}.oid AND (d.deptype = 'e' OR d.deptype IN ('a', 'i') AND d.refobjsubid > 0))"
)


def everything(session: MigrationSession) -> list[Thing]:
    """Views, tables, sequences, types of their own, and the functions of OKRA's triggers."""
    schemas = cast("PostgresSession", session).schemas
    marks = ", ".join("?" for _ in schemas)
    relations = (
        "SELECT n.nspname, c.relname, c.relkind::text, 1 + (c.relkind = 'S')::int"
        " - (c.relkind IN ('v', 'm'))::int AS turn, '' AS arguments"
        " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
        f" WHERE n.nspname IN ({marks}) AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')"
        + _OWNED.format(catalogue="pg_class", alias="c")
    )
    types = (
        "SELECT n.nspname, t.typname, CASE t.typtype WHEN 'd' THEN 'D' ELSE 'T' END, 3, ''"
        " FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
        f" WHERE n.nspname IN ({marks}) AND (t.typtype IN ('d', 'e', 'r') OR t.typtype = 'c' AND EXISTS"
        " (SELECT 1 FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))"
        + _OWNED.format(catalogue="pg_type", alias="t")
    )
    functions = (
        "SELECT n.nspname, p.proname, 'F', 4, '()'"
        " FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
        f" WHERE n.nspname IN ({marks}) AND left(p.proname, 12) = '_okra_touch_' AND p.pronargs = 0"
    )
    rows = session.query(
        f"{relations} UNION ALL {types} UNION ALL {functions} ORDER BY turn, 1, 2", schemas * 3
    )
    return [_thing(session, str(s), str(n), str(kind), str(args)) for s, n, kind, _, args in rows]


def dependants(session: MigrationSession) -> list[str]:
    """What lies in other schemas and uses a table or a type of ours: CASCADE would drop it, or a part of it."""
    schemas = cast("PostgresSession", session).schemas
    marks = ", ".join("?" for _ in schemas)
    rows = session.query(
        "SELECT DISTINCT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid) AS what"
        " FROM pg_catalog.pg_depend d"
        f"{_joined('pg_rewrite', 'r')}{_joined('pg_attrdef', 'a')}{_joined('pg_constraint', 'k')}"
        f"{_joined('pg_type', 't')}{_joined('pg_proc', 'p')}"
        " LEFT JOIN pg_catalog.pg_class c ON c.oid = COALESCE(r.ev_class, a.adrelid,"
        " CASE WHEN d.classid = 'pg_class'::regclass THEN d.objid END)"
        " JOIN pg_catalog.pg_namespace n"
        " ON n.oid = COALESCE(c.relnamespace, k.connamespace, t.typnamespace, p.pronamespace)"
        f" WHERE n.nspname NOT IN ({marks}) AND n.nspname <> 'pg_toast' AND d.deptype IN ('n', 'a')"
        " AND (d.refclassid, d.refobjid) IN ("
        "SELECT 'pg_class'::regclass::oid, o.oid FROM pg_catalog.pg_class o"
        f" JOIN pg_catalog.pg_namespace s ON s.oid = o.relnamespace WHERE s.nspname IN ({marks})"
        " UNION ALL SELECT 'pg_type'::regclass::oid, o.oid FROM pg_catalog.pg_type o"
        f" JOIN pg_catalog.pg_namespace s ON s.oid = o.typnamespace WHERE s.nspname IN ({marks}))"
        " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e WHERE e.classid = d.refclassid"
        " AND e.objid = d.refobjid AND e.deptype = 'e') ORDER BY 1",
        schemas * 3,
    )
    return [str(what) for (what,) in rows]


def _joined(catalogue: str, alias: str) -> str:
    return (
        f" LEFT JOIN pg_catalog.{catalogue} {alias}"
        f" ON d.classid = '{catalogue}'::regclass AND {alias}.oid = d.objid"
    )


def _thing(session: MigrationSession, schema: str, name: str, letter: str, arguments: str) -> Thing:
    kind, word = _KINDS[letter]
    own = schema == cast("PostgresSession", session).schema
    called = name if own else f"{schema}.{name}"
    path = f"{quote(schema)}.{quote(name)}{arguments}"
    return Thing(kind, called, f"DROP {word} IF EXISTS {path} CASCADE", path)


def drop(session: MigrationSession, things: Sequence[Thing]) -> None:
    for thing in things:
        session.execute(thing.sql)
