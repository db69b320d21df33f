"""The runs in a made-up language: all of their words but data, and no answer of theirs.

See tests/pseudo.py. The records are those that are shipped, so nothing is run.
"""

import re
from collections.abc import Iterator

import pytest

from drillbox.lab import after, document, inwords, keep, pair_words
from drillbox.lab.begin import general_runs
from drillbox.lab.general import Record, Run, word
from drillbox.lab.pair_chart import pair_chart
from drillbox.lab.three_pairs import THREE_PAIRS
from drillbox.words import _
from tests.pseudo import plain_words

# Fields of records that hold what a model reads or says, a file's name, or what the
# worker says of it.
DATA = ("first", "said", "texts", "strange", "what", "bug")
NAMES = {"cDPO", "A", "B", "C", "D"}
MOVES = {"up", "down", "flat"}  # of three-pairs: typed as they stand
QUANTITIES = {"log", "chosen", "rejected"}  # mathematics there: log π(chosen)
EXPONENT = re.compile(r"(?<=\d)e(?=[-+−]?\d)")

each_run = pytest.mark.parametrize("run", general_runs(), ids=lambda run: run.id)


def given(records: list[Record]) -> set[str]:
    """The words that stand in the data of the records."""
    texts = [one[name] for one in records for name in DATA if one.get(name)]
    return {one for text in texts for one in re.findall(r"[^\W\d_]+", str(text))}


def texts_of(run: Run) -> Iterator[str]:
    yield from (_(run.title), _(run.text), *map(_, run.shows), *map(_, run.compared))
    yield from (_(setting.text) for setting in run.settings)
    for question in run.questions:
        yield from (_(question.text), *map(word, question.choices))


def told_by(run: Run, records: list[Record]) -> Iterator[str]:
    for one in run.happened(records).values():
        yield f"{word(one.answer)} ({one.value}): {one.why}"
    yield from map(run.line, records)
    chart = run.chart(records)
    yield from (chart.title, chart.x, chart.y, *inwords.sentences(chart))


@each_run
@pytest.mark.usefixtures("spoken")
def test_every_word_of_a_run_can_be_translated(run: Run) -> None:
    records = document.shipped(run.id)
    known = given(records) | NAMES
    for text in (*texts_of(run), *told_by(run, records)):
        left = [one for one in plain_words(EXPONENT.sub("", text)) if one not in known]
        assert left == [], text


@each_run
@pytest.mark.usefixtures("spoken")
def test_what_happened_is_kept_as_one_of_the_choices_in_any_language(run: Run) -> None:
    happened = run.happened(document.shipped(run.id))
    for question in run.questions:
        if question.choices:
            assert happened[question.id].answer in question.choices


def records_of_pairs() -> list[Record]:
    kept = keep.shipped(THREE_PAIRS.id)
    kinds = {"pair": "pairs", "step": "steps"}
    rest = [
        {"type": kind, **one} for kind, group in kinds.items() for one in kept[group]
    ]
    return [{"type": "header", **kept["header"]}, *rest]


@pytest.mark.usefixtures("spoken")
def test_every_word_of_the_three_pairs_can_be_translated() -> None:
    run, records = THREE_PAIRS, records_of_pairs()
    texts = [run.title, run.text, *run.shows, after.TEXT, *after.WHY.values()]
    texts += [text for pair in run.pairs for text in (pair.title, pair.text)]
    texts += [
        *after.NAMES.values(),
        *(asked for *_at, asked in after.QUESTIONS.values()),
    ]
    told = [text for both in pair_words.happened(records) for text in both]
    told += [*inwords.sentences(pair_chart(records)), pair_chart(records).title]
    for text in (*map(_, texts), *told):
        left = set(plain_words(EXPONENT.sub("", text))) - NAMES - MOVES - QUANTITIES
        assert left == set(), text
