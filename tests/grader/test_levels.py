"""The way up is named with its commands; refusals are kept for a boot; what no machine
here can run (macOS) is at least written as it should be."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from drillbox.errors import GraderError
from drillbox.grader.crew import Crew, Kind
from drillbox.grader.exercise import find
from drillbox.grader.sandbox import (
    gpu,
    ladder,
    landlock,
    remembered,
    seatbelt,
    seccomp,
    wayup,
)
from drillbox.grader.sandbox.ladder import NUMBER, Inside, Sandbox, Wanted
from drillbox.grader.supervisor import Grader

UID_MAP = "bwrap: setting up uid map: Permission denied"
RTM = "bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted"
NEEDS = pytest.mark.skipif(
    sys.platform != "linux" or not landlock.abi() or not seccomp.available(),
    reason="level 2 is not given by this machine: no Landlock or no seccomp",
)


@pytest.mark.parametrize("said", [UID_MAP, RTM])
@pytest.mark.parametrize(
    ("settings", "steps"),
    [
        (
            {wayup._RESTRICTED: "1"},
            ["apparmor-profiles", "bwrap-userns-restrict", "apparmor_parser -r"],
        ),
        ({wayup._CLONE: "0"}, ["kernel.unprivileged_userns_clone = 0"]),
        ({wayup._MOST: "0"}, ["user.max_user_namespaces = 0"]),
        ({}, ["in a container"]),
    ],
)
def test_the_way_up_is_the_narrow_one(
    said: str, settings: dict[str, str], steps: list[str], monkeypatch: Any
) -> None:
    monkeypatch.setattr(wayup, "read", lambda path: settings.get(path, ""))
    told = str(wayup.refused(said))
    assert told.startswith(said) and told.endswith(wayup.THEN)
    assert all(step in told for step in steps)
    assert "sysctl" not in told and "secure" not in told.lower()


@pytest.mark.parametrize("tool", wayup._INSTALL)
def test_installing_is_said_in_the_words_of_the_system(
    tool: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(wayup.shutil, "which", lambda name: name == tool or None)
    assert wayup._INSTALL[tool] in str(wayup.not_installed())


@pytest.mark.parametrize(
    ("off", "said"), [(True, "lsm="), (False, "Linux 5.13 or newer")]
)
def test_a_kernel_without_landlock_is_told_from_one_that_has_it_off(
    off: bool, said: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(landlock, "abi", lambda: 0)
    monkeypatch.setattr(landlock, "switched_off", lambda: off)
    assert said in str(wayup.lacking(0, True))


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("bwrap: Unknown option --disable-userns", "bubblewrap 0.8 or newer"),
        ("bwrap: Can't find source path /x: No such file or directory", ""),
        ("a layer that this system has could not be entered", ""),
    ],
)
def test_another_reason_is_said_as_it_is(said: str, step: str) -> None:
    told = wayup.refused(said)
    assert told.why == said and (step in str(told)) and bool(told.steps) == bool(step)


# -- remembered for a boot


@pytest.fixture
def broken(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bwrap that refuses, and writes a line whenever it is tried."""
    program, tries = tmp_path / "bin" / "bwrap", tmp_path / "tries"
    program.parent.mkdir()
    script = f"#!/bin/sh\necho x >> {tries}\necho '{UID_MAP}' >&2\nexit 1\n"
    program.write_text(script)
    program.chmod(0o755)
    tries.touch()
    monkeypatch.setenv("PATH", str(program.parent))
    return tries


def level() -> Sandbox:
    with Grader() as own:
        sandbox = own.grade(find("dpo-gradient"), "").sandbox
    assert sandbox is not None
    return sandbox


@NEEDS
def test_a_refusal_is_remembered_said_and_tried_again_when_something_changed(
    broken: Path, home: Path
) -> None:
    first, second = level(), level()
    assert first == second and second.level == "confined"
    assert UID_MAP in str(second) and "The way up: " in str(second)
    tried = broken.read_text()
    assert level() == first and broken.read_text() == tried, "it was tried again"
    remembered.forget()
    level()
    assert len(broken.read_text()) > len(tried)
    tried = broken.read_text()
    program = broken.parent / "bin" / "bwrap"
    program.write_text(program.read_text() + "\n")
    level()
    assert len(broken.read_text()) > len(tried), "another program is another answer"


@pytest.mark.parametrize("what", ["boot", "kernel", "user", "profiles", "setting"])
def test_a_refusal_counts_no_longer_when_this_changed(
    what: str, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered.remember(UID_MAP)
    assert remembered.refusal() == UID_MAP
    changed: dict[str, tuple[Any, str, Any]] = {
        "boot": (remembered, "_BOOT", "/dev/null"),
        "kernel": (remembered.os, "uname", lambda: _Kernel),
        "user": (remembered.os, "getuid", lambda: 4242),
        "profiles": (wayup, "apparmor_stamp", lambda: 4242),
        "setting": (wayup, "SETTINGS", ("/proc/sys/kernel/ostype",)),
    }
    monkeypatch.setattr(*changed[what])
    assert remembered.refusal() == ""


class _Kernel:
    release = "another"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"key": 1}', "\x00" * 99])
def test_a_broken_memory_is_no_memory(text: str, broken: Path, home: Path) -> None:
    remembered.remember(UID_MAP)
    (home / "sandbox.json").write_text(text)
    assert remembered.refusal() == ""


