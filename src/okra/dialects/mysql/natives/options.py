"""Table options in their one canonical spelling: only what is not OKRA's default, sorted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.mysql.natives.collations import TABLE_COLLATION, collation_name
from okra.relational.sqltext import ascii_lower

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENGINES = {
    ascii_lower(name): name
    for name in [
        "InnoDB",
        "MyISAM",
        "MEMORY",
        "ARCHIVE",
        "CSV",
        "BLACKHOLE",
        "MRG_MyISAM",
        "FEDERATED",
        "NDB",
        "Aria",
        "ROCKSDB",
        "SPIDER",
        "CONNECT",
        "Mroonga",
        "S3",
        "ColumnStore",
    ]
} | {"heap": "MEMORY"}
_CREATED = re.compile(r"""`?([A-Za-z_]+)`?=("[^"]*"|'[^']*'|`[^`]*`|\S+)""")


def table_options(options: Iterable[str]) -> tuple[str, ...]:
    """`options` as `name=value`: names in lower case, engines as servers write them, without the defaults."""
    found = {}
    for option in options:
        name, _, value = option.partition("=")
        found[ascii_lower(name.strip())] = _value(ascii_lower(name.strip()), value.strip())
    usual = {"engine": "InnoDB", "collation": TABLE_COLLATION, "row_format": "default"}
    if found.get("engine") == "Aria":
        usual["transactional"] = "1"  # what MariaDB says of every such table
    return tuple(sorted(f"{k}={v}" for k, v in found.items() if usual.get(k) != v))


def created_options(text: str) -> list[str]:
    """The options in CREATE_OPTIONS of the catalogue, as `name=value`."""
    return [f"{name}={value}" for name, value in _CREATED.findall(text)]


def collation_of(options: Iterable[str]) -> str:
    """The collation of a table that has these canonical options."""
    return option(options, "collation") or TABLE_COLLATION


def option(options: Iterable[str], name: str) -> str | None:
    """The value of the option called `name`, or None."""
    head = f"{name}="
    return next((each[len(head) :] for each in options if each.startswith(head)), None)


def _value(name: str, value: str) -> str:
    value = value.strip("'\"`")
    match name:
        case "engine":
            return _ENGINES.get(ascii_lower(value), value)
        case "collation":
            return collation_name(value)
        case _:
            return ascii_lower(value)
