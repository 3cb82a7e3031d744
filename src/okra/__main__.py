"""The entry point: answers `--version` before anything else is imported."""

from __future__ import annotations

import sys

from okra import __version__


def main() -> int:
    """Run the command line with the arguments of this process; returns the exit code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        sys.stdout.write(f"okra {__version__}\n")
        return 0
    from okra.cli.main import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
