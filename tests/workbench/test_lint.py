"""Lint proves what a course promises; each rule has a course that breaks it."""

import shutil
from pathlib import Path

import pytest

from drillbox.workbench import new
from drillbox.workbench.lint import examine, lint

SMALL = Path(__file__).parents[1] / "courses" / "small"

KNOWN = "- {id: known, sentence: s, truth: t, cards: [pick]}\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the small course that a test may break."""
    return Path(shutil.copytree(SMALL, tmp_path / "course"))


def tell_nobody(line: str) -> None:
    """For lint without a terminal."""


def change(course: Path, old: str, new: str) -> None:
    path = course / "drops" / "01-first.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_file_that_cannot_be_used_hides_nothing_of_the_others(course: Path) -> None:
    change(course, "answer: a + b", "answer: a / (b - b)")
    change(course, "Because it is.", "'$\\begin{tikzpicture}$'")
    change(course, "text: this,", "text: this, misconception: knwn,")
    broken = (course / "drops/01-first.yaml").read_text().replace("first-drop", "two")
    broken = broken.replace("drop: 1", "drop: 2").replace("title", "titel")
    (course / "drops/02-second.yaml").write_text(broken)
    (course / "misconceptions.yaml").write_text(KNOWN)
    (course / "course.yaml").write_text("id: small\n")
    told = [(Path(p.file).name, p.field) for p in lint(str(course))]
    assert ("course.yaml", "title") in told
    assert ("02-second.yaml", "titel") in told
    for field in ("sum: answer", "pick: explain", "pick: options[1].misconception"):
        assert ("01-first.yaml", f"card {field}") in told
    (course / "misconceptions.yaml").write_text("- {id: known}\n")
    assert not [p for p in lint(str(course)) if "no misconception" in p.what]


def test_a_sound_course_has_no_problem(course: Path) -> None:
    assert lint(str(course)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "b: [2, 3]}",
            "b: [2, 3]}\n    where: [a > 99]",
            "24:12: card sum: where: nothing in 2000 draws satisfies a > 99",
        ),
        (
            "answer: a + b",
            "answer: a / (b - b)",
            "24:13: card sum: answer: `a / (b - b)` is inf for a = ",
        ),
        (
            "answer: a + b",
            "answer: a + b\n    wrong: [{formula: b + a, why: no}]",
            "25:23: card sum: wrong[1].formula: is marked right in 40 of 40 variants",
        ),
        (
            "answer: a + b",
            "answer: a + b\n    wrong: [{formula: log(-a), why: no}]",
            "25:23: card sum: wrong[1].formula: has no finite value in any variant",
        ),
        (
            "answer: a + b",
            "answer: a + b\n    hint: '{{a:d}} {{c:.1f}}'\n    let: {c: b / 4}\n"
            "    wrong: [{formula: a, why: 'not {{c:d}}'}]",
            "19:5: card sum: `:d` cannot print",
        ),
        (
            "text: those",
            "text: that",
            "16:7: card pick: options: 2 options read `that`; change all but one",
        ),
        (
            "right: true",
            "right: true, misconception: known",
            "16:9: card pick: options[1]: a right option names a misconception",
        ),
        (
            "answer: sigmoid",
            "answer: sigmoid, wrong: [{text: the Sigmoid, why: no}]",
            "29:46: card gap: blanks.word.wrong[1]: `the Sigmoid` is read as one of",
        ),
        (
            "prompt: Tell it.",
            "prompt: 'Tell $\\begin{tikzpicture}$.'",
            "32:13: card tell: prompt: $\\begin{tikzpicture}$ is shown as source",
        ),
        (
            "$\\beta h$",
            "$\\begin{tikzpicture}$",
            "7:10: drop 1: reading: $\\begin{tikzpicture}$ is shown as source",
        ),
        (
            "explain: Because it is.",
            f"explain: {'word ' * 400}",
            "13:14: card pick: explain: 1999 characters are too long for a card",
        ),
        (
            'why: "Those are two."',
            'why: "Two.", misconception: knwon',
            "18:51: card pick: options[3].misconception: `knwon` is no misconception "
            "of this course; write `known`",
        ),
        (
            "does: read",
            "does: read\nexercises: [nothing-here]",
            "7:13: drop 1: exercises[1]: there is no folder ",
        ),
        (
            "answer: a + b",
            "answer: a + b\n    check: preference_probability(a, b)",
            "25:12: card sum: check: preference_probability(",
        ),
        (
            "answer: a + b",
            "answer: a + b\n    check: no_such_witness(a)",
            "25:12: card sum: check: there is no witness called 'no_such_witness'",
        ),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else None,
)
def test_this_is_found_and_told_with_its_place(
    course: Path, old: str, new: str, said: str
) -> None:
    (course / "misconceptions.yaml").write_text(KNOWN)
    change(course, old, new)
    problems = [str(problem) for problem in lint(str(course))]
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"{course}/drops/01-first.yaml:{said}")


