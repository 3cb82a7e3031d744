"""The entry point: answers `--version` before anything else is imported."""

from __future__ import annotations

import gc
import sys

from okra import __version__

# A run makes many small values and keeps them to its end: looking for cycles among them is lost time,
# a sixth of `db:validate` on a large schema.
_ALLOCATIONS_BETWEEN_COLLECTIONS = 200_000


def main() -> int:
    """Run the command line with the arguments of this process; returns the exit code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        sys.stdout.write(f"okra {__version__}\n")
        return 0
    gc.set_threshold(_ALLOCATIONS_BETWEEN_COLLECTIONS)
    from okra.cli.main import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
