"""Numbers quoted from runs: what a reference reads as, and what a bad one says."""

import json
import shutil
from pathlib import Path

import pytest

from drillbox.library.load import load_course
from drillbox.library.records import RecordError, quoted, resolved

SMALL = Path(__file__).parents[1] / "courses" / "small"
RECORDS = {
    "header": {"type": "header", "run": "beta", "settings": {"lr": 0.00015}},
    "records": [
        {"type": "adamw", "beta": 0.1, "kl": 20.553499, "steps": 150},
        {"type": "adamw", "beta": 1.0, "kl": -19.322668, "steps": 150},
        {"type": "pair", "text": "as it is", "gram": [[133.27167, 367.0], [1, 2]]},
    ],
}
PAIRS = {"header": {"beta": 0.5}, "steps": [{"pair": "A", "step": 1, "loss": 0.5}]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The records of two runs."""
    (tmp_path / "records").mkdir()
    for name, document in (("beta", RECORDS), ("pairs", PAIRS)):
        path = tmp_path / "records" / f"{name}.json"
        path.write_text(json.dumps(document), encoding="utf-8")
    return tmp_path / "records"


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        ("beta/adamw/kl@beta=0.1", "20.55"),
        ("beta/adamw/kl@beta=0.1:.1f", "20.6"),
        ("beta/adamw/kl@beta=1:.2f", "-19.32"),
        ("beta/adamw/kl@beta=1,steps=150", "-19.32"),
        ("beta/adamw/steps@beta=0.1", "150"),
        ("beta/adamw/steps@beta=0.1:d", "150"),
        ("beta/pair/text", "as it is"),
        ("beta/pair/gram.0.1:d", "367"),
        ("beta/pair/gram.0.0", "133.3"),
        ("beta/header/settings.lr", "0.00015"),
        ("pairs/step/loss@pair=A,step=1", "0.5"),
        ("pairs/header/beta", "0.5"),
    ],
)
def test_a_reference_reads_as_the_number_of_one_record(
    folder: Path, reference: str, text: str
) -> None:
    assert quoted(reference, str(folder)) == text


ONE = "{{run:beta/adamw/steps@beta=0.1}}"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"{ONE} {ONE}", "150 150"),
        (f"a {ONE}\n  {ONE} b", "a 150\n  150 b"),
        (f"x^{ONE}", "x^{150}"),
        (f"\\frac{ONE}{ONE}", "\\frac{150}{150}"),
    ],
)
def test_a_number_has_braces_only_where_it_is_an_argument(
    folder: Path, text: str, read: str
) -> None:
    assert resolved(text, str(folder), []) == read


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("beta", "`beta` is no path into a record; write {{run:NAME/TYPE/FIELD"),
        ("betta/adamw/kl", "there is no record of a run `betta`; write `beta`"),
        ("beta/adam/kl", "the record beta has no `adam`; write `adamw`"),
        ("beta/adamw/kll@beta=1", "beta/adamw has no `kll`; write `kl`"),
        ("beta/adamw/kl", "2 records of beta/adamw are meant; choose one with @beta=…"),
        (
            "beta/adamw/kl@beta=0.2",
            "no record of beta/adamw has beta = 0.2; beta is 0.1, 1.0",
        ),
        ("beta/adamw/kl@bta=1", "beta/adamw has no `bta`; write `beta`"),
        ("beta/adamw/kl@beta", "`@beta` does not choose a record; write @KEY=VALUE"),
        ("beta/pair/gram", "`gram` is a list; name what is in it, such as gram.0"),
        ("beta/pair/gram.2", "beta/pair has no `gram.2`; there is 0 or 1"),
        ("beta/pair/text:.2f", "`:.2f` cannot print as it is; write one such as :.2f"),
        ("beta/adamw/kl@beta=1:d", "`:d` cannot print -19.322668; write one such"),
    ],
)
def test_a_reference_to_no_number_says_what_there_is(
    folder: Path, reference: str, said: str
) -> None:
    with pytest.raises(RecordError) as caught:
        quoted(reference, str(folder))
    assert str(caught.value).startswith(said)


@pytest.fixture
def course(folder: Path) -> Path:
    """The small course, with the records beside its drops."""
    course = Path(shutil.copytree(SMALL, folder.parent / "course"))
    shutil.copytree(folder, course / "records")
    return course


def change(course: Path, old: str, new: str) -> None:
    path = course / "drops" / "01-first.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_readings_cards_and_expressions_hold_the_numbers(course: Path) -> None:
    change(
        course,
        r"$\beta h$",
        "${{run:beta/adamw/kl@beta=0.1}}^{{run:pairs/header/beta}}$",
    )
    change(course, "answer: a + b", 'answer: "a + {{run:beta/adamw/kl@beta=1}}"')
    loaded = load_course(str(course)).course
    assert loaded is not None
    assert "$20.55^{0.5}$" in loaded.drops[0].reading
    assert loaded.items["sum"].card.answer == "a + -19.32"  # type: ignore[union-attr]


def test_a_changed_record_is_read_though_the_drop_is_in_the_cache(
    course: Path, tmp_path: Path
) -> None:
    cache = str(tmp_path / "cache.db")
    change(course, "Because it is.", "'{{run:beta/adamw/kl@beta=0.1}}'")
    path = course / "records" / "beta.json"
    shown = []
    for text in (path.read_text(), path.read_text().replace("20.553499", "7")):
        path.write_text(text, encoding="utf-8")
        loaded = load_course(str(course), cache).course
        assert loaded is not None
        shown.append(loaded.items["pick"].card.explain)
    assert shown == ["20.55", "7"]
    path.unlink()
    assert "no record" in load_course(str(course), cache).problems[0].what


def test_a_bad_reference_is_a_problem_at_its_own_place(course: Path) -> None:
    change(course, r"A margin is $\beta h$.", "One.\n  Two {{run:beta/adamw/kl}}.")
    (problem,) = load_course(str(course)).problems
    assert str(problem).removeprefix(f"{course}/") == (
        "drops/01-first.yaml:9:7: reading: {{run:beta/adamw/kl}}: 2 records of "
        "beta/adamw are meant; choose one with @beta=…"
    )
