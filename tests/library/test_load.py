"""A course is loaded, or every reason why not is told with its place."""

import os
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent, indent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillbox.library.load import load_course

COURSE = """\
id: sample
title: A sample
goal: To test with.
level: Applied
category: technology
days: 2
minutes: [5, 8]
phases:
  - {title: One, outcome: One thing}
"""
HEAD = """\
id: first-drop
drop: 1
phase: 1
minutes: 7
title: First
does: read
reading: Read.
cards:
"""
GOOD = """\
  - id: good
    kind: recall
    prompt: Say it.
    explain: So.
    answer: It.
    rubric: [said]
"""
FIRST = "drops/01-first.yaml"
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a sound course with these files changed or added; None leaves one out."""

    def written(files: dict[str, str | bytes | None]) -> Path:
        for name, text in {"course.yaml": COURSE, FIRST: HEAD + GOOD, **files}.items():
            path = tmp_path / "course" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is not None:
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path / "course"

    return written


def told(course: Path) -> list[str]:
    """The problems, with paths relative to the course."""
    loaded = load_course(str(course))
    assert (loaded.course is None) == bool(loaded.problems)
    return [str(p).removeprefix(f"{course}{os.sep}") for p in loaded.problems]


def card(kind: str, fields: str, **more: str) -> str:
    """The file of a drop with one card, `fields` from line 13 on."""
    start = (
        f"id: one\nkind: {kind}\nprompt: {more.get('prompt', 'Which?')}\nexplain: So."
    )
    return f"{HEAD}  - " + indent(f"{start}\n{dedent(fields)}", "    ").lstrip()


def test_a_sound_course_has_its_cards_in_order(write: Write) -> None:
    second = HEAD.replace("first-drop", "second").replace("drop: 1", "drop: 2")
    cards = "".join(GOOD.replace("good", f"card-{k}") for k in range(4))
    course = write({"drops/02-second.yaml": second + cards, "notes.yaml": "a: ["})
    loaded = load_course(str(course))
    assert loaded.course is not None, loaded.problems
    assert list(loaded.course.items) == ["good", *(f"card-{k}" for k in range(4))]
    assert [len(drop.core) for drop in loaded.course.drops] == [1, 3]
    item = loaded.course.items["card-1"]
    assert (item.drop, item.file, item.line) == (
        2,
        str(course / "drops" / "02-second.yaml"),
        15,
    )


def test_the_lists_of_a_course_are_read(write: Write) -> None:
    course = write(
        {
            "misconceptions.yaml": "- {id: m, sentence: s, truth: t, cards: [good]}",
            "questions.yaml": "- {question: q, answer: a, drops: [1]}",
            "glossary.yaml": "- {term: t, meaning: m}",
        }
    )
    loaded = load_course(str(course)).course
    assert loaded is not None
    assert [m.id for m in loaded.misconceptions] == ["m"]
    assert [q.drops for q in loaded.questions] == [(1,)]
    assert [t.term for t in loaded.glossary] == ["t"]


# --- the form of a file --------------------------------------------------------------

CHOICE = """\
options:
  - {text: a, right: true}
  - {text: b, why: no}
