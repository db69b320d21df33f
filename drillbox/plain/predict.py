"""A run in lines: predicted question by question, run, then held against it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

from drillbox.domain.course import Course
from drillbox.domain.event import PREDICT, Draft
from drillbox.errors import AnswerError, GraderError
from drillbox.history.log import Log
from drillbox.lab import inwords, judge, setting
from drillbox.lab.begin import find
from drillbox.lab.general import Answer, Question, Record, Run, word
from drillbox.lab.judge import Judged, Said, Verdict
from drillbox.lab.run import LabError
from drillbox.plain import pairs
from drillbox.plain.read import confidence
from drillbox.plain.talk import Talk
from drillbox.session.runs import begin, ready, worker_of
from drillbox.words import _, ngettext


def predict(talk: Talk, course: Course, log: Log, name: str) -> None:
    """Predict a run, run it, compare. What prevents it is said. HistoryError."""
    try:
        run = find(name)
        if run is None:  # asked about pair by pair, in an order of its own
            pairs.predict(talk, course, log, name)
            return
        ready(run)
        _conduct(talk, course, log, run)
    except (LabError, GraderError) as error:
        talk.print([str(error)])


def _conduct(talk: Talk, course: Course, log: Log, run: Run) -> None:
    """Nothing runs before everything is predicted and on disk."""
    values = setting.chosen(run, ())
    with closing(worker_of(run)) as warm:
        streamed = begin(run, values, warm=warm)
        warm.start()
        said = _asked(talk, run)
        if said is None:
            talk.print([_("Stopped before the run; nothing of it is kept.")])
            return
        log.append(Draft(PREDICT, course.id, run.id, body=judge.body(said)))
        with closing(streamed):
            records = list(_shown(talk, run, streamed))
    talk.print(told(run, judge.judge(run, said, records)))
    talk.print(shown(run, records))


def _asked(talk: Talk, run: Run) -> dict[str, Said] | None:
    """What is said of every question; None if the learner goes back."""
    head = _("Run {name}: {title}").format(name=run.id, title=_(run.title))
    talk.print(["\n" + head, "", talk.voice(_(run.text))])
    talk.print(f"  {one.key} = {one.default}: {_(one.text)}" for one in run.settings)
    said = {}
    for number, question in enumerate(run.questions, 1):
        asked = _("Question {n} of {total}: {text}")
        total = len(run.questions)
        text = _(question.text)
        talk.print(["\n" + asked.format(n=number, total=total, text=text)])
        talk.print(f"  {n}. {_(one)}" for n, one in enumerate(question.choices, 1))
        answer = _answer(talk, question)
        sure = None if answer is None else _sure(talk)
        if answer is None or sure is None:
            return None
        said[question.id] = Said(answer, sure)
    return said


def _answer(talk: Talk, question: Question) -> Answer | None:
    """A choice or a number; None goes back."""
    count = len(question.choices)
    within = _("Type a number, right within {range}; q back.")
    choose = _("Type 1 to {n}; q back.").format(n=count)
    talk.print([choose if count else within.format(range=f"{question.within:g}")])
    while (line := talk.line().strip()).removeprefix(":") != "q":
        if not count:
            try:
                return judge.number(line)
            except ValueError:
                none = _("'{line}' is no number; type one such as 0.5.")
                talk.print([none.format(line=line)])
        elif line.isdecimal() and 1 <= int(line) <= count:
            return question.choices[int(line) - 1]
        else:
            again = _("'{line}': type a number from 1 to {n}.")
            talk.print([again.format(line=line, n=count)])
    return None


def _sure(talk: Talk) -> float | None:
    """How sure, 0.5 to 1; None goes back."""
    talk.print([_("How sure are you, from 50 (a guess) to 100 percent?")])
    while (line := talk.line().strip()).removeprefix(":") != "q":
        try:
            return confidence(line)
        except AnswerError as error:
            talk.print([str(error)])
    return None


def _shown(talk: Talk, run: Run, records: Iterable[Record]) -> Iterator[Record]:
    """Each record, after it has been printed."""
    for record in records:
        if record["type"] == "header":
            on = _("It runs on {device} in {dtype}.")
            said = on.format(device=record["device"], dtype=record["dtype"])
            talk.print(["\n" + said])
        elif record["type"] == "end":
            took = _("It took {n} seconds.")
            talk.print([took.format(n=f"{record['seconds']:.1f}")])
        elif line := run.line(record):
            talk.print([line])
        yield record


def told(run: Run, verdict: Verdict) -> Iterator[str]:
    """Each question with what was said, what happened and why."""
    questions = {one.id: one for one in run.questions}
    for number, one in enumerate(verdict.results, 1):
        text = _(questions[one.question].text)
        yield "\n" + _("Question {n}: {text}").format(n=number, text=text)
        yield _judged(one)
        yield f"{one.why}."
    n, brier = len(verdict.results), f"{verdict.brier:.3f}"
    score = ngettext(
        "{right} of {n} right. Brier score of your confidence: {score} (0 is perfect, "
        "50% everywhere gives 0.25).",
        "{right} of {n} right. Brier score of your confidence: {score} (0 is perfect, "
        "50% everywhere gives 0.25).",
        n,
    )
    yield "\n" + score.format(right=verdict.right, n=n, score=brier)


def shown(run: Run, records: Sequence[Record]) -> Iterator[str]:
    """The curves of the run in words, and what it shows."""
    chart = run.chart(records)
    yield f"\n{chart.title}:"
    yield from inwords.sentences(chart)
    yield "\n" + _("What it shows:")
    yield from map(_, run.shows)


def _judged(one: Judged) -> str:
    happened = word(one.happened)
    if one.right:
        right = _("Right. It was {happened} ({value}).")
        return right.format(happened=happened, value=one.value)
    wrong = _("Wrong, you said {said}. It was {happened} ({value}).")
    said = word(one.predicted)
    return wrong.format(said=said, happened=happened, value=one.value)
