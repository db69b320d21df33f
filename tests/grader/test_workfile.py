"""The learner's file is watched by what it is, not by how an editor saves it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from drillbox.errors import GraderError
from drillbox.grader import workfile
from drillbox.grader.workfile import Watched


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def by_renaming(path: Path, text: str) -> None:
    """As vim, VS Code on some drives, and most who are afraid of half a file."""
    fresh = path.with_suffix(".tmp")
    fresh.write_text(text)
    os.replace(fresh, path)


def by_removing(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text)


def same_time_and_size(path: Path, text: str) -> None:
    """A coarse clock, as of FAT or an old NFS: only the inode tells."""
    old = path.stat()
    by_renaming(path, text)
    os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))


@pytest.mark.parametrize(
    "save", [in_place, by_renaming, by_removing, same_time_and_size]
)
def test_every_save_is_noticed_once(
    tmp_path: Path, save: Callable[[Path, str], None]
) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = 0\n")
    watched = Watched(str(path))
    assert not watched.saved()
    for n in (1, 2):
        save(path, f"x = {n}\n")
        assert not watched.saved() and watched.moving
        assert watched.saved() and watched.read() == f"x = {n}\n"
        assert not watched.saved()


def test_a_save_that_is_not_over_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = 0\n")
    watched = Watched(str(path))
    for text in ("", "de", "def", "def f(): ...\n"):
        path.write_text(text)
        assert not watched.saved()
        assert text or not watched.saved()  # an empty file never counts as saved
    assert watched.saved()


def test_a_file_that_is_gone_or_no_file_is_no_save(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = 0\n")
    watched = Watched(str(path))
    path.unlink()
    assert [watched.saved() for _ in range(3)] == [False] * 3
    os.mkfifo(path)  # must not hang either
    assert [watched.saved() for _ in range(3)] == [False] * 3
    path.unlink()
    path.write_text("x = 1\n")
    assert [watched.saved() for _ in range(2)] == [False, True]


def test_twenty_looks_a_second() -> None:
    assert pytest.approx(1 / 20) == workfile.POLL_S
    assert workfile.SETTLE_S < workfile.POLL_S


def test_beginning_anew_keeps_every_old_file(home: Path) -> None:
    assert workfile.blank("dpo-loss", "starter") is None
    path = Path(workfile.path_of("dpo-loss"))
    for n in (1, 2):
        path.write_text(f"mine {n}")
        aside = workfile.blank("dpo-loss", "starter")
        assert aside == str(path.with_suffix(f".{n}.py"))
        assert Path(aside).read_text() == f"mine {n}"
        assert path.read_text() == "starter"


def test_the_former_file_comes_back_and_what_was_written_since_is_kept(
    home: Path,
) -> None:
    path = Path(workfile.make("dpo-loss", "starter"))
    path.write_text("mine")
    former = str(workfile.blank("dpo-loss", "starter"))
    assert workfile.bring_back("dpo-loss", former, "starter") is None
    assert path.read_text() == "mine"
    assert os.listdir(path.parent) == ["dpo-loss.py"]

    former = str(workfile.blank("dpo-loss", "starter"))
    path.write_bytes(b"since\xff")  # not even text
    since = workfile.bring_back("dpo-loss", former, "starter")
    assert since is not None and Path(since).read_bytes() == b"since\xff"
    assert path.read_text() == "mine" and len(os.listdir(path.parent)) == 2

    former = str(workfile.blank("dpo-loss", "starter"))
    path.unlink()
    assert workfile.bring_back("dpo-loss", former, "starter") is None
    assert path.read_text() == "mine"


def test_a_former_file_that_is_gone_moves_nothing(home: Path) -> None:
    path = Path(workfile.make("dpo-loss", "starter"))
    former = Path(str(workfile.blank("dpo-loss", "starter")))
    former.unlink()
    with pytest.raises(GraderError, match="there is no file"):
        workfile.bring_back("dpo-loss", str(former), "starter")
    assert path.read_text() == "starter"


def test_a_file_that_cannot_be_set_aside_stays_where_it_is(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(workfile.make("dpo-loss", "mine"))

    def refuse(*_: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.rename", refuse)
    with pytest.raises(GraderError, match="cannot rename"):
        workfile.blank("dpo-loss", "starter")
    assert path.read_text() == "mine"
