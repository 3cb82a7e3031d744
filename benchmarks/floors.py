"""Figures beside a floor: what OKRA takes, and what the same takes without it."""

from __future__ import annotations

import statistics
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import quote

from okra.devdb import Scratch, scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from okra.url import DatabaseUrl


class Figure(NamedTuple):
    """Seconds: OKRA's and the floor's; `limit` is a factor of the floor, or seconds (beyond the floor)."""

    provider: str
    case: str
    floor: str
    okra_s: float
    floor_s: float | None
    limit: float
    factor: bool

    def kept(self) -> bool:
        floor = self.floor_s or 0.0
        return self.okra_s <= (floor * self.limit if self.factor else floor + self.limit)

    def row(self) -> str:
        floor = "" if self.floor_s is None else f"{self.floor_s:.3f}"
        times = "" if not self.floor_s else f"{self.okra_s / self.floor_s:.2f}"
        target = f"{self.limit:g} times" if self.factor else f"{self.limit:g} s"
        if not self.factor and self.floor_s:
            target += " beyond it"
        kept = "kept" if self.kept() else "missed"
        return (
            f"| {self.provider} | {self.case} | {self.okra_s:.3f} | {self.floor} | {floor} | {times} "
            f"| {target} {kept} |"
        )


HEAD = (
    "| server | case | OKRA | floor | seconds | times | target |",
    "|---|---|--:|---|--:|--:|---|",
)


class Recorder:
    """A session that remembers the queries that go through it."""

    def __init__(self, session: Scratch) -> None:
        self._session = session
        self.queries: list[tuple[str, tuple[object, ...]]] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._session, name)

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        self.queries.append((sql, tuple(parameters)))
        return self._session.query(sql, parameters)


_SETTLING_S = 3.0
"""For about so long after a database was dropped, its file system makes files a third faster or slower than later,
which would favour whoever begins sooner."""


def settle() -> None:
    """Wait until it makes no difference any more that another database was dropped."""
    time.sleep(_SETTLING_S)


@contextmanager
def database(provider: str) -> Iterator[Scratch]:
    """An empty database on a server that OKRA starts by itself."""
    session = cast("Scratch", scratch(provider))
    try:
        yield session
    finally:
        session.close()


def address(url: DatabaseUrl) -> str:
    """The whole URL, with the folder of a socket in its host encoded; dev servers have no secret in it."""
    host = url.host or ""
    return str(url).replace(host, quote(host, safe=""), 1) if "/" in host else str(url)


def medians(runs: int, *works: Callable[[], float]) -> list[float]:
    """The median of each, after a run that is not counted.

    They take turns, and each is the first of a turn as often as the last, so that whatever else the machine does
    meanwhile, and whatever the one before has left behind, is shared by all.
    """
    for work in works:
        work()
    rounds: list[list[float]] = []
    for number in range(runs):
        order = works if number % 2 else works[::-1]
        found = {work: work() for work in order}
        rounds.append([found[work] for work in works])
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def median(runs: int, work: Callable[[], float]) -> float:
    """Of `runs` runs, after one that is not counted."""
    return medians(runs, work)[0]
