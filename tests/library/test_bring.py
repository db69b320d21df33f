"""A course is copied in as plain files, or not at all."""

import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from drillbox.errors import ContentError
from drillbox.library import bring
from drillbox.library.bring import copy_in


def copied(target: Path) -> dict[str, bytes]:
    """Every file of the copy, by its path."""
    files = (path for path in target.rglob("*") if path.is_file())
    return {str(path.relative_to(target)): path.read_bytes() for path in files}


def packed(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> str:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return str(path)


def link(name: str, mode: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (mode | 0o644) << 16
    return entry


def refused(source: str, target: Path) -> str:
    """The sentence with which copying is refused; nothing is left behind."""
    with pytest.raises(ContentError) as caught:
        copy_in(source, str(target))
    assert not target.exists()
    return str(caught.value)


def test_of_a_folder_come_the_files_without_what_tools_left(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name in ("course.yaml", "drops/01-a.yaml", ".git/config", "__pycache__/x.pyc"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(name)
    copy_in(str(source), str(tmp_path / "target"))
    assert set(copied(tmp_path / "target")) == {"course.yaml", "drops/01-a.yaml"}


@pytest.mark.parametrize("folder", ["", "course-1.0/"])
def test_of_a_zip_come_the_files_without_a_folder_around_them(
    tmp_path: Path, folder: str
) -> None:
    names = [f"{folder}course.yaml", f"{folder}drops/01-a.yaml"]
    source = packed(tmp_path / "a.zip", *((name, b"x") for name in names))
    copy_in(source, str(tmp_path / "target"))
    expected = {"course.yaml": b"x", "drops/01-a.yaml": b"x"}
    assert copied(tmp_path / "target") == expected


@pytest.mark.parametrize(
    "name",
    ["../a", "/a", "b/../../a", "..\\a", "C:\\a", "C:a", "b//a", "b/./a"],
)
def test_an_entry_that_would_land_outside_is_refused(tmp_path: Path, name: str) -> None:
    entry = zipfile.ZipInfo()
    entry.filename = name
    source = packed(tmp_path / "a.zip", ("course.yaml", b"x"), (entry, b"x"))
    assert "leads outside" in refused(source, tmp_path / "deep" / "target")
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_an_entry_that_is_no_file_is_refused(tmp_path: Path, mode: int) -> None:
    source = packed(tmp_path / "a.zip", (link("course.yaml", mode), b"/etc/passwd"))
    assert "a link or no regular file" in refused(source, tmp_path / "target")


def test_a_name_that_would_command_the_terminal_is_refused(tmp_path: Path) -> None:
    source = packed(tmp_path / "a.zip", ("a\x1b[2J", b"x"))
    sentence = refused(source, tmp_path / "target")
    assert "a<U+001B>[2J" in sentence and sentence.isprintable()


@pytest.mark.parametrize("kind", ["file", "folder", "pipe"])
def test_a_folder_with_a_link_or_a_pipe_is_refused(tmp_path: Path, kind: str) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (tmp_path / "else").mkdir()
    if kind == "pipe":
        os.mkfifo(source / "odd")
    else:
        (source / "odd").symlink_to(
            tmp_path / "else" if kind == "folder" else "/etc/passwd"
        )
    assert "is a link or no regular file" in refused(str(source), tmp_path / "target")


def test_a_bomb_is_refused_by_what_comes_out_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bring, "MAX_BYTES", 1_000_000)
    source = packed(tmp_path / "a.zip", ("course.yaml", bytes(2_000_000)))
    assert os.path.getsize(source) < 10_000
    assert "is larger than" in refused(source, tmp_path / "target")


def test_too_many_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bring, "MAX_FILES", 3)
    source = packed(tmp_path / "a.zip", *((f"{k}.yaml", b"x") for k in range(4)))
    assert "is larger than 3 files" in refused(source, tmp_path / "target")


def torn(data: bytes) -> bytes:
    return data[:60] + bytes(40) + data[100:]


def encrypted(data: bytes) -> bytes:
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    changed = bytearray(data)
    changed[local + 6] |= 1
    changed[central + 8] |= 1
    return bytes(changed)


def strangely_packed(data: bytes) -> bytes:
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    changed = bytearray(data)
    changed[local + 8] = changed[central + 10] = 99
    return bytes(changed)


@pytest.mark.parametrize("damage", [torn, encrypted, strangely_packed])
def test_a_zip_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "a.zip"
    packed(path, ("course.yaml", os.urandom(400)))
    path.write_bytes(damage(path.read_bytes()))
    assert "cannot be copied" in refused(str(path), tmp_path / "target")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.txt", "a.txt is neither a folder nor a zip file"),
        ("nowhere", "there is no folder or zip file "),
        ("empty.zip", "empty.zip holds no files"),
        ("clash.zip", "clash.zip cannot be copied: Is a directory (drops)"),
    ],
)
def test_what_is_no_course_is_said(tmp_path: Path, name: str, sentence: str) -> None:
    (tmp_path / "a.txt").write_text("x")
    packed(tmp_path / "empty.zip")
    packed(tmp_path / "clash.zip", ("drops/a", b"x"), ("drops", b"x"))
    assert sentence in refused(str(tmp_path / name), tmp_path / "target")


def test_an_empty_path_is_said(tmp_path: Path) -> None:
    assert refused("", tmp_path / "target").startswith("the path is empty; give a")
