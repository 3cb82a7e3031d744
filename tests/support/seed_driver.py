"""Seeds or resets the project of the current folder in a process of its own, and dies where it is told to.

    python seed_driver.py seed|reset K

K  kill -9 at the K-th thing that is told: an event of the seeding, a fault point of the reset
"""

from __future__ import annotations

import os
import signal
import sys

from okra.declarative import reset
from okra.projects.library import load
from okra.projects.seeding import find_seeds, seed


def main() -> None:
    left = int(sys.argv[2])

    def die(_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    project = load()
    if sys.argv[1] == "seed":
        seed(project, find_seeds(project), progress=die)
        return
    target, models = project.live_target(), project.definition()
    reset.drop(target, models, reset.look(target, models), fault=die)


if __name__ == "__main__":
    main()
