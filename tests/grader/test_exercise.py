"""exercise.yaml and its files: every problem at once, each with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from drillbox import places
from drillbox.errors import ContentError, GraderError
from drillbox.grader.exercise import every, find, load

GOOD = """\
id: halve
course: dpo
drop: 3
title: Half of it
function: halve
signature: halve(x)
arguments: arrays
imports: [numpy]
returns: {half: array}
task: |
  Return half of `x`.
hints:
  - Divide by two.
"""
FUNCTION = "def halve(x):\n    return {}\n"
CASES = (
    "\n\nimport numpy as np\n\n\ndef cases(rng):\n"
    "    for size in (1, 2):\n"
    '        yield f"{size} entries", {"x": rng.normal(0.0, 1.0, size)}\n'
)
DOUBLE = (
    "# id: doubled\n# message: the double,\n#   not the half.\n"
    "# idea: the idea.\n# misconception: m\n" + FUNCTION
)

Make = Callable[..., str]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """An exercise folder; a file may be given, or None to leave it out."""

    def folder(**files: str | None) -> str:
        texts: dict[str, str | None] = {
            "exercise.yaml": GOOD,
            "starter.py": FUNCTION.format("None"),
            "reference.py": FUNCTION.format("x / 2") + CASES,
            "wrong/doubled.py": DOUBLE.format("x * 2"),
        }
        texts |= {name.replace("__", "."): text for name, text in files.items()}
        root = tmp_path / "halve"
        (root / "wrong").mkdir(parents=True)
        for name, text in texts.items():
            if text is not None:
                (root / name).write_text(text, encoding="utf-8")
        return str(root)

    return folder


def problems(directory: str) -> list[str]:
    loaded = load(directory)
    assert loaded.exercise is None
    return [str(one).removeprefix(directory + "/") for one in loaded.problems]


def test_a_folder_is_read_with_its_wrong_solutions(make: Make) -> None:
    loaded = load(make())
    assert loaded.problems == () and loaded.exercise is not None
    (wrong,) = loaded.exercise.wrong
    assert (wrong.id, wrong.message) == ("doubled", "the double, not the half.")
    assert (wrong.idea, wrong.misconception) == ("the idea.", "m")
    assert loaded.exercise.solution() == FUNCTION.format("x / 2").rstrip()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("drop: 3", "drop: three", "exercise.yaml:3:1: drop: "),
        ("title: Half", "titel: Half", "did you mean title?"),
        ("arguments: arrays", "harness: magic", "exercise.yaml:7:1: harness: "),
        ("function: halve", "function: 1x", "exercise.yaml:5:1: function: "),
        ("id: halve", "id: other", "another folder"),
        ("drop: 3", "drop: 3\ndrop: 4", "exercise.yaml:4:1: drop: this field stands"),
        ("title: Half of it", 'title: "Half \\e[2J of it"', "U+001B cannot be shown"),
        ("title: Half of it", 'title: "Half \\u202e of it"', "U+202E cannot be shown"),
        ("title: Half of it", "title: &a Half\nx: *a", "aliases"),
        ("imports: [numpy]", "imports: [numpy", "no YAML"),
        ("half: array", "half: vector", "'vector' is no kind; kinds are tensor, array"),
        ("hints:\n  - Divide by two.", "hints: []", "exercise.yaml:12:1: hints: "),
    ],
)
def test_a_problem_is_shown_with_its_place(
    make: Make, old: str, new: str, said: str
) -> None:
    found = problems(make(exercise__yaml=GOOD.replace(old, new)))
    assert any(said in one for one in found), found


def test_every_problem_is_reported_at_once(make: Make) -> None:
    broken = GOOD.replace("drop: 3", "drop: 0").replace("course: dpo", "course: D!")
    assert len(problems(make(exercise__yaml=broken))) == 2


def test_files_that_do_not_fit_are_all_named(make: Make) -> None:
    found = problems(
        make(
            starter__py="def halve(:\n",
            reference__py="x = 1\n",
            **{"wrong/doubled__py": FUNCTION.format("1")},
        )
    )
    files = [one.split(":")[0] for one in found]
    assert sorted(set(files)) == ["reference.py", "starter.py", "wrong/doubled.py"]
    assert "defines no halve()" in found[0]
    for name in ("id", "message", "idea", "misconception"):
        assert any(f"begin with `# {name}: …`" in one for one in found)


def test_a_missing_file_is_named(make: Make) -> None:
    assert "starter.py:1:1: file: cannot be read" in problems(make(starter__py=None))[0]


def test_an_exercise_of_an_added_course_is_found(
    home: Path, make: Make, tmp_path: Path
) -> None:
    target = home / "courses" / "mine" / "exercises"
    target.mkdir(parents=True)
    Path(make()).rename(target / "halve")
    assert find("halve").directory == str(target / "halve")
    shipped = list(Path(places.shipped_exercises()).glob("*/exercise.yaml"))
    assert len(list(every())) == 1 + len(shipped)
    (target / "halve" / "starter.py").unlink()
    with pytest.raises(ContentError) as error:
        find("halve")
    assert error.value.problems


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("dpo-los", "did you mean dpo-loss"),
        ("zzz", "exercise list"),
        ("../../etc", "exercise"),
    ],
)
def test_no_such_exercise_is_said_with_the_nearest(
    home: Path, name: str, said: str
) -> None:
    with pytest.raises(GraderError, match=said):
        find(name)


def test_the_fingerprint_is_of_what_is_asked_not_of_its_wording(make: Make) -> None:
    directory = make()
    first = load(directory).exercise
    path = Path(directory, "exercise.yaml")
    path.write_text(GOOD.replace("Half of it", "One half"))
    reworded = load(directory).exercise
    path.write_text(GOOD.replace("halve(x)", "halve(x, y)"))
    changed = load(directory).exercise
    assert first and reworded and changed
    assert first.fingerprint == reworded.fingerprint != changed.fingerprint
