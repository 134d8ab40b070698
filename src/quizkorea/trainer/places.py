"""Where a home lies: places in which a database is at risk, and the room that is left there."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

NETWORK_FILE_SYSTEMS = frozenset(
    {"9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.rclone", "fuse.sshfs", "glusterfs", "nfs", "nfs4", "smb3"}
    | {"smbfs", "vboxsf", "virtiofs"}
)
"""SQLite's write-ahead log needs shared memory, which these do not give to two machines (sqlite.org/wal.html)."""

SYNCED_FOLDERS = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "mobile documents", "nextcloud")
"""Programs that copy files while they are being written, and put old ones back."""


def free_bytes(folder: Path) -> int | None:
    """Room on the disk of a folder; None where the system does not tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def file_system_of(folder: Path, mounts: str) -> str | None:
    """The kind of file system that a folder lies on, by the text of `/proc/self/mounts`; None if it does not say."""
    best: tuple[int, str] | None = None
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        at = Path(re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), parts[1]))
        if folder.is_relative_to(at) and (best is None or len(at.parts) >= best[0]):
            best = (len(at.parts), parts[2])
    return None if best is None else best[1]


def read_mounts() -> str:
    """The mounts of this system; empty where there is no such file."""
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def synced_by(folder: Path) -> str | None:
    """The part of a path that a synchronising program owns, by its name."""
    for part in folder.parts:
        if any(part.lower().startswith(name) for name in SYNCED_FOLDERS):
            return part
    return None


def is_writable(folder: Path) -> bool:
    """Whether files can be made in a folder."""
    return os.access(folder, os.W_OK | os.X_OK)