FORMULA = """\
  - id: form
    kind: formula
    prompt: Which?
    explain: So.
    names: {a: one, b: other}
    answer: a * b
    wrong: [{formula: FORMULA, why: no}]
"""


@pytest.mark.parametrize(("formula", "count"), [("b * a", 1), ("a + b", 0)])
def test_a_known_error_that_is_the_answer_in_other_words_is_found(
    course: Path, formula: str, count: int
) -> None:
    change(course, "cards:\n", f"cards:\n{FORMULA.replace('FORMULA', formula)}")
    problems = [str(problem) for problem in lint(str(course), quick=True)]
    assert len(problems) == count
    if problems:
        said = "16:23: card form: wrong[1].formula: `b * a` is marked the other way"
        assert f"drops/01-first.yaml:{said}" in problems[0]


def test_a_drop_of_two_cards_has_no_core(course: Path) -> None:
    path = course / "drops" / "01-first.yaml"
    path.write_text(path.read_text().split("  - id: gap")[0])
    (problem,) = lint(str(course))
    assert str(problem).startswith(f"{path}:10:3: drop 1: cards: has 2 of the 3 cards")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "misconceptions.yaml",
            "- {id: m, sentence: s, truth: t, cards: [pick, sums]}",
            "1:48: [1].cards[2]: there is no card `sums`; write `sum`",
        ),
        (
            "questions.yaml",
            "- {question: q, answer: a, drops: [1, 2]}",
            "1:39: [1].drops[2]: there is no drop 2; write one from 1 to 1",
        ),
        (
            "glossary.yaml",
            "- {term: t, meaning: '$\\begin{tikzpicture}$'}",
            "1:22: [1].meaning: $\\begin{tikzpicture}$ is shown as source",
        ),
    ],
)
def test_what_the_lists_of_a_course_promise_is_there(
    course: Path, name: str, text: str, said: str
) -> None:
    (course / name).write_text(text)
    (problem,) = lint(str(course), quick=True)
    assert str(problem).startswith(f"{course / name}:{said}")


def test_what_makes_a_course_unusable_is_reported_as_by_loading(course: Path) -> None:
    change(course, "kind: choice", "kind: chioce")
    (problem,) = lint(str(course))
    assert "there is no kind `chioce` of card; write `choice`" in str(problem)


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


# --- an exercise ---------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with an exercise, as `drillbox new` writes them."""
    monkeypatch.chdir(tmp_path)
    new.course("averages")
    new.exercise("mean-square", "averages")
    drop = tmp_path / "averages" / "drops" / "01-first.yaml"
    text = drop.read_text(encoding="utf-8")
    named = text.replace("# exercises: [an-exercise]", "exercises: [mean-square]")
    drop.write_text(named, encoding="utf-8")
    return tmp_path / "averages"


EXERCISE = "exercises/mean-square"


@pytest.mark.parametrize(
    ("file", "old", "new_text", "said"),
    [
        (
            f"{EXERCISE}/exercise.yaml",
            "  - Square the differences first; the mean comes last.\n",
            "",
            "exercise.yaml:22:1: hints: are 2; write 3, from the idea to the line",
        ),
        (
            f"{EXERCISE}/exercise.yaml",
            "  - Square the differences first; the mean comes last.\n",
            "  - ''\n",
            "exercise.yaml:24:5: hints.1: is empty; write it",
        ),
        (
            f"{EXERCISE}/exercise.yaml",
            "minutes: 5\n",
            "",
            "exercise.yaml:1:1: minutes: is missing; write how long people take",
        ),
        (
            f"{EXERCISE}/exercise.yaml",
            "batch of the squared",
            "batch of the $\\begin{tikzpicture}$ squared",
            "task: $\\begin{tikzpicture}$ is shown as source",
        ),
        (
            f"{EXERCISE}/wrong/sum-for-mean.py",
            "misconception: sum-for-mean",
            "misconception: sum-for-maen",
            "sum-for-mean.py:1:1: misconception: sum-for-maen is no misconception of "
            "the course; write sum-for-mean",
        ),
        (
            f"{EXERCISE}/wrong/sum-for-mean.py",
            "# misconception: sum-for-mean\n",
            "",
            "misconception: is missing in the header; begin with `# misconception: …`",
        ),
        (
            f"{EXERCISE}/wrong/sum-for-mean.py",
            "# idea:",
            "# ideas:",
            "idea: is missing in the header; begin with `# idea: …`",
        ),
    ],
)
def test_what_an_exercise_leaves_unsaid_is_found_quickly(
    own: Path, file: str, old: str, new_text: str, said: str
) -> None:
    path = own / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new_text, 1), encoding="utf-8")
    alone = examine(str(own / EXERCISE), True, tell_nobody).problems
    assert [said in str(problem) for problem in alone] == [True], alone
    assert examine(str(own), True, tell_nobody).problems == alone


