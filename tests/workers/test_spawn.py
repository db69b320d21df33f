"""Ending a worker's process and all of its group."""

import os
import subprocess
import sys

import pytest

from drillbox.workers.spawn import kill


def started(text: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", text], stdout=subprocess.PIPE, start_new_session=True
    )


def test_a_process_is_ended_with_what_it_has_started() -> None:
    sleeper = "import time; time.sleep(600)"
    text = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {sleeper!r}])"
    )
    process = started(text)
    kill(process)
    assert process.stdout is not None
    with process.stdout as output:
        assert output.read() == b""  # at its end: nobody holds it any more
    assert process.returncode == -9


def test_what_was_waited_for_is_never_signalled_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its number may have gone to another process of ours."""
    process = started("pass")
    with process:
        process.wait()
    signalled: list[int] = []
    monkeypatch.setattr(os, "killpg", lambda group, _: signalled.append(group))
    kill(process)
    assert signalled == []
