"""Extensions of PostgreSQL that a scratch database needs before a schema's tables can be built in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects import dialect
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.dialects.base import Session
    from okra.relational.model import Database, Table

_WORDS = {
    "btree_gin": ("gin",),
    "btree_gist": ("gist",),
    "citext": ("citext",),
    "cube": ("cube", "earth", "ll_to_earth"),
    "earthdistance": ("earth", "ll_to_earth", "earth_distance"),
    "fuzzystrmatch": ("levenshtein", "soundex", "metaphone", "dmetaphone", "daitch_mokotoff"),
    "hstore": ("hstore",),
    "intarray": ("gin__int_ops", "gist__int_ops", "gist__intbig_ops", "query_int"),
    "isn": ("ean13", "isbn", "isbn13", "ismn", "ismn13", "issn", "issn13", "upc"),
    "ltree": ("ltree", "lquery", "ltxtquery"),
    "pg_trgm": ("gin_trgm_ops", "gist_trgm_ops", "similarity", "word_similarity"),
    "pgcrypto": ("crypt", "digest", "gen_random_bytes", "gen_salt", "hmac"),
    "postgis": ("geometry", "geography", "box2d", "box3d", "gist_geometry_ops_2d"),
    "seg": ("seg",),
    "unaccent": ("unaccent",),
    "uuid-ossp": ("uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4"),
    "vector": ("vector", "halfvec", "sparsevec", "vector_l2_ops", "vector_cosine_ops"),
}
_WORD = re.compile(r"[a-z_][a-z0-9_]*")


def needed(databases: Sequence[Database]) -> tuple[str, ...]:
    """The extensions that types, functions and index methods of `databases` may come from."""
    words = {
        word
        for database in databases
        for table in database.tables
        for text in _texts(table)
        for word in _WORD.findall(text.lower())
    }
    return tuple(name for name, own in _WORDS.items() if not words.isdisjoint(own))


def _texts(table: Table) -> Iterator[str]:
    """What stands in `table` for something of the server's: types and expressions, no names."""
    for column in table.columns:
        yield column.type if isinstance(column.type, str) else ""
        yield column.default if isinstance(column.default, str) else ""
        yield column.generated.expression if column.generated else ""
    for check in table.checks:
        yield check.expression
    for index in table.indexes:
        yield index.method or ""
        yield index.where or ""
        for part in index.parts:
            yield part.expression or ""
            yield part.ops or ""


def install(session: Session, names: Sequence[str]) -> tuple[str, ...]:
    """Make the extensions `names`; returns those that the server has not, or lets us not have."""
    missing = []
    for name in names:
        try:
            session.execute(f"CREATE EXTENSION IF NOT EXISTS {dialect('postgres').quote(name)}")
        except DatabaseError:
            missing.append(name)
    return tuple(missing)
