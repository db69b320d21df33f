"""Lint proves what a course promises; each rule has a course that breaks it."""

import shutil
from pathlib import Path

import pytest

from drillbox.workbench.lint import lint

SMALL = Path(__file__).parents[1] / "courses" / "small"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the small course that a test may break."""
    return Path(shutil.copytree(SMALL, tmp_path / "course"))


def change(course: Path, old: str, new: str) -> None:
    path = course / "drops" / "01-first.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_sound_course_has_no_problem(course: Path) -> None:
    assert lint(str(course)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "b: [2, 3]}",
            "b: [2, 3]}\n    where: [a > 99]",
            "card sum: vars:",
        ),
        (
            "answer: a + b",
            "answer: a + b\n    wrong: [{formula: b + a, why: no}]",
            "card sum: wrong.0.formula: equals the answer in 200 of 200 variants",
        ),
        ("answer: a + b", "answer: a / (b - b)", "card sum: "),
        ("text: those", "text: that", "card pick: options: two options read the same"),
        (
            "prompt: Tell it.",
            "prompt: 'Tell $\\begin{tikzpicture}$.'",
            "card tell: prompt: ",
        ),
        (
            "$\\beta h$",
            "$\\begin{tikzpicture}$",
            "drop 1: reading: ",
        ),
        (
            "explain: Because it is.",
            f"explain: {'word ' * 400}",
            "card pick: explain: ",
        ),
        (
            'why: "Those are two."',
            'why: "Two.", misconception: never-heard-of',
            "card pick: misconception: never-heard-of is no misconception",
        ),
        ("does: read", "does: read\nexercises: [nothing-here]", "there is no folder"),
        (
            "answer: a + b",
            "answer: a + b\n    check: preference_probability(a, b)",
            "card sum: check: preference_probability(",
        ),
        (
            "answer: a + b",
            "answer: a + b\n    check: no_such_witness(a)",
            "card sum: check: ",
        ),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else None,
)
def test_this_is_found_and_told_with_its_card(
    course: Path, old: str, new: str, said: str
) -> None:
    (course / "misconceptions.yaml").write_text(
        "- {id: known, sentence: s, truth: t, cards: [pick]}\n"
    )
    change(course, old, new)
    problems = [str(problem) for problem in lint(str(course))]
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"{course}/drops/01-first.yaml:")
    assert said in problems[0]


def test_a_witness_that_agrees_is_no_problem(course: Path) -> None:
    change(
        course,
        "answer: a + b",
        "answer: sigmoid(a - b)\n    check: preference_probability(a, b)",
    )
    assert lint(str(course)) == []


def test_the_shipped_course_is_sound_as_far_as_it_can_be_told_quickly() -> None:
    from drillbox import places

    assert lint(places.shipped_course(), quick=True) == []
