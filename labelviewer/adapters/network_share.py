"""Whether a file lies on another computer's disk, where two that use it do not see each other's locks and log."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

MOUNTS: Final = Path("/proc/self/mountinfo")  # Linux, and nothing like it elsewhere
SHARES: Final = frozenset(
    ("afs", "ceph", "cifs", "davfs", "fuse.rclone", "fuse.sshfs", "glusterfs", "lustre", "nfs", "nfs4", "smb3", "smbfs")
)
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")
_REMOTE_DRIVE: Final = 4  # DRIVE_REMOTE


def is_in_network(file: Path) -> bool:
    """False where the system does not say, as macOS does not say it to Python."""
    if sys.platform == "win32":
        import ctypes

        anchor = file.absolute().anchor
        return anchor.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(anchor) == _REMOTE_DRIVE
    place = file.resolve()
    found = [(len(point.parts), kind) for point, kind in _mounts() if place.is_relative_to(point)]
    longest = max((length for length, _ in found), default=0)
    return next((kind for length, kind in reversed(found) if length == longest), "") in SHARES


def _mounts() -> Iterator[tuple[Path, str]]:
    """Where, and what; of two in one place the later hides the earlier."""
    try:
        lines = MOUNTS.read_text("utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if len(fields) > 4 and kinds[0]:
            yield Path(_ESCAPED.sub(lambda code: chr(int(code[1], 8)), fields[4])), kinds[0]
