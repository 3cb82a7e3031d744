"""What types, functions, operator classes and index methods come from which extension."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.relational.model import Database, Table

_WORDS = {
    "bloom": ("bloom",),
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
    "vector": (
        "vector",
        "halfvec",
        "sparsevec",
        "hnsw",
        "ivfflat",
        "vector_l2_ops",
        "vector_cosine_ops",
    ),
}
_WORD = re.compile(r"[a-z_][a-z0-9_]*")
# A text, which holds no such word; or a word behind its schema, which is looked up there.
_ELSEWHERE = re.compile(r"'[^']*'|[\w\"]+\.\w+")


def needed(databases: Sequence[Database]) -> tuple[str, ...]:
    """The extensions that types, functions and index methods of `databases` may come from."""
    words = {
        word
        for database in databases
        for table in database.tables
        for text in (*_kinds(table), *_expressions(table))
        for word in _WORD.findall(text.lower())
    }
    return tuple(name for name, own in _WORDS.items() if not words.isdisjoint(own))


def words_of_extensions(database: Database) -> tuple[str, ...]:
    """The words in `database` that an extension may bring, as far as they are no columns; sorted."""
    known = {word for own in _WORDS.values() for word in own}
    found: set[str] = set()
    for table in database.tables:
        columns = {column.name for column in table.columns}
        found.update(_bare_words(_kinds(table)))
        found.update(word for word in _bare_words(_expressions(table)) if word not in columns)
    return tuple(sorted(found & known))


def extensions_with(word: str) -> tuple[str, ...]:
    """The extensions that bring what is called `word`."""
    return tuple(name for name, own in _WORDS.items() if word in own)


def extension_missed(text: str) -> str | None:
    """The extension that brings what a server complains about in `text`, in whatever language."""
    words = sorted(_WORD.findall(text.lower()), key=len, reverse=True)
    return next((name for word in words for name in extensions_with(word)), None)


def _bare_words(texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        yield from _WORD.findall(_ELSEWHERE.sub(" ", text.lower()))


def _kinds(table: Table) -> Iterator[str]:
    """The types, operator classes and index methods of `table`."""
    for column in table.columns:
        yield column.type if isinstance(column.type, str) else ""
    for index in table.indexes:
        yield index.method or ""
        for part in index.parts:
            yield part.ops or ""


def _expressions(table: Table) -> Iterator[str]:
    """The expressions in `table`."""
    for column in table.columns:
        yield column.default if isinstance(column.default, str) else ""
        yield column.generated.expression if column.generated else ""
    for check in table.checks:
        yield check.expression
    for index in table.indexes:
        yield index.where or ""
        for part in index.parts:
            yield part.expression or ""
