"""`drillbox new`: every skeleton is sound as it is written, and nothing is lost."""

import shutil
from pathlib import Path

import pytest

from drillbox import places
from drillbox.cli.shell import run
from drillbox.domain.card import KINDS
from drillbox.grader.prove import proof
from drillbox.grader.supervisor import Grader
from drillbox.library.load import load_course
from drillbox.workbench.lint import Linted, examine


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> list[str]:
    """What a call says; the files that it wrote are told first, then what is next."""
    assert run(words) == code
    streams = capsys.readouterr()
    return (streams.err if code else streams.out).splitlines()


def quick(path: str) -> Linted:
    return examine(path, True, lambda line: None)


def test_a_course_is_sound_and_says_what_is_next(
    there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "new", "course", "averages") == [
        "wrote averages/course.yaml",
        "wrote averages/drops/01-first.yaml",
        "wrote averages/misconceptions.yaml",
        "wrote averages/schema.json",
        "next: drillbox lint averages",
        "then: drillbox review --course averages",
    ]
    found = quick("averages")
    assert (found.problems, found.warnings) == ([], [])
    assert found.counts == "1 drop, 3 cards"


def test_drops_are_numbered_and_fit_their_course(
    there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "new", "course", "averages")
    for number, name in ((2, "variance"), (3, "median")):
        lines = said(capsys, "new", "drop", name, "--course", "averages")
        assert lines[0] == f"wrote averages/drops/0{number}-{name}.yaml"
    found = quick("averages")
    assert (found.problems, found.counts) == ([], "3 drops, 9 cards")
    assert quick("averages/drops/02-variance.yaml").problems == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_of_every_kind_is_sound_alone_and_in_a_drop(
    there: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    assert said(capsys, "new", "card", "mine", "--kind", kind) == [
        "wrote mine.yaml",
        "next: drillbox preview mine.yaml",
        "then: drillbox lint mine.yaml",
    ]
    assert (quick("mine.yaml").problems, quick("mine.yaml").counts) == ([], "1 card")
    said(capsys, "new", "course", "averages")
    drop = "averages/drops/01-first.yaml"
    before = Path(drop).read_text()
    told = said(capsys, "new", "card", "mine", "--kind", kind, "--drop", drop)
    assert told == [f"wrote {drop}", f"next: drillbox preview {drop} --card mine"]
    assert Path(drop).read_text().startswith(before)
    assert quick("averages").problems == []
    course = load_course("averages").course
    assert course is not None
    assert [item.card.kind for item in course.items.values()][-1] == kind


@pytest.mark.parametrize("ending", ["", "\n", "\n\n", "\n# the end\n"])
def test_a_card_is_added_whatever_the_file_ends_with(
    there: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    said(capsys, "new", "course", "averages")
    drop = Path("averages/drops/01-first.yaml")
    drop.write_text(drop.read_text().rstrip("\n") + ending)
    said(capsys, "new", "card", "mine", "--drop", str(drop))
    assert quick("averages").problems == []


def test_an_exercise_is_proved_as_it_is_written(
    there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "new", "course", "averages")
    name = "averages/exercises/mean-square"
    lines = said(capsys, "new", "exercise", "mean-square", "--course", "averages")
    assert lines == [
        f"wrote {name}/exercise.yaml",
        f"wrote {name}/starter.py",
        f"wrote {name}/reference.py",
        f"wrote {name}/wrong/sum-for-mean.py",
        f"wrote {name}/equivalent/dot.py",
        f"next: drillbox lint {name}",
        "then: and name it in its drop's file: exercises: [mean-square]",
    ]
    assert quick(name).problems == []
    found = proof(name)
    assert (found.problems, found.warnings) == ([], []) and found.mutants > 3


def test_an_exercise_without_a_course_stands_by_itself(
    there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "new", "exercise", "loss")[-1] == "next: drillbox lint loss"
    with Grader() as grader:
        assert proof("loss", grader, seeds=1).problems == []


def test_in_a_checkout_an_exercise_belongs_to_the_shipped_course(
    there: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(places.shipped_course(), there / "content" / "dpo")
    shutil.copy(Path(places.shipped_exercises(), "schema.json"), there / "content")
    (there / "exercises").mkdir()
    (there / "content" / "schema.json").rename(there / "exercises" / "schema.json")
    monkeypatch.setattr(places, "shipped", lambda: str(there))
    said(capsys, "new", "exercise", "mean-square")
    text = (there / "exercises" / "mean-square" / "exercise.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=../schema.json\n")
    assert "\ncourse: dpo\ndrop: 14 " in text
    assert quick("exercises/mean-square").problems == []


def test_a_course_without_misconceptions_gets_one_for_its_exercise(
    there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "new", "course", "averages")
    drop = Path("averages/drops/01-first.yaml")
    drop.write_text(drop.read_text().replace("misconception: sum-for-mean", ""))
    Path("averages/misconceptions.yaml").unlink()
    lines = said(capsys, "new", "exercise", "loss", "--course", "averages")
    assert "wrote averages/misconceptions.yaml" in lines
    assert quick("averages/exercises/loss").problems == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("course", "Ab"), "'Ab' is no id; write small letters, digits and hyphens"),
        (("course", "there"), "there is there already; choose another name"),
        (("card", "note"), "note.yaml is there already; choose another name"),
        (("exercise", "there"), "there is there already; choose another name"),
        (("exercise", "class"), "class can be no function of Python; choose another"),
        (("drop", "x"), ". has no course.yaml in it; go into a course, or name it"),
        (("card", "x", "--drop", "no.yaml"), "no.yaml is no drop that can be read"),
        (("card", "x", "--drop", "note.yaml"), "note.yaml is no drop that can be read"),
    ],
)
def test_what_cannot_be_written_is_one_sentence_and_changes_nothing(
    there: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    sentence: str,
) -> None:
    (there / "there").mkdir()
    (there / "note.yaml").write_text("- mine\n")
    lines = said(capsys, "new", *words, code=2)
    assert lines[-1].startswith(f"drillbox: {sentence}")
    assert sorted(path.name for path in there.rglob("*")) == ["note.yaml", "there"]
    assert (there / "note.yaml").read_text() == "- mine\n"


@pytest.mark.parametrize("end", ["exercises: []\n", "# x\nruns: []\n"])
def test_a_drop_whose_cards_do_not_come_last_is_left_alone(
    there: Path, capsys: pytest.CaptureFixture[str], end: str
) -> None:
    said(capsys, "new", "course", "averages")
    drop = Path("averages/drops/01-first.yaml")
    drop.write_text(drop.read_text() + end)
    before = drop.read_text()
    lines = said(capsys, "new", "card", "mine", "--drop", str(drop), code=2)
    assert "takes no card at its end; its `cards:` must come last" in lines[-1]
    assert drop.read_text() == before


def test_ids_of_a_course_are_one_space(
    there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "new", "course", "averages")
    words = ("new", "drop", "averages-first", "--course", "averages")
    (line,) = said(capsys, *words, code=2)
    assert "the course has the id averages-first already" in line
    drop = "averages/drops/01-first.yaml"
    words = ("new", "card", "averages-first-choice", "--drop", drop)
    (line,) = said(capsys, *words, code=2)
    assert "has a card averages-first-choice already" in line
