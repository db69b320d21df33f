"""Ends a process group that holds too much memory, where no rlimit does.

macOS accepts RLIMIT_AS and ignores it; CUDA maps more addresses than any limit. What
counts is memory in use, asked for ten times a second, so a quick one may overshoot.
"""

import os
import subprocess
import threading
from collections.abc import Callable, Iterator

EVERY_S = 0.1


class Watchdog:
    """Watches from a thread until `stop`. most: bytes. end: called once if exceeded."""

    def __init__(self, group: int, most: int, end: Callable[[], None]) -> None:
        self.group, self.most, self.end = group, most, end
        self.tripped = False
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more; to be called before the group's number can be another's."""
        self._stopped.set()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _watch(self) -> None:
        while not self._stopped.wait(EVERY_S):
            if resident(self.group) > self.most:
                self.tripped = True
                self.end()
                return


def resident(group: int) -> int:
    """Bytes of memory in use by all processes of a group."""
    return sum(size for one, size in _processes() if one == group)


def _processes() -> Iterator[tuple[int, int]]:
    """(process group, bytes in use) of every process that can be seen."""
    if os.path.isdir("/proc/self"):
        yield from _from_proc()
        return
    listed = subprocess.run(
        ["ps", "-A", "-o", "pgid=,rss="], capture_output=True, text=True, check=False
    )
    for line in listed.stdout.splitlines():
        group, size = line.split()
        yield int(group), int(size) * 1024


def _from_proc() -> Iterator[tuple[int, int]]:
    page = os.sysconf("SC_PAGE_SIZE")
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", encoding="ascii", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        yield int(fields[2]), int(fields[21]) * page
