"""What a schema says about tables, indexes and counters as a whole: each provider gets what it has, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.relational import model as db

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.language import definition as schema

# The names in `with: {…}` that are MySQL's or MariaDB's; all others are PostgreSQL's storage parameters,
# of which extensions bring their own.
OF_MYSQL = frozenset(
    {
        "autoextend_size",
        "avg_row_length",
        "checksum",
        "clustering",
        "compression",
        "delay_key_write",
        "encrypted",
        "encryption",
        "encryption_key_id",
        "insert_method",
        "itef_quotes",
        "key_block_size",
        "max_rows",
        "min_rows",
        "pack_keys",
        "page_checksum",
        "page_compressed",
        "page_compression_level",
        "parser",
        "secondary_engine",
        "stats_auto_recalc",
        "stats_persistent",
        "stats_sample_pages",
        "transactional",
    }
)

_NO_TEXTS = frozenset(
    ("Int", "BigInt", "Float", "Decimal", "Boolean", "DateTime", "Date", "Time", "JSON", "Bytes")
)


def table_options(model: schema.Model, provider: str) -> tuple[str, ...]:
    """The options of the table of `model` on `provider`, sorted."""
    found = [f"{name}={value}" for name, value in _own(model.options, provider)]
    if provider == "sqlite":
        found += ["strict"] if model.strict else []
        found += ["without_rowid"] if model.without_rowid else []
    elif provider == "postgres":
        found += ["unlogged"] if model.unlogged else []
    elif provider == "mysql":
        words = {
            "engine": model.engine,
            "collation": model.collation,
            "row_format": model.row_format,
        }
        found += (f"{name}={value}" for name, value in words.items() if value is not None)
    return tuple(sorted(found))


def key_collation(field: schema.Field, model: schema.Model, provider: str) -> str | None:
    """How texts of the key `field` are compared, where what refers to it has to compare them alike."""
    if provider != "mysql" or field.type.name in _NO_TEXTS:
        return None
    own = None if field.collate is None else field.collate.for_provider(provider)
    return own or model.collation


def index_options(options: schema.Options, provider: str) -> tuple[str, ...]:
    """The options of an index on `provider`, sorted."""
    return tuple(sorted(f"{name}={value}" for name, value in _own(options, provider)))


def _own(options: Iterable[tuple[str, str]], provider: str) -> list[tuple[str, str]]:
    if provider == "sqlite":
        return []
    mysql = provider == "mysql"
    return [(name, text) for name, text in options if (name.lower() in OF_MYSQL) == mysql]


def counter(wanted: schema.Counter | None, provider: str) -> db.Counter | None:
    """How a column is counted up on `provider`; only PostgreSQL has more than one way."""
    if wanted is None or provider != "postgres":
        return None
    kind = wanted.kind
    found = db.Counter(
        kind=None if kind is None else db.CounterKind(kind.value.lower()),
        start=wanted.start,
        increment=wanted.increment,
        minimum=wanted.minimum,
        maximum=wanted.maximum,
        cache=wanted.cache,
        cycle=wanted.cycle,
    )
    return None if found == db.Counter() else found
