"""A process that holds too much memory is ended; others are left alone."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from drillbox.workers import watchdog
from drillbox.workers.watchdog import Watchdog, resident

HOLDS = "import sys; held = bytearray(int(sys.argv[1])); print(1, flush=True); input()"
MIB = 1 << 20


@contextmanager
def holding(size: int) -> "Iterator[subprocess.Popen[bytes]]":
    """A process in a group of its own that holds `size` bytes until it is ended."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(size)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        assert process.stdout.readline() == b"1\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


@pytest.mark.parametrize("by", ["/proc", "ps"])
def test_what_a_group_holds_is_seen(by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if by == "ps":
        monkeypatch.setattr(watchdog.os.path, "isdir", lambda path: False)
    with holding(200 * MIB) as process:
        assert 200 * MIB < resident(process.pid) < 400 * MIB
    assert resident(process.pid) == 0


@pytest.mark.parametrize(("most", "ended"), [(100 * MIB, True), (2000 * MIB, False)])
def test_only_who_holds_too_much_is_ended(most: int, ended: bool) -> None:
    with holding(200 * MIB) as process:
        watched = Watchdog(process.pid, most, process.kill)
        if ended:
            assert process.wait(20) == -9
        else:
            assert not watched._stopped.wait(3 * watchdog.EVERY_S)
            assert process.poll() is None
        watched.stop()
        assert watched.tripped == ended
