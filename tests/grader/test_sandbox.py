"""The layers around a learner's code: what they stop is tried, and named truthfully."""

import os
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from drillbox.grader.exercise import find
from drillbox.grader.report import Report
from drillbox.grader.sandbox import bwrap, landlock, seccomp
from drillbox.grader.sandbox.ladder import CANARIES, Layer
from drillbox.grader.supervisor import Grader

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="layers of Linux")
WHOLE = pytest.mark.skipif(landlock.abi() == 0, reason="no Landlock in this kernel")

HEAD = "def dpo_gradient(pc, pr, rc, rr, beta):\n"
READS = "    return open({path!r}).read(1)\n"


@pytest.fixture(scope="module", params=[(), ("seccomp",)], ids=["none", "seccomp"])
def weak(request: pytest.FixtureRequest) -> Iterator[tuple[set[Layer], Grader]]:
    """A grader with fewer layers than this machine has."""
    layers: set[Layer] = set(request.param)
    with Grader(layers=layers) as started:
        yield layers, started


def reference() -> str:
    return find("dpo-gradient").reference


def graded(grader: Grader, body: str) -> Report:
    return grader.grade(find("dpo-gradient"), HEAD + body)


@WHOLE
def test_with_all_layers_every_probe_is_stopped(grader: Grader) -> None:
    report = graded(grader, "    pass\n")
    assert report.sandbox is not None
    assert report.sandbox.level in ("confined", "sealed")
    assert report.sandbox.open == () and not report.sandbox.reference_readable
    assert f"{len(CANARIES)} of {len(CANARIES)} probes blocked" in str(report.sandbox)


@WHOLE
@pytest.mark.parametrize(
    "path", [find("dpo-gradient").reference, "/etc/passwd", str(Path(__file__))]
)
def test_files_outside_are_not_readable(grader: Grader, path: str) -> None:
    message = graded(grader, READS.format(path=path)).cases[0].message
    assert "PermissionError" in message or "FileNotFoundError" in message


@WHOLE
def test_what_numpy_alone_needs_does_not_include_torch(grader: Grader) -> None:
    import torch

    message = graded(grader, READS.format(path=torch.__file__)).cases[0].message
    assert "PermissionError" in message or "FileNotFoundError" in message


def test_fewer_layers_are_called_by_their_name(
    weak: tuple[set[Layer], Grader],
) -> None:
    layers, grader = weak
    sandbox = graded(grader, "    pass\n").sandbox
    assert sandbox is not None
    assert sandbox.level == ("guarded" if layers else "limits only")
    assert sandbox.reference_readable
    assert "read the reference solution" in str(sandbox)
    assert ("fork" in sandbox.open) == (not layers)


def test_the_verdict_is_the_same_under_fewer_layers(
    weak: tuple[set[Layer], Grader],
) -> None:
    _, grader = weak
    assert grader.grade(find("dpo-gradient"), reference()).passed
    flipped = reference().replace("return -gradient, gradient", "return gradient, 0")
    assert not grader.grade(find("dpo-gradient"), flipped).passed


def test_drillbox_cannot_be_imported_even_where_its_files_can_be_read(
    weak: tuple[set[Layer], Grader],
) -> None:
    _, grader = weak
    root = str(Path(find("dpo-gradient").directory).parents[1])
    body = f"    import sys; sys.path.insert(0, {root!r}); import drillbox\n"
    message = graded(grader, body).cases[0].message
    assert "drillbox cannot be imported here" in message


# -- the filter, run by an interpreter of its own: also for the other architecture

_CALLS = {
    # name, arguments: x86_64, aarch64, what is answered
    "execve": (59, 221, [], 1),
    "fork": (57, None, [], 1),
    "clone of a process": (56, 220, [0x11], 1),
    "clone of a thread": (56, 220, [0x10000 | 0xF00], 0),
    "clone3": (435, 435, [], 38),
    "socket": (41, 198, [1], 1),
    "kill another": (62, 129, [999], 1),
    "kill itself": (62, 129, [4242], 0),
    "tgkill another": (234, 131, [999], 1),
    "tgkill itself": (234, 131, [4242], 0),
    "ptrace": (101, 117, [], 1),
    "prctl outlive the parent": (157, 167, [1], 1),
    "prctl a name": (157, 167, [15], 0),
    "prlimit read": (302, 261, [0, 7, 0], 0),
    "prlimit write": (302, 261, [0, 7, 0x7FFF00001000], 1),
    "prlimit write high": (302, 261, [0, 7, 0x700000000], 1),
    "setsid": (112, 157, [], 1),
    "fcntl F_GETFL": (72, 25, [0, 3], 0),
    "fcntl F_SETOWN": (72, 25, [0, 8], 1),
    "fcntl F_SETSIG": (72, 25, [0, 10], 1),
    "fcntl F_SETOWN_EX": (72, 25, [0, 15], 1),
    "fcntl F_SETOWN by its low half": (72, 25, [0, 0x700000008], 1),
    "ioctl TCGETS": (16, 29, [0, 0x5401], 0),
    "ioctl TIOCSTI": (16, 29, [0, 0x5412], 1),
    "ioctl TIOCLINUX": (16, 29, [0, 0x541C], 1),
    "ioctl SIOCSPGRP": (16, 29, [0, 0x8902], 1),
    "open to read": (2, None, [0, 0o2000000], 0),
    "open to write": (2, None, [0, 1], 1),
    "openat to read": (257, 56, [0, 0, 0o2200000], 0),
    "openat to write": (257, 56, [0, 0, 1], 1),
    "openat to read and write": (257, 56, [0, 0, 2], 1),
    "openat to make": (257, 56, [0, 0, 0o100], 1),
    "openat to read and empty": (257, 56, [0, 0, 0o1000], 1),
    "openat without a name": (257, 56, [0, 0, 1 << 22 | 0o200000], 1),
    "openat2": (437, 437, [], 1),
    "truncate": (76, 45, [], 1),
    "unlinkat": (263, 35, [], 1),
    "renameat2": (316, 276, [], 1),
    "symlinkat": (266, 36, [], 1),
    "shmctl": (31, 195, [], 1),
    "io_uring_setup": (425, 425, [], 1),
    "read": (0, 63, [], 0),
    "mmap": (9, 222, [], 0),
    "futex": (202, 98, [], 0),
    "exit_group": (231, 94, [], 0),
}
_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


