"""Names in the database → names in a schema: words, singulars, and nothing twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.naming import plural, singular, snake_case, table_name

if TYPE_CHECKING:
    from collections.abc import Iterable

_NO_WORD = re.compile(r"[^A-Za-z0-9]+")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST = 200


def words_of(name: str) -> list[str]:
    """The words of a name, in lower case: `blog_posts`, `BlogPosts` and `blog posts` have the same."""
    return [word for word in snake_case(_NO_WORD.sub("_", name)).split("_") if word]


def pascal(words: Iterable[str]) -> str:
    return "".join(word[:1].upper() + word[1:] for word in words)


def camel(words: Iterable[str]) -> str:
    first, *rest = list(words) or [""]
    return first + pascal(rest)


def common_start(lists: list[list[str]]) -> list[str]:
    """The words that all lists begin with."""
    found = []
    for words in zip(*lists, strict=False):
        if len(set(words)) > 1:
            break
        found.append(words[0])
    return found


def identifier(text: str, prefix: str) -> str:
    """`text`, if the schema language takes it for a name, else the nearest name that it takes."""
    kept = (
        _NO_WORD.sub("", text)[:_LONGEST]
        if _IDENTIFIER.fullmatch(text) is None
        else text[:_LONGEST]
    )
    return kept if _IDENTIFIER.fullmatch(kept) else f"{prefix}{kept}"


def model_name(table: str) -> str:
    """`blog_posts` → `BlogPost`"""
    words = words_of(table)
    if words:
        words[-1] = singular(words[-1])
    return identifier(pascal(words), "Table")


def field_name(column: str) -> str:
    """`author_id` → `authorId`; a column whose words don't lead back to it keeps its name where it can."""
    name = identifier(camel(words_of(column)), "column")
    usable = _IDENTIFIER.fullmatch(column) is not None and len(column) <= _LONGEST
    return column if usable and snake_case(name) != column == snake_case(column) else name


def value_name(text: str) -> str:
    """The name of an enum value that is stored as `text`."""
    if _IDENTIFIER.fullmatch(text) and text not in ("true", "false", "null"):
        return text
    return identifier("_".join(_NO_WORD.sub(" ", text).split()), "V").upper()


def many(model: str) -> str:
    """`BlogPost` → `blogPosts`"""
    return camel(plural(snake_case(model)).split("_"))


def one(model: str) -> str:
    """`BlogPost` → `blogPost`"""
    return camel(snake_case(model).split("_"))


def table_for(model: str, table: str) -> str | None:
    """What `@table(name:)` must say: nothing where the model's name leads to the table."""
    return None if table_name(model) == table else table


class Taken:
    """Names that are in use; `free` gives another one where a name is."""

    def __init__(self, names: Iterable[str] = (), *, fold: bool = False) -> None:
        self._fold = fold
        self._names = {self._key(name) for name in names}

    def __contains__(self, name: str) -> bool:
        return self._key(name) in self._names

    def add(self, name: str) -> None:
        self._names.add(self._key(name))

    def free(self, *candidates: str) -> str:
        """The first candidate that is free, else the first one with a number; it is taken from now on."""
        candidates = tuple(name[:_LONGEST] for name in candidates)
        found = next((name for name in candidates if name not in self), None)
        number = 2
        while found is None:
            numbered = f"{candidates[0]}{number}"
            found = None if numbered in self else numbered
            number += 1
        self.add(found)
        return found

    def _key(self, name: str) -> str:
        return name.lower() if self._fold else name
