"""Names of a schema in a language: no two alike, and none that the language keeps for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.codegen.generator import CannotGenerate, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable


DEVICES = frozenset(
    {"aux", "con", "nul", "prn"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
"""What Windows takes for no file, whatever stands behind it: `con.go`."""


class Problems:
    """What the language has no way to say, gathered until all of it is known."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._found: list[Problem] = []

    def add(self, subject: str, message: str, help: str) -> None:
        self._found.append(Problem(subject=subject, message=message, help=help))

    def check_distinct(self, names: Iterable[tuple[str, str]], where: str = "") -> None:
        """Add a problem for each name that two things would have.

        names  (subject, name in the language) pairs
        where  what they would have it in, for the message: ` in the type Post`
        """
        first: dict[str, str] = {}
        for subject, name in names:
            other = first.setdefault(name, subject)
            if other != subject:
                self.add(
                    subject,
                    f"`{other}` and `{subject}` would both be `{name}` in {self._language}{where}",
                    "give one of them another name; `@column`, `@table` and `@value` keep what it is "
                    "called in the database",
                )

    def check(self) -> None:
        """Raises CannotGenerate if there is any."""
        if self._found:
            raise CannotGenerate(tuple(self._found))