def test_where_nothing_can_be_written_nothing_is_remembered(
    broken: Path, home: Path
) -> None:
    home.write_text("a file, where a directory is wanted")
    remembered.remember(UID_MAP)
    assert remembered.refusal() == ""


# -- levels as they are named


@pytest.mark.parametrize(
    ("around", "head", "through", "named"),
    [
        ("bubblewrap", (7, True), (), "sealed"),
        ("", (1, True), (), "confined"),
        ("bubblewrap", (0, True), (), "guarded"),
        ("", (0, True), ("read",), "guarded"),
        ("sandbox-exec", (0, False), (), "guarded"),
        ("sandbox-exec", (0, False), ("read", "exec"), "limits only"),
        ("bubblewrap", (7, True), ("connect",), "limits only"),
        ("bubblewrap", (7, True), ("read",), "guarded"),
        ("", (7, False), (), "limits only"),
        ("", (0, False), ladder.CANARIES, "limits only"),
    ],
)
def test_no_more_is_claimed_than_the_canaries_allow(
    around: str, head: tuple[int, bool], through: tuple[str, ...], named: str
) -> None:
    told = {"landlock": head[0], "seccomp": head[1]}
    inside = Inside(None, told, around)  # type: ignore[arg-type]
    sandbox = inside.sandbox({"open": list(through), "readable": []})
    assert sandbox.level == named
    assert f"{named} (level {NUMBER[sandbox.level]}" in str(sandbox)
    assert f"{6 - len(through)} of 6 probes blocked" in str(sandbox)


def test_the_levels_have_the_numbers_of_the_documentation() -> None:
    assert list(NUMBER.items()) == [
        ("sealed", 3),
        ("confined", 2),
        ("guarded", 1),
        ("limits only", 0),
    ]


# -- macOS, Windows, GPUs: what is said and written, since nothing here can run it


def test_the_profile_for_macos_denies_first_and_quotes_every_path() -> None:
    text = seatbelt.profile(['/a "b"\\c', "/plain"])
    assert text.startswith("(version 1)\n(deny default)\n")
    for rule in ("network*", "file-write*", "process-fork", "process-exec*", "signal"):
        assert f"(deny {rule})" in text
    assert '(subpath "/a \\"b\\"\\\\c")' in text and '(subpath "/plain")' in text
    assert text.count("(") == text.count(")")
    assert text.index("(deny file-write*)") < text.index("(allow file-write-data")
    assert text.index("(deny process-exec*)") < text.index("(allow process-exec*")


@pytest.mark.parametrize(
    ("platform", "program", "expected"),
    [
        ("darwin", True, ["sandbox-exec", ""]),
        ("darwin", False, [""]),
        ("win32", False, [""]),
    ],
)
def test_elsewhere_there_are_these_rungs(
    platform: str, program: bool, expected: list[str], monkeypatch: Any
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    there = "/usr/bin/sandbox-exec" if program else None
    monkeypatch.setattr(seatbelt.shutil, "which", lambda name: there)
    wanted = Wanted(torch=False)
    rungs = list(ladder._rungs(wanted, ladder.LAYERS, []))
    assert [around for _, around, _, _ in rungs] == expected
    assert all(layers == frozenset() for layers, _, _, _ in rungs)
    assert wanted.spare
    assert (ladder._watched(wanted) is not None) == (platform == "darwin")
    way = ladder._way(wanted, {"landlock": 0, "seccomp": False}, "", wayup.Way(), "x")
    assert ("wsl --install" in str(way)) == (platform == "win32")
    assert ("does not nest" in str(way)) == (platform == "darwin")


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_a_device_that_is_not_there_is_refused_in_one_sentence(device: str) -> None:
    import torch

    if torch.cuda.is_available() or torch.backends.mps.is_available():
        pytest.skip("this machine has one")
    crew = Crew()
    try:
        with pytest.raises(GraderError, match=f"no {device.upper()} device.*cpu"):
            crew.inside(Kind(True, cuda=device == "cuda", mps=device == "mps"))
    finally:
        crew.close()


@pytest.mark.parametrize("there", [True, False])
def test_a_gpu_that_the_sandbox_hides_is_reported(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = tmp_path / "nvidia0"
    if there:
        node.touch()
    monkeypatch.setattr(gpu, "NODES", (str(tmp_path / "nvidia[0-9]*"),))
    nothing = "def dpo_loss(*_):\n    return None\n"
    with Grader() as own:
        sandbox = own.grade(find("dpo-loss"), nothing).sandbox
    assert sandbox is not None and sandbox.hidden == (str(node) if there else "")
    said = "is hidden from your code; --device cuda shows it"
    assert (said in str(sandbox)) == there
    json.dumps(sandbox.hidden)


# Windows has no fork, and no library without a name.
WINDOWS = """
import ctypes, os
del os.fork
known = ctypes.CDLL


class CDLL(known):
    def __init__(self, name, *rest, **named):
        if name is None:
            raise TypeError("a library needs a name")
        super().__init__(name, *rest, **named)


ctypes.CDLL = CDLL
import drillbox.grader.sandbox.examined
import drillbox.grader.supervisor
"""


def test_the_grader_can_be_imported_where_there_is_neither_fork_nor_libc() -> None:
    words = [sys.executable, "-c", WINDOWS]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
