"""Two people with a clone each of one git repository, and databases that they work on."""

from __future__ import annotations

import subprocess
from contextlib import chdir
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from places import Place, Ran

_WHO = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.org"]


class Clone:
    """One person's clone, and the commands of that person on the database of a place."""

    def __init__(self, folder: Path, place: Place) -> None:
        self.folder = folder
        self._place = place

    @classmethod
    def first(cls, folder: Path, place: Place) -> Clone:
        """A new repository."""
        folder.mkdir()
        made = cls(folder, place)
        made.git("init", "--quiet", "--initial-branch=main", ".")
        return made

    def clone(self, folder: Path) -> Clone:
        """What somebody else gets of it."""
        subprocess.run(["git", "clone", "--quiet", str(self.folder), str(folder)], check=True)
        return Clone(folder, self._place)

    def git(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["git", *_WHO, *arguments],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0 or not check, done.stdout
        return done.stdout

    def commit(self, text: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", text)

    def merge(self, branch: str) -> None:
        """A merge; `current/`, which two branches always disagree about, is taken from either: OKRA mends it."""
        said = self.git("merge", "--quiet", "--no-edit", branch, check=False)
        if "CONFLICT" in said:
            left = self.git("diff", "--name-only", "--diff-filter=U").splitlines()
            assert left == ["migrations/current/schema.json"], said
            self.git("checkout", "--ours", *left)
            self.commit("merged")

    def schema(self, text: str) -> None:
        (self.folder / "models.okra.gql").write_text(text)

    def okra(self, *arguments: str) -> Ran:
        with chdir(self.folder):
            return self._place.okra(*arguments)

    def must(self, *arguments: str) -> str:
        with chdir(self.folder):
            return self._place.must(*arguments)

    def migrations(self) -> list[str]:
        """The folders, without versions."""
        return [path.name[16:] for path in sorted((self.folder / "migrations").glob("2*"))]

    def newest(self) -> Path:
        return max((self.folder / "migrations").glob("2*"))
