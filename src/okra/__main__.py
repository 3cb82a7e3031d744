"""The entry point: answers `--version` before anything else is imported."""

from __future__ import annotations

import gc
import os
import sys

from okra import __version__

# A run makes many small values and keeps them to its end: looking for cycles among them is lost time,
# a sixth of `db:validate` on a large schema.
ALLOCATIONS_BETWEEN_COLLECTIONS = 200_000
_INTERRUPTED = 130


def main() -> int:
    """Run the command line with the arguments of this process; returns the exit code."""
    _open_streams()
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]) and _written(f"okra {__version__}\n"):
        return 0
    gc.set_threshold(ALLOCATIONS_BETWEEN_COLLECTIONS)
    try:
        from okra.cli.main import run

        return run(arguments)
    except KeyboardInterrupt:  # pressed before the command line was there to notice it
        sys.stderr.write("interrupted\n")
        return _INTERRUPTED


def _open_streams() -> None:
    """A standard stream that the caller closed (`>&-`) leads nowhere, and no file of ours takes its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: PTH123, SIM115 - open to the end


def _written(line: str) -> bool:
    """Whether standard output took `line`; if not, the command line says what is wrong with it."""
    try:
        sys.stdout.write(line)
        sys.stdout.flush()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
