"""Seeds of Python: a function `seed(db)` of the user's, run in the same transaction. It may do what its user may."""

from __future__ import annotations

import traceback
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from okra.errors import OkraError, SeedError
from okra.seeding.rows import Row, Whole
from okra.seeding.sqlfiles import statements
from okra.textfiles import decoded
from okra.url import redact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from okra.dialects.base import Row as DatabaseRow
    from okra.dialects.base import Value
    from okra.dialects.session import MigrationSession
    from okra.seeding.files import SeedFile
    from okra.url import DatabaseUrl


class Code(NamedTuple):
    """The text of a file, and its SHA-256: what is run is what was read when it was named."""

    name: str
    text: str
    hash: str


def read_code(file: SeedFile) -> Code:
    """The code of a seed; nothing of it runs."""
    data = file.path.read_bytes()
    return Code(file.name, decoded(data, "the seed", file.name), sha256(data).hexdigest())


class Seeder:
    """What `seed(db)` is given.

    provider     `sqlite`, `postgres` or `mysql`
    environment  its name in the configuration, or None
    """

    def __init__(
        self,
        session: MigrationSession,
        name: str,
        provider: str,
        environment: str | None,
        write: Callable[[Whole], None],
    ) -> None:
        self._session = session
        self._name = name
        self._write = write
        self.provider = provider
        self.environment = environment

    def rows(self, model: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows of a model, as a file of data has them: added, or brought up to date by their key."""
        numbered = [Row(number, self._name, row) for number, row in enumerate(rows, start=1)]
        self._write(Whole(self._name, {model: numbered}))

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement, with `?` for each of the parameters; returns how many rows it changed."""
        self._check(sql)
        return self._session.execute(sql, tuple(parameters))

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[DatabaseRow]:
        """All rows of one query, with `?` for each of the parameters."""
        self._check(sql)
        return self._session.query(sql, tuple(parameters))

    def _check(self, sql: str) -> None:
        if len(statements(sql, self._name, self.provider)) != 1:
            raise SeedError(
                "`execute` and `query` take one statement",
                code="OKR641",
                place=self._name,
                help="call them once for each; nothing was written",
            )


def _function(names: Mapping[str, Any], code: Code) -> Callable[[Seeder], object]:
    function = names.get("seed")
    if callable(function):
        return cast("Callable[[Seeder], object]", function)
    raise SeedError(
        "the file has no function `seed`",
        code="OKR641",
        place=code.name,
        help="write `def seed(db):`; nothing was written",
    )


def run_code(code: Code, seeder: Seeder, url: DatabaseUrl) -> None:
    """Run `seed(db)` of a file.

    Raises  SeedError that names the line where it failed
    """
    names: dict[str, Any] = {"__name__": "okra_seed", "__file__": code.name}
    try:
        exec(compile(code.text, code.name, "exec"), names)  # noqa: S102 - the configuration names it
        _function(names, code)(seeder)
    except OkraError:
        raise
    except (Exception, SystemExit) as error:
        lines = [
            frame.lineno
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == code.name
        ]
        line = lines[-1] if lines else getattr(error, "lineno", None)
        said = redact(f"{type(error).__name__}: {error}", url)
        raise SeedError(
            f"the seed failed: {said}",
            code="OKR641",
            place=f"{code.name}:{line}" if line else code.name,
            help="nothing was written",
        ) from error