def test_a_misconception_without_a_card_is_a_warning(own: Path) -> None:
    path = own / "misconceptions.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[averages-first-choice]", "[]"), encoding="utf-8")
    found = examine(str(own), True, tell_nobody)
    assert found.problems == []
    assert [str(one) for one in found.warnings] == [
        f"{path}:4:7: [1].id: no card asks about sum-for-mean; name or write one"
    ]


def test_a_misconception_that_no_wrong_answer_is_known_by_is_a_warning(
    own: Path,
) -> None:
    more = "- {id: lost, sentence: s, truth: t, cards: [averages-first-choice]}\n"
    path = own / "misconceptions.yaml"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    (one,) = examine(str(own), True, tell_nobody).warnings
    assert "no wrong answer of a card is known by lost; write `misconception:`" in str(
        one
    )


def test_an_exercise_that_no_drop_names_is_a_warning(own: Path) -> None:
    new.exercise("lost", "averages")
    found = examine(str(own), True, tell_nobody)
    assert found.problems == []
    (one,) = found.warnings
    assert "lost/exercise.yaml:1:1: id: no drop names this exercise" in str(one)


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        (".", "1 drop, 3 cards"),
        ("drops/01-first.yaml", "3 cards"),
        (EXERCISE, "1 exercise"),
        (f"{EXERCISE}/exercise.yaml", "1 exercise"),
        ("../mine.yaml", "1 card"),
    ],
)
def test_each_part_can_be_checked_by_itself(own: Path, path: str, counts: str) -> None:
    new.card("mine")
    found = examine(str(own / path), True, tell_nobody)
    assert (found.problems, found.counts) == ([], counts)


def test_a_drop_is_checked_with_the_rest_of_its_course(own: Path) -> None:
    drop = own / "drops" / "01-first.yaml"
    text = drop.read_text(encoding="utf-8")
    broken = text.replace("misconception: sum-for-mean", "misconception: sum")
    drop.write_text(broken, encoding="utf-8")
    (found,) = examine(str(drop), True, tell_nobody).problems
    assert "`sum` is no misconception of this course" in str(found)
    lonely = own.parent / "lonely.yaml"
    lonely.write_text(broken, encoding="utf-8")
    assert examine(str(lonely), True, tell_nobody).problems == []


@pytest.mark.parametrize(
    ("new_text", "said"),
    [
        ("answer: 'n * k'", "answer: there is no `k` here; write n or m"),
        ("answer: 'n / (m - m)'", "card averages-first-numeric: answer: "),
    ],
)
@pytest.mark.parametrize("place", ["averages/drops/01-first.yaml", "lonely.yaml"])
def test_what_is_wrong_in_a_drop_is_told_once_wherever_it_lies(
    own: Path, new_text: str, said: str, place: str
) -> None:
    text = (own / "drops" / "01-first.yaml").read_text(encoding="utf-8")
    path = own.parent / place
    path.write_text(text.replace("answer: 'n * m'", new_text), encoding="utf-8")
    (found,) = examine(str(path), True, tell_nobody).problems
    assert said in str(found)


def test_a_witness_of_a_card_file_is_asked_too(own: Path) -> None:
    new.card("mine")
    path = own.parent / "mine.yaml"
    text = path.read_text(encoding="utf-8")
    check = "answer: 'n * m'\n  check: preference_probability(n, m)"
    path.write_text(text.replace("answer: 'n * m'", check), encoding="utf-8")
    assert examine(str(path), True, tell_nobody).problems == []
    (found,) = examine(str(path), False, tell_nobody).problems
    assert "card mine: check: preference_probability(" in str(found)


def test_exercises_are_proved_in_their_order_each_with_a_line(own: Path) -> None:
    new.exercise("another", "averages")
    drop = own / "drops" / "01-first.yaml"
    text = drop.read_text(encoding="utf-8")
    drop.write_text(text.replace("[mean-square]", "[mean-square, another]"))
    weak = own / "exercises" / "another" / "wrong" / "sum-for-mean.py"
    text = weak.read_text(encoding="utf-8")
    weak.write_text(text.replace(".sum()", ".mean()"), encoding="utf-8")
    lines: list[str] = []
    found = examine(str(own), False, lines.append)
    assert [str(one) for one in found.problems] == [
        f"{weak}:1:1: sum-for-mean: passes: no case tells it from the reference; add a "
        "case that does"
    ]
    (line,) = lines
    assert line.startswith("mean-square: proved; 6 changes of the reference, none unn")
    assert line.endswith(" s")
