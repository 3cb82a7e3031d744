"""What nobody uses any more is removed, and nothing else."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from local import local_server
from okra.devdb.cleaning import alone, forget_unused

if TYPE_CHECKING:
    from pathlib import Path

DAY = 24 * 3600


def folder(root: Path, name: str, *, age_s: float) -> Path:
    found = root / name
    found.mkdir()
    (found / "lease").touch()
    os.utime(found / "lease", (time.time() - age_s,) * 2)
    return found


def test_servers_of_programs_that_are_gone_are_removed_after_a_month(cache: Path) -> None:
    old = folder(cache, "postgres-aaaa-1", age_s=31 * DAY)
    copied = cache / "bin-postgres-aaaa"
    copied.mkdir()
    kept = folder(cache, "postgres-bbbb-1", age_s=31 * DAY)
    young = folder(cache, "mariadb-cccc-1", age_s=29 * DAY)
    used = folder(cache, "mariadb-dddd-1", age_s=31 * DAY)
    with alone(used):
        os.utime(used / "lease", (0, 0))
        forget_unused(cache, keep=kept)

    assert [each.exists() for each in (old, copied, kept, young, used)] == [
        *(False, False),
        *(True, True, True),
    ]


def test_a_server_in_use_is_not_removed(cache: Path) -> None:
    local = local_server("postgres-18", cache)
    lease = local.use()
    in_use = local.cluster().remove()
    lease.release()

    assert not in_use
    assert lease.current.data.exists()
