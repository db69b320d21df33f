"""A submission's file is read as text, at once, or refused in one sentence."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from drillbox.errors import GraderError
from drillbox.grader import submission

GRADED = "def dpo_loss(*_):\n    return 0\n"


def _link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def _dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere.py"))


def _to_itself(path: Path) -> None:
    path.symlink_to(path)


def _own(path: Path) -> None:
    other = path.with_name("other.py")
    other.write_text(GRADED)
    path.symlink_to(other)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _four_gigabytes(path: Path) -> None:
    path.touch()
    os.truncate(path, 4 << 30)  # a hole: it costs no disk


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


def _utf16(path: Path) -> None:
    path.write_bytes(GRADED.encode("utf-16"))


def _just_too_long(path: Path) -> None:
    path.write_bytes(b"#" * (submission.MOST + 1))


FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a link to a file of the system": (_link, "is a link; give the file itself"),
    "a link to an own file": (_own, "is a link; give the file itself"),
    "a link to nowhere": (_dangling, "is a link; give the file itself"),
    "a link to itself": (_to_itself, "is a link; give the file itself"),
    "a pipe with no writer": (_fifo, "is no regular file; give a Python file"),
    "a socket": (_socket, "cannot be opened"),
    "a directory": (Path.mkdir, "is a directory; give the file in it"),
    "four gigabytes": (_four_gigabytes, "has 4,294,967,296 bytes; at most 1,048,576"),
    "one byte too many": (_just_too_long, "has 1,048,577 bytes; at most 1,048,576"),
    "another encoding": (_utf16, "this is not UTF-8; save the file as UTF-8"),
    "nothing at all": (lambda path: None, "there is no file"),
}
NAMES = {"a plain name": "mine.py", "a painted name": "\x1b[2J\x1b[32mPASSED\u202e.py"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", FILES)
def test_what_is_no_plain_file_is_refused_at_once_in_one_sentence(
    tmp_path: Path, kind: str, name: str
) -> None:
    make, said = FILES[kind]
    make(tmp_path / NAMES[name])
    started = time.monotonic()
    with pytest.raises(GraderError) as caught:
        submission.read(str(tmp_path / NAMES[name]))
    assert time.monotonic() - started < 5.0
    assert said in str(caught.value) and str(caught.value).isprintable()


@pytest.mark.parametrize("kind", ["a link to a file of the system", "four gigabytes"])
def test_the_verb_refuses_it_too(tmp_path: Path, home: Path, kind: str) -> None:
    make, said = FILES[kind]
    make(tmp_path / "mine.py")
    words = ["check", "dpo-loss", str(tmp_path / "mine.py")]
    program = [sys.executable, "-m", "drillbox", *words]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and done.stdout == ""
    assert said in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_device_without_end_is_refused() -> None:
    with pytest.raises(GraderError, match="is no regular file"):
        submission.read("/dev/zero")


def test_a_plain_file_is_read_with_its_mark_of_byte_order_left_out(
    tmp_path: Path,
) -> None:
    path = tmp_path / "mine.py"
    path.write_bytes(b"\xef\xbb\xbf" + GRADED.encode())
    assert submission.read(str(path)) == GRADED