"""
LIST = "write each entry after `- `, or all between [ and ]"
FIELDS = "write each field as `name: value`, indented under it"
KINDS = "choice, numeric, formula, cloze, order, direction, spot or recall"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            COURSE.replace("title: A sample", "titel: A sample"),
            [
                "course.yaml:1:1: title: is missing; write `title: …`",
                "course.yaml:2:1: titel: a course file has no such field; "
                "write `title`",
            ],
        ),
        (
            COURSE.replace("days: 2", "days: two"),
            [
                "course.yaml:6:7: days: is the text `two`, where a whole number "
                "belongs; write one such as 3, without quotes"
            ],
        ),
        (
            COURSE.replace("[5, 8]", "[5]"),
            ["course.yaml:7:10: minutes: has 1 entry; write at least 2"],
        ),
        (
            COURSE.replace("[5, 8]", "[5, 8, 9]"),
            ["course.yaml:7:10: minutes: has 3 entries; write at most 2"],
        ),
        (
            COURSE.replace("id: sample", "id: A sample"),
            [
                "course.yaml:1:5: id: `A sample` is no id; write small letters, digits "
                "and hyphens"
            ],
        ),
        (
            COURSE.replace("  - {title: One, outcome: One thing}", "  One"),
            [
                "course.yaml:9:3: phases: is the text `One`, where a list belongs; "
                f"{LIST}"
            ],
        ),
        ("", ["course.yaml:1:1: file: is empty; write its fields"]),
        (
            "- a",
            [f"course.yaml:1:1: file: is a list, where a mapping belongs; {FIELDS}"],
        ),
        ("~", [f"course.yaml:1:1: file: is empty, where a mapping belongs; {FIELDS}"]),
    ],
)
def test_what_is_wrong_with_the_course_file_is_told(
    write: Write, text: str, problem: list[str]
) -> None:
    assert told(write({"course.yaml": text})) == problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            card("choice", CHOICE.replace("right:", "corect:", 1)),
            "14:19: cards[1].options[1].corect: an option has no such field; "
            "write `right`",
        ),
        (
            card("chioce", CHOICE),
            "10:11: cards[1].kind: there is no kind `chioce` of card; write `choice`",
        ),
        (
            card("essay", CHOICE),
            f"10:11: cards[1].kind: there is no kind `essay` of card; write {KINDS}",
        ),
        (
            f"{HEAD}  - id: one\n",
            f"9:5: cards[1].kind: is missing; write one of {KINDS}",
        ),
        (
            card("choice", CHOICE.replace("true", "yes")),
            "14:26: cards[1].options[1].right: is the text `yes`, where true or false "
            "belongs; write true or false, without quotes",
        ),
        (
            card("choice", "options: [{text: a, right: true}]"),
            "13:14: cards[1].options: has 1 entry; write at least 2",
        ),
        (
            card("choice", CHOICE.replace("text: b", "text: 0.5")),
            "15:16: cards[1].options[2].text: is the number 0.5, where text belongs; "
            "write it in quotes",
        ),
        (
            card("choice", CHOICE + "hints: a"),
            "16:5: cards[1].hints: a choice card has no such field; write `hint`",
        ),
        (
            card("choice", CHOICE + "question: a"),
            "16:5: cards[1].question: a choice card has no such field; write `prompt`",
        ),
        (
            card("choice", CHOICE, prompt="''"),
            "11:13: cards[1].prompt: is empty; write it",
        ),
        (
            card("choice", CHOICE, prompt=""),
            "11:12: cards[1].prompt: is empty, where text belongs; write it in quotes",
        ),
        (
            card("choice", CHOICE + "was: old"),
            f"16:10: cards[1].was: is the text `old`, where a list belongs; {LIST}",
        ),
        (
            card("numeric", "vars: {a: 3}\nanswer: a"),
            "13:15: cards[1].vars.a: is the number 3, where a range or a list belongs; "
            "write {low: 1, high: 5, step: 1} or [1, 2, 5]",
        ),
        (
            card("numeric", "vars: {a: {low: 1, high: 2}}\nanswer: a"),
            "13:15: cards[1].vars.a.step: is missing; write `step: …`",
        ),
        (
            card("numeric", "vars: {a: {low: 1, high: x, step: 1}}\nanswer: a"),
            "13:30: cards[1].vars.a.high: is the text `x`, where a number belongs; "
            "write one such as 0.5, without quotes",
        ),
        (
            card("numeric", "vars: {a: {low: 1, high: 2, step: 0}}\nanswer: a"),
            "13:39: cards[1].vars.a.step: is the number 0; write a number above 0",
        ),
        (
            card("numeric", "vars: {1a: [1]}\nanswer: '1'"),
            "13:12: cards[1].vars.1a: `1a` is no name; write a letter, then letters, "
            "digits and _",
        ),
        (
            card("numeric", "answer: 3"),
            "13:13: cards[1].answer: is the number 3, where text belongs; write it in "
            "quotes",
        ),
        (
            card("numeric", "answer: '3'\ntolerance: {relative: 1}"),
            "14:27: cards[1].tolerance.relative: is the number 1; write a number of at "
            "most 0.2",
        ),
        (
            card("numeric", f"answer: {'1 + ' * 130}1"),
            "13:13: cards[1].answer: has 521 characters; write at most 500",
        ),
        (
            card("direction", "quantities: [{text: a, answer: Up, why: b}]"),
            "13:36: cards[1].quantities[1].answer: is the text `Up`; write `up`",
        ),
        (
            card("spot", "code: a\nline: 1.5\nfix: b"),
            "14:11: cards[1].line: is the number 1.5, where a whole number belongs; "
            "write one such as 3, without quotes",
        ),
        (
            card("cloze", "blanks: {a: b}", prompt="'[[a]]'"),
            "13:17: cards[1].blanks.a: is the text `b`, where a mapping belongs; "
            f"{FIELDS}",
        ),
        (
            HEAD.replace("7", "99") + GOOD,
            "4:10: minutes: is the number 99; write a number of at most 60",
        ),
        (HEAD, f"8:7: cards: is empty, where a list belongs; {LIST}"),
        (HEAD.replace("cards:", "cards: []"), "8:8: cards: has no entries; write at"),
        (
            f"{HEAD}  - text\n",
            "9:5: cards[1]: is the text `text`, where a mapping belongs; " + FIELDS,
        ),
    ],
)
def test_what_is_wrong_with_the_form_of_a_card_is_told(
    write: Write, text: str, problem: str
) -> None:
    (found,) = told(write({FIRST: text}))
    assert found.startswith(f"{FIRST}:{problem}")


# --- what a card must be to be usable ------------------------------------------------

SPOT = (
    "code: |\n  a = 1\n  b = 2\nline: {line}\nfix: c\n"
    "wrong: [{{line: {wrong}, why: w}}]"
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            card("choice", CHOICE.replace(", right: true", ", why: no")),
            "14:7: cards[1].options: no option is right; write `right: true` under "
            "each that is",
        ),
        (
            card("choice", CHOICE.replace("why: no", "right: true")),
            "14:7: cards[1].options: every option is right; write a wrong one too, "
            "with its `why`",
        ),
        (
            card("choice", CHOICE.replace(", why: no", "")),
            "15:9: cards[1].options[2]: a wrong option has no `why`; say why it is "
            "wrong",
        ),
        (
            card("choice", CHOICE + "check: dpo_weight(1)"),
            "16:12: cards[1].check: a choice card has no number to check; leave it "
            "out, or give `vars`, an `answer` and the options' values",
        ),
        (
            card("numeric", "vars: {beta: [1]}\nanswer: betta * 2"),
            "14:13: cards[1].answer: there is no `betta` here; write `beta`",
        ),
        (
            card("numeric", "vars: {a: [1], b: [2]}\nanswer: q"),
            "14:13: cards[1].answer: there is no `q` here; write a or b",
        ),
        (
            card("numeric", "answer: q"),
            "13:13: cards[1].answer: there is no `q` here; name it in `vars`, `r",
        ),
        (
            card("numeric", "vars: {a: [1]}\nanswer: 2 a"),
            "14:13: cards[1].answer: `2 a`: column 3: `2` and `a` have nothing between",
        ),
        (
            card("numeric", "let: {a: b, b: '1'}\nanswer: a"),
            "13:14: cards[1].let.a: there is no `b` here; name it in `vars`, `r",
        ),
        (
            card("numeric", "vars: {a: [1]}\nlet: {a: '2'}\nanswer: a"),
            "14:11: cards[1].let.a: `a` is one of the vars already; give it another",
        ),
        (
            card("numeric", "vars: {log: [1]}\nanswer: '1'"),
            "13:12: cards[1].vars.log: `log` is the name of a function; give it "
            "another name",
        ),
        (
            card("numeric", "vars: {a: [1]}\nwhere: [a]\nanswer: a"),
            "14:13: cards[1].where[1]: `a`: column 1: there is no comparison; write",
        ),
        (
            card("numeric", "vars: {a: [1]}\nwhere: [a > x]\nanswer: a"),
            "14:13: cards[1].where[1]: there is no `x` here; write a",
        ),
        (
            card("numeric", "vars: {a: [1]}\nanswer: a\nwrong: [{formula: x, why: w}]"),
            "15:23: cards[1].wrong[1].formula: there is no `x` here; write a",
        ),
        (
            card("numeric", "vars: {a: {low: 2, high: 1, step: 1}}\nanswer: a"),
            "13:15: cards[1].vars.a: 2 is above 1; write the lower number first",
        ),
        (
            card("numeric", "vars: {a: [.inf]}\nanswer: a"),
            "13:16: cards[1].vars.a[1]: inf is no finite number; write one that is",
        ),
        (
            card("numeric", "vars: {a: [1]}\nanswer: a", prompt="'{{xy}}'"),
            "11:13: cards[1].prompt: {{xy}}: there is no `xy` here; write a",
        ),
        (
            card("numeric", "vars: {a: [1]}\nanswer: a", prompt="'{{a}} {{xy}}'"),
            "11:13: cards[1].prompt: {{xy}}: there is no `xy` here; write a",
        ),
        (
            card("numeric", "vars: {a: [1]}\nanswer: a\nhint: '{{a:.2x}}'"),
            "15:11: cards[1].hint: {{a:.2x}}: `:.2x` is no format of numbers; write "
            "one such as :.2f",
        ),
        (
            card("numeric", "vars: {a: [1]}\nanswer: a\ncheck: dpo_weight a"),
            "15:12: cards[1].check: `dpo_weight a`: column 1: this is no call of a "
            "witness; write `witness(argument, …)`, such as dpo_weight(margin)",
        ),
        (
            card("numeric", "vars: {a: [1]}\nanswer: a\ncheck: dpo_weight(b)"),
            "15:12: cards[1].check: there is no `b` here; write a",
        ),
        (
            card("formula", "names: {a: x}\nanswer: a + b"),
            "14:13: cards[1].answer: there is no `b` here; write a",
        ),
        (
            card("formula", "names: {a: x}\nanswer: a\npositive: [b]"),
            "15:16: cards[1].positive[1]: there is no `b` here; write a",
        ),
        (
            card("formula", "names: {a: x}\nanswer: a\nranges: {b: [1, 2]}"),
            "15:14: cards[1].ranges.b: there is no `b` here; write a",
        ),
        (
            card("formula", "names: {a: x}\nanswer: a\nranges: {a: [2, 1]}"),
            "15:17: cards[1].ranges.a: 2.0 is above 1.0; write the lower number first",
        ),
        (
            card("cloze", "blanks: {gap: {answer: a}}", prompt="'[[gup]]'"),
            "11:13: cards[1].prompt: the gap `[[gup]]` has no blank; write `[[gap]]`",
        ),
        (
            card("order", "steps:" + "\n  - {text: a, why: b}" * 3),
            "14:7: cards[1].steps: all steps are the same; write different ones",
        ),
        (
            card("spot", SPOT.format(line=3, wrong=1)),
            "16:11: cards[1].line: the code has no line 3; write one from 1 to 2",
        ),
        (
            card("spot", SPOT.format(line=1, wrong=9)),
            "18:20: cards[1].wrong[1].line: the code has no line 9; write one from 1",
        ),
        (
            card("spot", "code: |\n  a = 1\n  b = 2\nline: 2\nfix: b  =  2"),
            "17:10: cards[1].fix: is line 2 as it stands; write the line put right",
        ),
        (
            card(
                "spot",
                "code: |\n  a\n  b\nline: 2\nfix: c\nwrong: [{line: 1, why: w},"
                " {line: 1, why: w}]",
            ),
            "18:39: cards[1].wrong[2].line: line 1 is explained above already; name",
        ),
        (
            card(
                "direction",
                "quantities: [{text: a, answer: up, why: w, misconceptions: {up: m}}]",
            ),
            "13:65: cards[1].quantities[1].misconceptions.up: `up` is the right move; "
            "name a wrong one",
        ),
        (
            card("spot", SPOT.format(line=1, wrong=1)),
            "18:20: cards[1].wrong[1].line: line 1 is the faulty one; name a line that",
        ),
    ],
)
def test_what_makes_a_card_unusable_is_told(
    write: Write, text: str, problem: str
) -> None:
    found = told(write({FIRST: text}))
    assert found[0].startswith(f"{FIRST}:{problem}")
    assert len(found) == 1 + ("[[gup]]" in text)  # and the blank that has no gap


def test_the_braces_of_latex_are_no_places_for_numbers(write: Write) -> None:
    text = card(
        "numeric",
        "vars: {a: [1]}\nanswer: a",
        prompt="'{{a}} $x^{{b}} \\frac{{c}}{d}$'",
    )
    assert told(write({FIRST: text})) == []


# --- between files -------------------------------------------------------------------


def drop(number: int, name: str = "other", cards: str = "", more: str = "") -> str:
    head = HEAD.replace("first-drop", name).replace("drop: 1", f"drop: {number}")
    return head.replace("cards:", f"{more}cards:") + (
        cards or GOOD.replace("good", f"good-{number}")
    )


SECOND = "drops/02-second.yaml"


@pytest.mark.parametrize(
    ("files", "problems"),
    [
        (
            {SECOND: drop(2, cards=GOOD)},
            [
                f"{SECOND}:9:9: cards[1].id: `good` is the id of a card already, "
                f"COURSE/{FIRST}:9; give it another; ids are one space in a course"
            ],
        ),
        (
            {SECOND: drop(2, "good")},
            [
                f"{SECOND}:1:5: id: `good` is the id of a card already, "
                f"COURSE/{FIRST}:9; give it another; ids are one space in a course"
            ],
        ),
        (
            {SECOND: drop(2, more="exercises: [good]\n")},
            [
                f"{SECOND}:8:13: exercises[1]: `good` is the id of a card already, "
                f"COURSE/{FIRST}:9; give it another; ids are one space in a course"
            ],
        ),
        ({SECOND: drop(2, more="exercises: [pairs]\nruns: [pairs]\n")}, []),
        (
            {SECOND: drop(1)},
            [
                f"{SECOND}:2:7: drop: is 1, and the name of the file says 2; make the "
                "two agree",
                f"{SECOND}:2:7: drop: there is a drop 1 already, COURSE/{FIRST}; give "
                "each drop a number of its own",
            ],
        ),
        (
            {"drops/03-third.yaml": drop(3)},
            [
                "drops:1:1: drop: there is no drop 2, and there are later ones; write "
                "drops/02-….yaml, or number the drops without a gap"
            ],
        ),
        (
            {SECOND: drop(2).replace("phase: 1", "phase: 2")},
            [
                f"{SECOND}:3:8: phase: there is no phase 2; write one from 1 to 1, as "
                "in course.yaml"
            ],
        ),
        (
            {SECOND: drop(2, cards=GOOD.replace("good", "new\n    was: [good]"))},
            [
                f"{SECOND}:10:11: cards[1].was[1]: `good` is the id of something that "
                "is still there; name only ids that are gone"
            ],
        ),
        (
            {
                SECOND: drop(2, cards=GOOD.replace("good", "b\n    was: [old]")),
                FIRST: HEAD + GOOD.replace("good", "a\n    was: [old]"),
            },
            [
                f"{SECOND}:10:11: cards[1].was[1]: `a` says that it was `old` too; let "
                "only one card take it over"
            ],
        ),
        (
            {
                "misconceptions.yaml": "- {id: m, sentence: s, truth: t, cards: [good]}"
                "\n- {id: m, sentence: s, truth: t, cards: [good]}"
            },
            [
                "misconceptions.yaml:2:8: [2].id: `m` stands above already; keep one "
                "of the two"
            ],
        ),
        (
            {"glosary.yaml": "[]"},
            [
                "glosary.yaml:1:1: file: drillbox reads no file of this name; name it "
                "glossary.yaml"
            ],
        ),
        (
            {"drops/second.yaml": drop(2)},
            [
                "drops/second.yaml:1:1: file: this is no name of a drop's file; name "
                "it by number and title, such as 07-the-loss.yaml"
            ],
        ),
    ],
)
def test_what_does_not_fit_between_files_is_told(
    write: Write, files: dict[str, str], problems: list[str]
) -> None:
    course = write(files)
    assert told(course) == [p.replace("COURSE", str(course)) for p in problems]


def test_every_problem_of_every_file_is_told_at_once(write: Write) -> None:
    cards = card("choice", CHOICE.replace("right: true", "why: no"))
    course = write(
        {
            "course.yaml": COURSE.replace("title", "titel", 1),
            FIRST: cards + "\n    titel: x\n    group: Not An Id\n" + GOOD,
            SECOND: 'a: "\\theta"\na: 2\n',
            "drops/03-third.yaml": "a: [",
            "drops/04-fourth.yaml": b"\xff",
            "questions.yaml": "- question: x",
        }
    )
    files = [problem.split(":")[0] for problem in told(course)]
    assert {name: files.count(name) for name in files} == {
        "course.yaml": 2,
        FIRST: 3,
        SECOND: 11,  # two of YAML, eight fields missing, one that there is not
        "drops/03-third.yaml": 1,
        "drops/04-fourth.yaml": 1,
        "questions.yaml": 1,
    }
    problems = load_course(str(course)).problems
    assert list(problems) == sorted(problems)


def test_the_sound_cards_of_a_broken_file_are_checked_all_the_same(
    write: Write,
) -> None:
    text = card("choice", CHOICE.replace("right: true", "why: no")) + GOOD.replace(
        "prompt", "promt"
    )
    found = told(write({FIRST: text}))
    assert [line.split(": ")[1] for line in found] == [
        "cards[1].options",
        "cards[2].prompt",
        "cards[2].promt",
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "problems"),
    [
        (
            "choice",
            "hint: ''\noptions: [{text: a, wy: n}, {text: b, why: c}]",
            ["cards[1].hint", "cards[1].options", "cards[1].options[1].wy"],
        ),
        (
            "numeric",
            "varz: {a: [1]}\nanswer: a + b\nwhere: [a]\ntolerance: {relative: 3}",
            [
                "cards[1].answer",
                "cards[1].tolerance.relative",
                "cards[1].varz",
                "cards[1].where[1]",
            ],
        ),
        (
            "numeric",
            "explian: x\nanswer: a +\nwrong: [{formula: 2 +, why: x, y: 1}]",
            [
                "cards[1].answer",
                "cards[1].explian",
                "cards[1].wrong[1].formula",
                "cards[1].wrong[1].y",
            ],
        ),
        (
            "cloze",
            "blnks: {x: {answer: a}}",
            ["cards[1].blanks", "cards[1].blanks.x", "cards[1].blnks"],
        ),
        ("spot", "code: a\nline: 4", ["cards[1].fix", "cards[1].line"]),
    ],
)
def test_a_wrong_field_hides_nothing_else_of_its_card(
    write: Write, kind: str, fields: str, problems: list[str]
) -> None:
    found = told(write({FIRST: card(kind, fields)}))
    assert sorted(line.split(": ")[1] for line in found) == problems


# --- directories and files -----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("nowhere", "there is no such directory"),
        ("empty", "there is no course.yaml in this directory"),
        ("file.txt", "this is a file and no directory"),
        ("a\0b", "cannot be read (embedded null byte)"),
    ],
)
def test_a_directory_that_is_no_course_is_one_sentence(
    tmp_path: Path, name: str, problem: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("x")
    loaded = load_course(str(tmp_path / "x").replace("x", "") + name)
    assert loaded.course is None
    (found,) = loaded.problems
    assert found.what == problem and "course" in found.instead


def test_a_course_without_drops_says_where_to_write_the_first(write: Write) -> None:
    course = write({FIRST: None})
    expected = "drops:1:1: drops: there is no drop in this directory; write the first"
    (found,) = told(course)
    assert found.startswith(expected)
    (course / "drops").rmdir()
    (found,) = told(course)
    assert found.startswith("drops:1:1: drops: there is no such directory; write the")


def test_drops_that_cannot_be_listed_are_not_to_be_written_again(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    course, real = write({}), os.listdir

    def listed(path: str) -> list[str]:
        if path.endswith("drops"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "listdir", listed)
    said = "drops:1:1: drops: cannot be read (Permission denied); make it readable"
    assert told(course) == [said]


def test_what_is_no_regular_file_is_not_waited_for(write: Write) -> None:
    course = write({FIRST: None})
    os.mkfifo(course / FIRST)
    (found,) = told(course)
    assert found.startswith(f"{FIRST}:1:1: file: cannot be read (it is no file)")


def test_a_file_that_may_not_be_read_or_is_too_large_is_told(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = write({SECOND: drop(2)})
    (course / FIRST).unlink()
    (course / FIRST).mkdir()
    monkeypatch.setattr("drillbox.library.sheet.MAX_BYTES", 100)
    said = [line.split("cannot be read ")[1] for line in told(course)]
    assert [text.split(";")[0] for text in said] == [
        "(it is larger than 0 MB)",
        "(it is no file)",
        "(it is larger than 0 MB)",
    ]


# --- whatever stands in a file -------------------------------------------------------

WORDS = st.sampled_from(
    [*"abc", "1", "1e-3", "true", "~", "[]", "{}", "up", "a + b", "[[x]]", "log", "old"]
)
FIELD_NAMES = """id kind was prompt explain options text right why vars let where
    answer wrong formula names ranges positive blanks accept steps quantities code line
    misconceptions fix rubric check drop phase minutes cards exercises runs int Range"""
NAMES = st.sampled_from(FIELD_NAMES.split())
KIND = st.sampled_from([*KINDS.replace(" or ", ", ").split(", "), "x"])
FLOW = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda xs: f"[{', '.join(xs)}]"),
        st.dictionaries(NAMES, inner, max_size=4).map(
            lambda d: "{" + ", ".join(f"{k}: {v}" for k, v in d.items()) + "}"
        ),
    ),
    max_leaves=12,
)
FIELD = st.dictionaries(NAMES.filter(lambda n: n != "kind"), FLOW, max_size=8)
FORBIDDEN = ("Input should", "Extra inputs", "Field required", "valid", "Tuple", "tag")


@settings(
    deadline=None,
    max_examples=120,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(kind=KIND, fields=FIELD, head=st.one_of(st.just(HEAD), st.just("cards:\n")))
def test_whatever_a_card_holds_is_a_course_or_plain_sentences(
    write: Write, kind: str, fields: dict[str, str], head: str
) -> None:
    lines = "".join(f"\n    {name}: {value}" for name, value in fields.items())
    for problem in told(write({FIRST: f"{head}  - kind: {kind}{lines}\n"})):
        assert not any(word in problem for word in FORBIDDEN)
        assert "None" not in problem and "dict" not in problem


@settings(
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    name=st.sampled_from(["course.yaml", FIRST, "questions.yaml", "glossary.yaml"]),
    text=st.one_of(FLOW, st.text(max_size=80), st.binary(max_size=80)),
)
def test_whatever_a_file_holds_is_a_course_or_plain_sentences(
    write: Write, name: str, text: str | bytes
) -> None:
    for problem in told(write({name: text})):
        assert not any(word in problem for word in FORBIDDEN[:4])
    (write({}) / name).unlink()
