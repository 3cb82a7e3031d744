"""Names that OKRA gives: tables from models, columns from fields, and keys, indexes and triggers from both."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_BYTES = 63  # PostgreSQL's limit; MySQL's is 64 characters; one name serves all providers
_HASH_DIGITS = 8

OWN = "_okra_"  # what OKRA makes for itself in a database begins so

_HUMP = re.compile(r"([A-Z]+)([A-Z][a-z])|([a-z0-9])([A-Z])")
_IRREGULAR = {
    "person": "people",
    "child": "children",
    "man": "men",
    "woman": "women",
    "mouse": "mice",
    "goose": "geese",
    "foot": "feet",
    "tooth": "teeth",
}
_UNCOUNTABLE = frozenset(
    {
        "data",
        "equipment",
        "fish",
        "information",
        "media",
        "money",
        "news",
        "series",
        "sheep",
        "species",
    }
)

_SINGULARS = {
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
    "mice": "mouse",
    "geese": "goose",
    "feet": "foot",
    "teeth": "tooth",
    "indices": "index",
    "vertices": "vertex",
    "matrices": "matrix",
    "criteria": "criterion",
    "statuses": "status",
    "analyses": "analysis",
    "crises": "crisis",
    "theses": "thesis",
    "diagnoses": "diagnosis",
    "caches": "cache",
    "movies": "movie",
    "cookies": "cookie",
    "calories": "calorie",
    "heroes": "hero",
    "potatoes": "potato",
    "tomatoes": "tomato",
    "buses": "bus",
    "gases": "gas",
    "viruses": "virus",
    "bonuses": "bonus",
    "campuses": "campus",
    "aliases": "alias",
    "canvases": "canvas",
    "lenses": "lens",
}
_ALREADY_SINGULAR = ("ss", "us", "is", "news", "series", "species", "data", "media")


def is_own(name: str) -> bool:
    """Whether OKRA has made what is called so in a database, for itself."""
    return name.startswith(OWN)


def listed(names: Iterable[str]) -> str:
    """`names` as a message speaks of them."""
    return ", ".join(f"`{name}`" for name in names)


def migration_folder(version: str, name: str | None) -> str:
    """The folder of a migration: `20240120_143022_add_users`, or the version alone."""
    return f"{version}_{name}" if name else version


@lru_cache(maxsize=4096)
def snake_case(name: str) -> str:
    """`authorId` → `author_id`, `APIKey` → `api_key`."""
    if name.islower():
        return name

    def split(match: re.Match[str]) -> str:
        first, second, third, fourth = match.groups()
        return f"{first}_{second}" if first else f"{third}_{fourth}"

    return _HUMP.sub(split, name).lower()


def plural(word: str) -> str:
    """The English plural of the last word of a snake_case name: `blog_post` → `blog_posts`."""
    head, _, last = word.rpartition("_")
    prefix = f"{head}_" if head else ""
    return prefix + _plural_word(last)


def _plural_word(word: str) -> str:
    if word in _UNCOUNTABLE:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        return word[:-1] + "ies"
    if word.endswith("sis"):
        return word[:-2] + "es"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s"


def singular(word: str) -> str:
    """The singular of an English word, or the word where it looks like one already."""
    if word in _SINGULARS:
        return _SINGULARS[word]
    if not word.endswith("s") or word.endswith(_ALREADY_SINGULAR):
        return word
    if word.endswith("ies") and len(word) > len("ties"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zzes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def table_name(model: str) -> str:
    """The table of a model that names none: `BlogPost` → `blog_posts`."""
    return shortened(plural(snake_case(model)))


def column_name(field: str) -> str:
    """The column of a field that names none: `authorId` → `author_id`."""
    return shortened(snake_case(field))


def join_table_name(relation: str | None, first: str, second: str) -> str:
    """The table of a relation between two lists: `PostTags` → `post_tags`.

    One without a name is called after both models, in the order of the alphabet: `post_tags` too.
    """
    if relation is not None:
        return shortened(snake_case(relation))
    one, other = sorted((first, second))
    return shortened(f"{snake_case(one)}_{plural(snake_case(other))}")


def primary_key_name(table: str) -> str:
    return shortened(f"{table}_pkey")


def unique_name(table: str, columns: tuple[str, ...]) -> str:
    return _object_name(table, columns, "key")


def index_name(table: str, columns: tuple[str, ...]) -> str:
    return _object_name(table, columns, "idx")


def foreign_key_name(table: str, columns: tuple[str, ...]) -> str:
    return _object_name(table, columns, "fkey")


def check_name(table: str, column: str | None) -> str:
    return _object_name(table, (column,) if column else (), "check")


def trigger_name(table: str, column: str) -> str:
    """The trigger that keeps an updated-at column."""
    return _object_name(table, (column,), "trigger")


def _object_name(table: str, columns: tuple[str, ...], suffix: str) -> str:
    return shortened("_".join((table, *columns, suffix)))


def shortened(name: str) -> str:
    """`name` if every server takes it, else its beginning, a hash of the whole, and its last word."""
    encoded = name.encode("utf-8", "surrogatepass")
    if len(encoded) <= MAX_BYTES:
        return name
    from hashlib import sha256

    digest = sha256(encoded).hexdigest()[:_HASH_DIGITS]
    _, _, last = name.rpartition("_")
    tail = f"_{digest}_{last}" if len(last.encode()) <= _HASH_DIGITS else f"_{digest}"
    head = encoded[: MAX_BYTES - len(tail)].decode(errors="ignore")
    return head.rstrip("_") + tail
