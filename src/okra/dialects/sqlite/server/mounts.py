"""On what kind of file system a file is: SQLite's locks are only as good as the file system's."""

from __future__ import annotations

import re
from pathlib import Path

_NETWORK = frozenset(
    (
        "9p",
        "afs",
        "ceph",
        "cifs",
        "fuse.sshfs",
        "glusterfs",
        "lustre",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
    )
)
_MOUNTS = Path("/proc/self/mounts")  # Linux only
_OCTAL = re.compile(r"\\([0-7]{3})")


def network_warning(path: str, mounts: Path = _MOUNTS) -> tuple[str, ...]:
    """A sentence about `path` if it is on a network file system; none where nobody says so."""
    kind = _file_system(path, mounts)
    if kind not in _NETWORK:
        return ()
    text = f"`{path}` is on a network file system ({kind}), where SQLite's locks may not work: "
    return (text + "let only one program at a time write to it",)


def _file_system(path: str, mounts: Path) -> str | None:
    try:
        lines = mounts.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return None
    best, found = "", None
    real = str(Path(path).resolve())
    for line in lines:
        _, point, kind, *_ = line.split(" ")
        point = _OCTAL.sub(lambda match: chr(int(match[1], 8)), point)
        below = real == point or real.startswith(point.rstrip("/") + "/")
        if below and len(point) >= len(best):
            best, found = point, kind
    return found
