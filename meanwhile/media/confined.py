"""Runs a program under limits: `python -I -S confined.py CPU MEMORY FILE PROGRAM …`.

A file of its own that reads nothing of ours. It takes the limits on and then becomes the program:
to set them between fork and exec of a server with threads is not safe.
"""

import os
import sys
from pathlib import Path

MORE_TASKS = 256
"""Processes and threads, beyond those that this account has now."""
NICE = 10
PR_SET_PDEATHSIG = 1
SIGKILL = 9


def confine(cpu: int, memory: int, largest: int) -> None:
    """cpu: seconds; memory: bytes of address space; largest: bytes of a file it writes."""
    import resource

    os.nice(NICE)
    os.setsid()
    limits = {
        resource.RLIMIT_CPU: cpu,
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: largest,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    if tasks := _tasks():
        limits[resource.RLIMIT_NPROC] = tasks + MORE_TASKS
    for limit, most in limits.items():
        hard = resource.getrlimit(limit)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # over the one it is told that its time is up, over the other it is killed without a word
        resource.setrlimit(limit, (most, most + 5 if limit == resource.RLIMIT_CPU else most))


def die_with_parent() -> None:
    """On Linux: a server that is killed takes what it started along."""
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, SIGKILL)


def _tasks() -> int:
    """Threads of this account now; 0 where that is not known."""
    mine, found = os.getuid(), 0
    try:
        for each in os.scandir("/proc"):
            if each.name.isdigit():
                try:
                    if each.stat().st_uid == mine:
                        found += len(os.listdir(f"/proc/{each.name}/task"))  # noqa: PTH208
                except OSError:
                    continue  # it ended meanwhile
    except OSError:
        return 0
    return found


if __name__ == "__main__":
    die_with_parent()
    confine(*(int(each) for each in sys.argv[1:4]))
    os.execv(sys.argv[4], [Path(sys.argv[4]).name, *sys.argv[5:]])
