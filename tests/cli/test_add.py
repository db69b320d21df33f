"""`drillbox add`: a course from a folder or a zip, after lint, never outside."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

COURSES = Path(__file__).parents[1] / "courses"
Done = subprocess.CompletedProcess[str]


def add(home: Path, *words: object, typed: str = "") -> Done:
    command = [sys.executable, "-m", "drillbox", "add", *map(str, words)]
    env = {**os.environ, "DRILLBOX_HOME": str(home)}
    return subprocess.run(command, input=typed, capture_output=True, text=True, env=env)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the small course that a test may break."""
    return Path(shutil.copytree(COURSES / "small", tmp_path / "coming"))


def zipped(course: Path, goal: Path, inside: str = "") -> Path:
    with zipfile.ZipFile(goal, "w") as archive:
        for path in sorted(course.rglob("*.yaml")):
            archive.write(path, inside + str(path.relative_to(course)))
    return goal


def added(home: Path) -> list[str]:
    folder = home / "courses"
    return sorted(os.listdir(folder)) if folder.exists() else []


def test_a_folder_is_copied_under_its_id(home: Path, course: Path) -> None:
    done = add(home, course)
    assert done.returncode == 0, done.stderr
    assert added(home) == ["small"]
    assert (home / "courses/small/drops/01-first.yaml").is_file()


@pytest.mark.parametrize("inside", ["", "small-1.0/"], ids=["flat", "in a folder"])
def test_a_zip_is_unpacked(
    home: Path, course: Path, tmp_path: Path, inside: str
) -> None:
    done = add(home, zipped(course, tmp_path / "c.zip", inside))
    assert done.returncode == 0, done.stderr
    assert (home / "courses/small/course.yaml").is_file()


def test_a_course_with_a_problem_is_not_added(home: Path, course: Path) -> None:
    (course / "course.yaml").write_text("id: small\ntitel: x\n")
    done = add(home, course)
    assert done.returncode == 2
    assert "course.yaml:2:1" in done.stderr and "title" in done.stderr
    assert added(home) == []


def test_a_problem_names_the_file_of_the_author_and_not_of_the_copy(
    home: Path, course: Path
) -> None:
    path = course / "drops" / "01-first.yaml"
    path.write_text(path.read_text().replace("kind: choice", "kind: chioce"))
    assert add(home, course).stderr.startswith(f"{path}:11:11: cards[1].kind: ")


def test_a_course_with_the_id_of_the_shipped_one_is_refused(
    home: Path, course: Path
) -> None:
    head = course / "course.yaml"
    head.write_text(head.read_text().replace("id: small", "id: dpo"))
    done = add(home, course, "--replace")
    assert done.returncode == 2 and added(home) == []
    assert "the course that comes with drillbox has the id dpo already" in done.stderr


@pytest.mark.parametrize("name", ["../evil.yaml", "/evil.yaml", "drops/../../evil"])
def test_a_zip_that_leads_outside_is_refused(
    home: Path, tmp_path: Path, name: str
) -> None:
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr(name, "x")
    done = add(home, tmp_path / "evil.zip")
    assert done.returncode == 2 and "leads outside" in done.stderr
    assert added(home) == [] and not list(tmp_path.rglob("evil*.yaml"))


def test_a_link_is_refused(home: Path, course: Path) -> None:
    (course / "secret.yaml").symlink_to("/etc/passwd")
    done = add(home, course)
    assert done.returncode == 2 and "link" in done.stderr
    assert added(home) == []


@pytest.mark.parametrize(
    ("what", "said"),
    [("nowhere", "there is no folder or zip"), ("file.txt", "neither a folder nor")],
)
def test_what_is_no_course_earns_one_sentence(
    home: Path, tmp_path: Path, what: str, said: str
) -> None:
    (tmp_path / "file.txt").write_text("x")
    done = add(home, tmp_path / what)
    assert done.returncode == 2 and said in done.stderr
    assert "Traceback" not in done.stderr


def test_replacing_asks_and_no_keeps_the_old_one(home: Path, course: Path) -> None:
    add(home, course)
    (course / "glossary.yaml").write_text("- {term: a, meaning: b}\n")
    refused = add(home, course, typed="n\n")
    assert refused.returncode == 130 and refused.stderr == "nothing was added\n"
    assert not (home / "courses/small/glossary.yaml").exists()
    assert add(home, course, "--replace").returncode == 0
    assert (home / "courses/small/glossary.yaml").exists()
    assert added(home) == ["small"]


def test_a_course_with_code_asks_for_trust_and_names_the_sandbox(
    home: Path, course: Path
) -> None:
    (course / "exercises" / "own").mkdir(parents=True)
    (course / "exercises" / "own" / "starter.py").write_text("pass\n")
    refused = add(home, course, typed="\n")
    assert refused.returncode == 130 and added(home) == []
    assert "Sandbox:" in refused.stdout
    assert add(home, course, "--trust").returncode == 0


def test_a_missing_exercise_is_named_where_the_author_has_it(
    home: Path, course: Path
) -> None:
    drop = course / "drops" / "01-first.yaml"
    drop.write_text(drop.read_text().replace("does:", "exercises: [own]\ndoes:"))
    done = add(home, course, "--trust")
    assert f"there is no folder {course}/exercises/own" in done.stderr
    assert ".coming" not in done.stderr
