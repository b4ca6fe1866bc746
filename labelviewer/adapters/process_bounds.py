"""How much a process that reads strangers' pictures may take from the computer: the limits that POSIX systems keep.

Linux keeps them all. macOS takes the one on memory and does not keep it. Windows has none that Python's library can
set. There the bounds on files, pixels and the parent's patience remain.
"""

import math
import sys

from labelviewer.pipeline import limits

if sys.platform == "win32":

    def bound_this_process() -> None:
        """Nothing that could be set."""

    def grant_time() -> None:
        """The parent alone looks at the clock."""

else:
    import resource

    def bound_this_process() -> None:
        """No more memory than a picture needs, no files written, no dump of a stranger's picture."""
        _bound(resource.RLIMIT_AS, limits.PICTURE_MEMORY)
        _bound(resource.RLIMIT_FSIZE, 0)
        _bound(resource.RLIMIT_CORE, 0)

    def grant_time() -> None:
        """So many seconds of work from now on; the system ends a process that takes more."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        until = math.ceil(usage.ru_utime + usage.ru_stime + limits.PICTURE_WORK_SECONDS)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (_within(until, hard), hard))

    def _bound(what: int, most: int) -> None:
        allowed = _within(most, resource.getrlimit(what)[1])
        resource.setrlimit(what, (allowed, allowed))

    def _within(most: int, hard: int) -> int:
        return most if hard == resource.RLIM_INFINITY else min(most, hard)
