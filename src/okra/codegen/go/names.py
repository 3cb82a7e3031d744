"""Names in Go: exported, in mixed caps, with initialisms in capitals."""

from __future__ import annotations

import re
from functools import lru_cache

INITIALISMS = frozenset(
    {
        "acl", "api", "ascii", "cpu", "css", "dns", "eof", "guid", "html", "http", "https", "id",
        "ip", "json", "lhs", "os", "qps", "ram", "rhs", "rpc", "sla", "smtp", "sql", "ssh", "tcp",
        "tls", "ttl", "udp", "ui", "uid", "uri", "url", "utf8", "uuid", "vm", "xml", "xmpp",
        "xsrf", "xss",
    }
)  # fmt: skip
"""The words that Go's own style writes in capitals."""

KEYWORDS = frozenset(
    {
        "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough",
        "for", "func", "go", "goto", "if", "import", "interface", "map", "package", "range",
        "return", "select", "struct", "switch", "type", "var",
    }
)  # fmt: skip

_WORD = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[A-Z][0-9]*|[0-9]+")
_PACKAGE = re.compile(r"[a-z][a-z0-9_]*")
_IGNORED_PACKAGE = "documentation"  # the go command leaves its files out


@lru_cache(maxsize=8192)
def exported(name: str) -> str:
    """`authorId` → `AuthorID`, `avatar_url` → `AvatarURL`, `tagIds` → `TagIDs`, `_1` → `X1`."""
    return _joined([_word(word) for word in _WORD.findall(name)])


@lru_cache(maxsize=8192)
def value_name(name: str) -> str:
    """An enum's value in the name of its constant: `WRITTEN_OFF` → `WrittenOff`, `inUse` → `InUse`."""
    return exported(name.lower() if name.isupper() else name)


def constant(type_name: str, value: str) -> str:
    """The constant of a value: `RoleAdmin`."""
    name = value_name(value)
    return type_name + (name[1:] if name[:1] == "X" and value.strip("_")[:1].isdigit() else name)


def _word(word: str) -> str:
    lower = word.lower()
    letters = lower.rstrip("0123456789")
    if lower in INITIALISMS or letters in INITIALISMS:
        return word.upper()
    if word[-1] == "s" and lower[:-1] in INITIALISMS:
        return word[:-1].upper() + "s"
    return word[0].upper() + word[1:]


def _joined(words: list[str]) -> str:
    """The words in one; `_` stays between digits, so that 1_2 is not 12."""
    found = ""
    for word in words:
        between = "_" if found[-1:].isdigit() and word[0].isdigit() else ""
        found += between + word
    return found if found[:1].isalpha() else f"X{found}"


def package_name(name: str) -> bool:
    """Whether a package can be called so."""
    return (
        _PACKAGE.fullmatch(name) is not None and name not in KEYWORDS and name != _IGNORED_PACKAGE
    )


def package_of(output: str) -> str:
    """The package of a folder: its name, or `models` where a package can't be called so."""
    last = output.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return last if package_name(last) and last != "main" else "models"


def receiver(type_name: str) -> str:
    return type_name[0].lower()
