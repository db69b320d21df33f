"""The run three-pairs in lines: two rounds, the run, then Adam and one batch.

Round 1 is on disk before a Gram matrix is printed, round 2 before anything runs.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any

from drillbox.domain.course import Course
from drillbox.domain.event import OUTCOME, PREDICT, Draft
from drillbox.errors import AnswerError
from drillbox.history.log import Log
from drillbox.lab import after, keep, pair_words, second
from drillbox.lab import run as lab
from drillbox.lab.compare import compare, outcome_of
from drillbox.lab.predict import Prediction, body
from drillbox.lab.recipe import Move, Pair, PairRun
from drillbox.lab.run import Record
from drillbox.plain.talk import Talk
from drillbox.words import N_, _, ngettext
from drillbox.workers.stream import Warm

# Translators: up, down and flat are typed as they stand.
MOVE = N_("Type up, down or flat; q back.")
MOVES = N_(
    "Which way do log π(chosen) and log π(rejected) go in the first step? "
    "Type up, down or flat for each in turn, such as up flat; q back."
)
SKIPPED = N_(
    "Which way do log π(chosen) and log π(rejected) go in the first step? "
    "Type up, down or flat for each in turn, such as up flat; Enter skips this pair; "
    "q back."
)
SURE = N_("How sure are you of both, from 33 (a guess) to 100 percent?")
LEAST_SURE = 33  # percent: a guess among three
_SIGNS: Mapping[str, Move] = {
    **dict.fromkeys(("u", "up", "+"), "up"),
    **dict.fromkeys(("d", "down", "-"), "down"),
    **dict.fromkeys(("f", "flat", "="), "flat"),
}
Answers = dict[str, Prediction]


class Back(Exception):
    """The learner goes back, before anything was run."""


def predict(talk: Talk, course: Course, log: Log, name: str) -> None:
    """Both rounds, the run, its verdict; then, if wanted, what Adam and a batch do.

    Raises LabError for what cannot be run or is broken off; HistoryError.
    """
    room = _Room(talk, course, log, lab.find(name))
    with closing(lab.worker_of()) as warm:
        warm.start()  # it imports while the learner predicts
        try:
            room.first()
            room.second()
        except Back:
            kept = _("Stopped before the run. Round 1 is kept.")
            gone = _("Stopped before the run. Nothing of it is kept.")
            talk.print([kept if room.event else gone])
            return
        room.run(warm)
    room.afterwards()


class _Room:
    """said, again: what was said in round 1 and in round 2. event: of round 1."""

    def __init__(self, talk: Talk, course: Course, log: Log, recipe: PairRun) -> None:
        self.talk = talk
        self.course = course
        self.log = log
        self.recipe = recipe
        self.known = keep.before(recipe.id)
        self.said: Answers = {}
        self.again: dict[str, second.Moves] = {}
        self.event = ""

    # -- asking

    def first(self) -> None:
        """Round 1, recorded. Back."""
        head = _("Run {name}: {title}")
        head = head.format(name=self.recipe.id, title=_(self.recipe.title))
        self.talk.print(["\n" + head, "", self.talk.voice(_(self.recipe.text))])
        for pair in self.recipe.pairs:
            self.talk.print(self.pair(pair))
            moves = self.moves(2, optional=pair.bonus)
            if moves:
                chosen, rejected = moves
                self.said[pair.pair] = Prediction(chosen, rejected, self.sure())
        self.event = self.keep(PREDICT, {"round": 1, **body(self.said)})

    def pair(self, pair: Pair) -> Iterator[str]:
        """A pair and what is known of it before the run."""
        yield named(pair)
        yield _(pair.text)
        for line in pair_words.answers(pair, self.known[pair.pair]):
            yield f"  {line}"

    def second(self) -> None:
        """Round 2, with the Gram matrices, recorded. Back."""
        self.talk.print(["\n" + _(second.TEXT)])
        for name in second.asked(self.recipe):
            matrix = second.matrix(self.known[name])
            self.talk.print([named(self.recipe.pair(name)), f"  {matrix}"])
            chosen, rejected = self.moves(2)
            self.again[name] = chosen, rejected
        self.keep(PREDICT, second.body(self.again))

    def moves(self, count: int, optional: bool = False) -> list[Move]:
        """So many moves; none where that is allowed and nothing is typed. Back."""
        how = MOVE if count == 1 else SKIPPED if optional else MOVES
        self.talk.print([_(how)])
        while True:
            line = self.line()
            if optional and not line:
                return []
            try:
                return directions(line, count)
            except AnswerError as error:
                self.talk.print([str(error)])

    def sure(self) -> float:
        """How sure of both, 0.33 to 1. Back."""
        self.talk.print([_(SURE)])
        while True:
            try:
                return confidence(self.line())
            except AnswerError as error:
                self.talk.print([str(error)])

    def line(self) -> str:
        """What is typed; Back for q."""
        line = self.talk.line().strip()
        if line.removeprefix(":") == "q":
            raise Back
        return line

    def keep(
        self, kind: str, body: Mapping[str, Any], target: str | None = None
    ) -> str:
        """Record it; the id of the event."""
        names = (self.course.id, self.recipe.id)
        draft = Draft(kind, *names, target=target, body=body)
        return self.log.append(draft).event.id

    # -- running

    def run(self, warm: Warm) -> None:
        """Run it and hold both rounds against it."""
        with closing(lab.start(self.recipe.id, warm=warm)) as streamed:
            records = list(self.shown(streamed))
        verdict = compare(self.said, records)
        passed = second.judge(self.again, records)
        self.talk.print([*pair_words.rounded(records), ""])
        kept = outcome_of(verdict, passed.kept, records)
        self.keep(OUTCOME, kept, self.event)
        for result in verdict.results:
            self.talk.print(pair_words.judged(result))
        n = len(verdict.results)
        said = ngettext(
            "Round 1: {right} of {n} right. It counts for your calibration alone.",
            "Round 1: {right} of {n} right. It counts for your calibration alone.",
            n,
        ).format(right=verdict.right, n=n)
        self.talk.print(["\n" + said, passed.text, *passed.wrong])
        self.talk.print(["", *pair_words.curves(records)])
        self.talk.print(["\n" + _("What it shows:"), *map(_, self.recipe.shows)])

    def shown(self, records: Iterable[Record]) -> Iterator[Record]:
        """Each record, after it has been printed, if its step is one of a few."""
        starts: dict[str, Record] = {}
        for record in records:
            if record["type"] == "header":
                self.talk.print([self.header(record)])
            elif record["type"] == "step":
                start = starts.setdefault(record["pair"], record)
                if record["step"] in pair_words.SHOWN[1:]:
                    self.talk.print([pair_words.step(record, start)])
            elif record["type"] == "end":
                took = _("It took {n} seconds.")
                self.talk.print([took.format(n=f"{record['seconds']:.1f}")])
            yield record

    def header(self, record: Record) -> str:
        """Where it runs, and for how many steps."""
        n = self.recipe.steps
        on = ngettext(
            "It runs on {device} in {dtype}, {n} steps.",
            "It runs on {device} in {dtype}, {n} steps.",
            n,
        )
        return "\n" + on.format(device=record["device"], dtype=record["dtype"], n=n)

    # -- afterwards

    def afterwards(self) -> None:
        """Adam and one batch, if the learner wants them."""
        a = _("a: what a fresh Adam and one batch do; Enter goes back.")
        self.talk.print(["\n" + a])
        try:
            if self.line().removeprefix(":") != "a":
                return
            self.talk.print([f"\n{_(after.TEXT)}"])
            asked = {way: _(text) for way, (*_where, text) in after.QUESTIONS.items()}
            said = {way: self.one(question) for way, question in asked.items()}
        except Back:
            return
        self.keep(PREDICT, after.body(said))
        with closing(lab.start_after(self.recipe.id)) as streamed:
            records = list(streamed)
        self.talk.print(["", *after.table(records), ""])
        for one in after.judge(said, records):
            self.talk.print(told(one))

    def one(self, question: str) -> Move:
        """The move that a question asks for. Back."""
        self.talk.print([f"\n{question}"])
        (move,) = self.moves(1)
        return move


def directions(line: str, count: int) -> list[Move]:
    """So many of up, down and flat; AnswerError if they are not."""
    words = line.lower().replace(",", " ").split()
    moves = [_SIGNS[word] for word in words if word in _SIGNS]
    if not len(words) == len(moves) == count:
        one = _("'{line}': type up, down or flat").format(line=line)
        many = _("'{line}': type up, down or flat, {n} of them in turn")
        raise AnswerError(one if count == 1 else many.format(line=line, n=count))
    return moves


def confidence(line: str) -> float:
    """How sure, from 0.33 to 1, typed in percent; AnswerError."""
    word = line.removesuffix("%").strip()
    if not word.isdecimal() or not LEAST_SURE <= int(word) <= 100:
        said = _("'{text}': how sure you are is a number from {least} to 100")
        raise AnswerError(said.format(text=line, least=LEAST_SURE))
    return int(word) / 100


def named(pair: Pair) -> str:
    """The head of a pair."""
    return "\n" + _("Pair {name}: {title}").format(name=pair.pair, title=_(pair.title))


def told(one: after.Answer) -> Iterator[str]:
    """What one of the two did, what was said, why."""
    right = _("{question}: {happened} ({value} nats). Right.")
    wrong = _("{question}: {happened} ({value} nats). Wrong, you said {said}.")
    asked, value = _(after.QUESTIONS[one.way][2]), f"{one.value:+z.6f}"
    if one.said == one.happened:
        yield right.format(question=asked, happened=one.happened, value=value)
    else:
        yield wrong.format(
            question=asked, happened=one.happened, value=value, said=one.said
        )
    yield f"{_(after.WHY[one.way])}."
