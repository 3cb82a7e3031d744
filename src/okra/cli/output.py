"""Where a command's words go: what it says, its product, its warnings, and the one JSON document."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from okra.cli.render import paint, paint_error, tamed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


class Output:
    """One run's standard output and error.

    Messages go to standard output; with `--json` that belongs to the document, and they go to standard error.
    `--quiet` leaves out messages and progress, never a product, a warning or an error.

    environment  what `--env` says: commands that messages name are shown with it
    """

    environment: str | None = None

    def __init__(self, *, json: bool, quiet: bool, color: bool, debug: bool) -> None:
        self.json = json
        self.quiet = quiet
        self.debug = debug
        self._color = color
        for stream in (sys.stdout, sys.stderr):
            _take_any_character(stream)

    @staticmethod
    def of(arguments: Sequence[str], environ: Mapping[str, str]) -> Output:
        """The output that `arguments` ask for, before anything else is known about them."""
        flags = set(arguments[: arguments.index("--")] if "--" in arguments else arguments)
        return Output(
            json="--json" in flags,
            quiet=bool(flags & {"--quiet", "-q"}),
            color=not ({"--no-color", "--no-colour"} & flags or environ.get("NO_COLOR")),
            debug="--debug" in flags,
        )

    def say(self, text: str = "", *, style: str = "") -> None:
        """A message: what was done, what comes next."""
        if not self.quiet:
            stream = sys.stderr if self.json else sys.stdout
            text = tamed(self._told(text))
            self._write(stream, paint(text, style) if self.colors(stream) else text)

    def show(self, text: str, *, paint: Callable[[str], str] | None = None) -> None:
        """The product of the command, which `--quiet` does not take away; with `--json` it is in the document.

        paint  puts colours into it, where they are shown
        """
        if not self.json:
            self._write(sys.stdout, paint(text) if paint and self.colors(sys.stdout) else text)

    def write_raw(self, text: str) -> None:
        """A product that has its own line ends."""
        if not self.json:
            self._write(sys.stdout, text, end="")

    def warn(self, text: str) -> None:
        """Something to know, on standard error."""
        word = paint("warning:", "yellow bold") if self.colors(sys.stderr) else "warning:"
        self._write(sys.stderr, f"{word} {tamed(self._told(text))}")

    def warn_all(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.warn(text)

    def hint(self, text: str) -> None:
        """A way out of what was warned of, on standard error."""
        word = paint("help:", "cyan bold") if self.colors(sys.stderr) else "help:"
        self._write(sys.stderr, f"{word} {tamed(self._told(text))}")

    def error(self, screen: str) -> None:
        """One error screen, on standard error."""
        screen = tamed(self._told(screen))
        self._write(sys.stderr, paint_error(screen) if self.colors(sys.stderr) else screen)

    def interrupted(self, *certain: object) -> None:
        """Ctrl-C: a line of its own, also behind the `^C` that a terminal shows; and what is `certain` nevertheless."""
        text = "; ".join(["interrupted", *map(str, certain)])
        self._write(sys.stderr, f"\n{text}" if sys.stderr.isatty() else text)

    def document(self, value: object) -> None:
        """The JSON document of the run; without `--json` nothing."""
        if self.json:
            import msgspec

            if self.environment is not None:
                from okra.cli.environments import document_in_environment

                value = document_in_environment(msgspec.to_builtins(value), self.environment)
            encoded = msgspec.json.format(msgspec.json.encode(value), indent=2)
            self._write(sys.stdout, encoded.decode())

    def colors(self, stream: TextIO) -> bool:
        """Whether `stream` shows colours."""
        return self._color and stream.isatty() and os.environ.get("TERM") != "dumb"

    def _told(self, text: str) -> str:
        """A message, as it is right for the environment that was asked for."""
        if self.environment is None:
            return text
        from okra.cli.environments import in_environment

        return in_environment(text, self.environment)

    def _write(self, stream: TextIO, text: str, *, end: str = "\n") -> None:
        """Write a line. A reader that went away (`| head`) never stops the work."""
        try:
            stream.write(text + end)
            stream.flush()
        except BrokenPipeError:
            lead_nowhere(stream)


def lead_nowhere(stream: TextIO) -> None:
    """Nobody reads `stream` any more: what is still in it, and what comes, goes nowhere."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a descriptor is needed
        os.dup2(nowhere.fileno(), stream.fileno())


def _take_any_character(stream: TextIO) -> None:
    """Files and pipes get UTF-8, whatever the locale; what a terminal can't show is written as an escape."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        encoding = stream.encoding if stream.isatty() else "utf-8"
        reconfigure(encoding=encoding, errors="backslashreplace")
