"""Questions on a terminal. Where there is none, or `--yes` was given, nothing is asked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from okra.errors import OkraError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from okra.cli.output import Output


class Ask:
    """The person at the terminal, if there is one."""

    def __init__(self, out: Output, *, yes: bool) -> None:
        self._out = out
        self.yes = yes

    @property
    def possible(self) -> bool:
        """Whether somebody is there who can answer, and has not said yes to everything."""
        return not self.yes and self._terminal

    @property
    def _terminal(self) -> bool:
        return (
            not self._out.json
            and sys.stdin is not None
            and sys.stdin.isatty()
            and sys.stderr.isatty()
        )

    def confirm(self, question: str, *, otherwise: str) -> bool:
        """A yes-or-no question; `--yes` answers it, and without a terminal it is refused.

        otherwise  what to do where nobody can answer, for the message

        Raises  UsageError where nobody is there to answer
        """
        if self.yes:
            return True
        if not self.possible:
            raise UsageError(
                "this needs a confirmation, and there is no terminal to ask on",
                code="OKR616",
                help=otherwise,
            )
        answer = self._line(f"{question} [y/N] ").lower()
        return answer in {"y", "yes"}

    def confirm_name(self, name: str, given: str | None, *, flag: str, what: str) -> bool:
        """A confirmation for which `--yes` is not enough: the name has to be typed, or given with `flag`.

        what    why it is asked

        Raises  UsageError where nobody is there to type it, or another name was given
        """
        if given is not None:
            if given == name:
                return True
            raise UsageError(
                f"`{flag}` says `{given}`, and the database is `{name}`",
                code="OKR616",
                help="nothing was changed",
            )
        if not self._terminal:
            raise UsageError(
                f"{what}; `--yes` is not enough for that",
                code="OKR616",
                help=f"name the database: `{flag} {name}`",
            )
        self._write(f"{what[0].upper()}{what[1:]}.\n")
        return self._line(f"Type `{name}` to go on: ") == name

    def choose(self, question: str, options: Sequence[str]) -> int:
        """The index of the option that was picked; Enter picks the first."""
        lines = [question, *(f"  {number}. {text}" for number, text in enumerate(options, 1))]
        self._write("\n".join(lines) + "\n")
        while True:
            answer = self._line(f"Choose 1 to {len(options)} [1]: ")
            if not answer:
                return 0
            if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(options):
                return int(answer) - 1
            self._write(f"`{answer}` is none of them.\n")

    def text(
        self, question: str, *, default: str = "", check: Callable[[str], object] | None = None
    ) -> str:
        """A line of text; Enter takes the default.

        check  raises OkraError for an answer that won't do: that is said, and asked again
        """
        shown = f" [{default}]" if default else ""
        while True:
            answer = self._line(f"{question}{shown}: ") or default
            try:
                if check is not None:
                    check(answer)
            except OkraError as error:
                self._write(
                    f"{error.message}; {error.help}\n" if error.help else f"{error.message}\n"
                )
            else:
                return answer

    def _line(self, prompt: str) -> str:
        self._write(prompt)
        line = sys.stdin.readline()
        if not line:  # the terminal was closed: nobody answers any more
            raise KeyboardInterrupt
        return line.strip()

    @staticmethod
    def _write(text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