def answered(code: bytes, arch: int, number: int, arguments: list[int]) -> int:
    """What the filter returns, by the rules of classic BPF."""
    data = struct.pack(
        "<IIQ6Q", number, arch, 0, *arguments, *[0] * (6 - len(arguments))
    )
    value, at = 0, 0
    while True:
        operation, then, otherwise, k = struct.unpack_from("HBBI", code, 8 * at)
        at += 1
        if operation == 0x06:
            return int(k)
        if operation == 0x20:
            (value,) = struct.unpack_from("<I", data, k)
            continue
        met = {0x15: value == k, 0x35: value >= k, 0x45: bool(value & k)}[operation]
        at += then if met else otherwise


@pytest.mark.parametrize("name", _CALLS)
@pytest.mark.parametrize("machine", _ARCH)
def test_the_filter_answers_this_call(machine: str, name: str) -> None:
    *numbers, arguments, error = _CALLS[name]
    number = numbers[list(_ARCH).index(machine)]
    if number is None:
        return
    code = seccomp.program(machine, 4242)
    expected = 0x00050000 | error if error else 0x7FFF0000
    assert answered(code, _ARCH[machine], number, arguments) == expected


def test_calls_of_another_architecture_end_the_process() -> None:
    code = seccomp.program("x86_64", 1)
    assert answered(code, _ARCH["aarch64"], 63, []) == 0x80000000
    assert answered(code, _ARCH["x86_64"], 0x40000000 | 1, []) == 0x80000000


# -- Landlock, in every version that there is

VERSIONS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16, 6: 16, 7: 16}


@WHOLE
@pytest.mark.parametrize("version", VERSIONS)
def test_rules_of_every_version_of_landlock_are_taken_by_this_kernel(
    version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    handled = landlock._handled(version)
    assert handled == (1 << VERSIONS[version]) - 1
    if version > landlock.abi():
        pytest.skip(f"this kernel has Landlock {landlock.abi()}")
    monkeypatch.setattr(landlock, "abi", lambda: version)
    rule_set = landlock.rules(["/usr/lib", "/dev/null", "/nowhere"], ["/usr"])
    assert os.fstat(rule_set)
    os.close(rule_set)


# -- falling down the ladder is automatic and named


@WHOLE
def test_a_bubblewrap_that_cannot_start_is_named_and_the_next_rung_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "bwrap"
    broken.write_text(
        "#!/bin/sh\necho 'bwrap: setting up uid map: denied' >&2\nexit 1\n"
    )
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with Grader() as started:
        report = started.grade(find("dpo-gradient"), reference())
    assert report.passed and report.sandbox is not None
    assert report.sandbox.level == "confined"
    assert "Not sealed: bwrap: setting up uid map: denied" in str(report.sandbox)


@WHOLE
def test_without_bubblewrap_the_way_to_the_sealed_level_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with Grader() as started:
        sandbox = graded(started, "    pass\n").sandbox
    assert "Not sealed: bubblewrap is not installed" in str(sandbox)


def test_a_directory_is_bound_before_those_in_it(tmp_path: Path) -> None:
    """Python's library in /usr/lib was hidden by /usr/lib, so it could not start."""
    inner = tmp_path / "python3"
    inner.mkdir()
    within = [str(inner / f"{k}.py") for k in range(30)]
    beside = [str(tmp_path / f"{k}.so") for k in range(30)]
    for path in (*within, *beside):
        Path(path).touch()
    words = bwrap._binds([*within, *beside])
    hidden = words.index("--tmpfs")
    assert words[hidden + 1] == str(inner)
    assert words[words.index(str(inner), hidden + 2) - 1] == "--ro-bind"
