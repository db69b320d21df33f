"""Everything that must be true of a course before a learner sees it."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from drillbox.domain.course import CORE_CARDS, Course, Item
from drillbox.domain.glossary import used
from drillbox.domain.mathtext import refusals
from drillbox.errors import ContentError, Problem
from drillbox.library.load import load_course
from drillbox.library.wording import nearest
from drillbox.words import _, ngettext
from drillbox.workbench import cardfile
from drillbox.workbench.cards import Drawn, checked, drawn, texts_of
from drillbox.workbench.contrasts import unpaired
from drillbox.workbench.found import Found, in_card, in_drop, located
from drillbox.workbench.missing import missing
from drillbox.workbench.named import names
from drillbox.workbench.promises import of_drop, too_long, unkept
from drillbox.workbench.variants import doubtful

if TYPE_CHECKING:  # numpy: about 100 ms
    from drillbox.grader.prove import Proof


@dataclass
class Linted:
    """What lint has to say. warnings: what may be as it should be; counts: what was
    looked at, in words."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    counts: str = ""


Tell = Callable[[str], None]


def lint(directory: str, quick: bool = False) -> list[Problem]:
    """Every problem of the course in `directory`, sorted; [] if there is none.

    quick: leaves out what starts other processes: witnesses, and grading the exercises.
    """
    return lint_course(directory, quick, lambda line: None).problems


def examine(path: str, quick: bool, tell: Tell) -> Linted:
    """Lint a course, a drop, a file of cards or an exercise, whichever is at `path`.

    tell: given a line about each exercise once it is proved. ContentError if there is
    nothing of the kind.
    """
    kind = kind_of(path)
    if kind == "course":
        return lint_course(path, quick, tell)
    if kind == "exercise":
        directory = path if os.path.isdir(path) else os.path.dirname(path) or "."
        return _exercise(directory, quick, tell)
    if kind == "drop":
        return _drop(path, quick)
    return _card_file(path, quick)


def lint_course(directory: str, quick: bool, tell: Tell) -> Linted:
    """Everything that is wrong with the course in `directory`."""
    loaded = load_course(directory)
    course, found = loaded.sound, list[Found]()
    items = course.items.values()
    entries = list(drawn(course.id, items, found))
    for entry in entries:
        found += checked(entry)
    found += _drops(course)
    found += _lists(course)
    if os.path.join(course.directory, _NAMED) not in {p.file for p in loaded.problems}:
        found += _named(course)
    result = Linted(counts=_counted(course))
    if loaded.course is None:  # what names other files, or starts processes, can wait
        result.problems = sorted({*loaded.problems, *located(found)})
        return result
    found += [*_cards(course), *_questions(course), *unpaired(course)]
    found += unkept(course)
    if not quick:
        found += [*_witnesses(entries), *_spots(items)]
    result.problems += located(found)
    doubts = [doubt for entry in entries for doubt in doubtful(entry)]
    lacks = [*_cardless(course), *_unused(course), *missing(items)]
    lacks += [one for drop in course.drops for one in too_long(drop)]
    told = result.problems if course.head.strict else result.warnings
    told += located([*lacks, *doubts])
    _exercises(course, quick, tell, result)
    result.problems.sort()
    return result


def kind_of(path: str) -> str:
    """`course`, `exercise`, `drop` or `cards`. ContentError if it is none of these."""
    if os.path.isfile(os.path.join(path, "course.yaml")):
        return "course"
    if os.path.isfile(os.path.join(path, "exercise.yaml")):
        return "exercise"
    if not os.path.isfile(path):
        none = _(
            "{path} has no course.yaml in it; give the directory of a course or of an "
            "exercise, or a file of cards"
        )
        raise ContentError(none.format(path=path))
    if os.path.basename(path) == "exercise.yaml":
        return "exercise"
    value = cardfile.read(path).value
    known = isinstance(value, dict) and {"kind", "prompt"} & value.keys()
    return "cards" if known or isinstance(value, list) else "drop"


# --- one file, one exercise ----------------------------------------------------------


def _card_file(path: str, quick: bool) -> Linted:
    items, problems = cardfile.cards(cardfile.read(path))
    return _of_items("course", items, problems, quick)


def _drop(path: str, quick: bool) -> Linted:
    """A drop within its course, if it lies in one."""
    directory = os.path.dirname(os.path.dirname(os.path.abspath(path)))
    if os.path.isfile(os.path.join(directory, "course.yaml")):
        course = load_course(directory).sound
        here = os.path.abspath(path)
        drops = [drop for drop in course.drops if os.path.abspath(drop.file) == here]
        if drops:
            return _of_drop(replace(course, drops=tuple(drops)), quick)
    sheet, items = cardfile.drop(path)
    return _of_items("course", items, sheet.problems, quick)


def _of_drop(course: Course, quick: bool) -> Linted:
    found = list(_drops(course))
    if course.misconceptions:
        found += _named(course)
    for drop in course.drops:
        found += of_drop(drop, course.head.promises)
    items = list(course.items.values())
    result = _of_items(course.id, items, [], quick)
    doubts = [one for drop in course.drops for one in too_long(drop)]
    result.warnings += located(doubts)
    if course.head.strict:
        result.problems += result.warnings
        result.warnings = []
    result.problems = sorted({*result.problems, *located(found)})
    return result


def _of_items(
    course: str, items: Sequence[Item], problems: list[Problem], quick: bool
) -> Linted:
    """Cards of a file without problems; of another one only those are told."""
    found = list[Found]()
    entries = [] if problems else list(drawn(course, items, found))
    for entry in entries:
        found += checked(entry)
    if not quick:
        found += [*_witnesses(entries), *_spots(items)]
    told = sorted({*problems, *located(found)})
    doubts = [] if told else [d for entry in entries for d in doubtful(entry)]
    warnings = [] if problems else list(located([*missing(items), *doubts]))
    return Linted(told, warnings, _cards_in(items))


def _exercise(directory: str, quick: bool, tell: Tell) -> Linted:
    from drillbox.workbench.exercises import course_of

    result = Linted(counts=_("1 exercise"))
    _proved([directory], course_of(directory), quick, tell, result)
    return result


_NAMED = "misconceptions.yaml"


def _drops(course: Course) -> Iterator[Found]:
    for drop in course.drops:
        cards = len({item.card.id for item in drop.items})
        if cards < CORE_CARDS:
            what = _("has {n} of the {most} cards that are its core")
            what = what.format(n=cards, most=CORE_CARDS)
            yield in_drop(drop, ("cards",), what, _("write more"))
        for name in ("title", "does", "reading"):
            for sentence in refusals(getattr(drop, name)):
                yield in_drop(drop, (name,), sentence, _("write it another way"))


# --- misconceptions, questions, glossary ---------------------------------------------


def _lists(course: Course) -> Iterator[Found]:
    lists = {
        _NAMED: course.misconceptions,
        "questions.yaml": course.questions,
        "glossary.yaml": course.glossary,
    }
    for name, entries in lists.items():
        file = os.path.join(course.directory, name)
        for path, text in texts_of(entries, ()):
            for sentence in refusals(text):
                advice = _("write it another way")
                yield Found(file, "", None, path, sentence, advice)


def _named(course: Course) -> Iterator[Found]:
    """A wrong answer may only name a misconception that the course describes."""
    known = [misconception.id for misconception in course.misconceptions]
    seen = set()
    for item in course.items.values():
        for path, name in names(item.card, ()):
            if name not in known and (item.card.id, path) not in seen:
                seen.add((item.card.id, path))
                near = nearest(name, known)
                advice = _("add it to misconceptions.yaml")
                if near:
                    advice = _("write `{word}`").format(word=near)
                what = _("`{name}` is no misconception of this course").format(
                    name=name
                )
                yield in_card(item, path, what, advice)


def _cards(course: Course) -> Iterator[Found]:
    """A misconception names cards that there are."""
    ids = sorted({item.card.id for item in course.items.values()})
    file = os.path.join(course.directory, _NAMED)
    for k, misconception in enumerate(course.misconceptions):
        for j, card in enumerate(misconception.cards):
            if card not in ids:
                near = nearest(card, ids)
                advice = _("name one that there is")
                if near:
                    advice = _("write `{word}`").format(word=near)
                what = _("there is no card `{card}`").format(card=card)
                yield Found(file, "", None, (k, "cards", j), what, advice)


def _cardless(course: Course) -> Iterator[Found]:
    """A misconception that no card asks about, or that no wrong answer is known by."""
    file = os.path.join(course.directory, _NAMED)
    items = course.items.values()
    known = {name for item in items for _path, name in names(item.card, ())}
    for k, one in enumerate(course.misconceptions):
        if one.id not in known:
            what = _("no wrong answer of a card is known by {id}").format(id=one.id)
            advice = _("write `misconception:` under a wrong option, formula or line")
            yield Found(file, "", None, (k, "id"), what, advice)
        if not one.cards:
            what = _("no card asks about {id}").format(id=one.id)
            yield Found(file, "", None, (k, "id"), what, _("name or write one"))


def _unused(course: Course) -> Iterator[Found]:
    """A term that no reading and no card uses, so nothing links to it."""
    cards = {item.card.id: item.card for item in course.items.values()}
    texts = [text for card in cards.values() for _path, text in texts_of(card, ())]
    there = used(
        course.glossary, "\n".join([*(d.reading for d in course.drops), *texts])
    )
    file = os.path.join(course.directory, "glossary.yaml")
    for k, term in enumerate(course.glossary):
        if term not in there:
            what = _("no reading and no card uses {term}").format(term=term.term)
            advice = _("use it, name its `symbols` or `also`, or drop it")
            yield Found(file, "", None, (k, "term"), what, advice)


def _questions(course: Course) -> Iterator[Found]:
    numbers = {drop.number for drop in course.drops}
    file = os.path.join(course.directory, "questions.yaml")
    for k, question in enumerate(course.questions):
        for j, number in enumerate(question.drops):
            if number not in numbers:
                advice = _("write one from 1 to {last}").format(last=len(numbers))
                what = _("there is no drop {n}").format(n=number)
                yield Found(file, "", None, (k, "drops", j), what, advice)


# --- what starts other processes -----------------------------------------------------


def _exercises(course: Course, quick: bool, tell: Tell, result: Linted) -> None:
    from drillbox.workbench.exercises import exercises_of  # numpy: about 100 ms

    folder = exercises_of(course.directory)
    there = []
    for drop in course.drops:
        for k, name in enumerate(drop.exercises):
            path = os.path.join(folder, name)
            if os.path.isdir(path):
                there.append(path)
            else:
                what = _("there is no folder {path}").format(path=path)
                missing = in_drop(drop, ("exercises", k), what, _("add it"))
                result.problems += located([missing])
    result.warnings += _unnamed(folder, course)
    _proved(there, course, quick, tell, result)


def _unnamed(folder: str, course: Course) -> Iterator[Problem]:
    """Exercises that no learner is led to."""
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        path = os.path.join(folder, name, "exercise.yaml")
        if name not in course.exercises and os.path.isfile(path):
            what = _("no drop names this exercise, so it is not checked here")
            advice = _("write `exercises: [{name}]` into a drop").format(name=name)
            yield Problem(path, 1, 1, "id", what, advice)


def _proved(
    directories: Sequence[str],
    course: Course | None,
    quick: bool,
    tell: Tell,
    result: Linted,
) -> None:
    from drillbox.workbench.exercises import proofs

    for directory, found in proofs(directories, course, quick):
        result.problems += found.problems
        result.warnings += found.warnings
        if not quick and not found.problems:
            name = os.path.basename(os.path.abspath(directory))
            tell(_proof(name, found))


def _proof(name: str, found: "Proof") -> str:
    n, left = found.mutants, len(found.warnings)
    said = ngettext(
        "{name}: proved; {n} change of the reference, {left} unnoticed; a grade takes "
        "{seconds} s",
        "{name}: proved; {n} changes of the reference, {left} unnoticed; a grade takes "
        "{seconds} s",
        n,
    )
    if not left:
        said = ngettext(
            "{name}: proved; {n} change of the reference, none unnoticed; a grade "
            "takes {seconds} s",
            "{name}: proved; {n} changes of the reference, none unnoticed; a grade "
            "takes {seconds} s",
            n,
        )
    return said.format(name=name, n=n, left=left, seconds=f"{found.seconds:.2g}")


def _witnesses(entries: list[Drawn]) -> Iterator[Found]:
    from drillbox.workbench.witnesses import disagreements

    return disagreements(entries)


def _spots(items: Iterable[Item]) -> Iterator[Found]:
    from drillbox.workbench.spots import alike

    return alike(list(items))


def _counted(course: Course) -> str:
    n = len(course.drops)
    drops = ngettext("{n} drop", "{n} drops", n).format(n=n)
    return f"{drops}, {_cards_in(course.items.values())}"


def _cards_in(items: Iterable[Item]) -> str:
    n = len({item.card.id for item in items})
    return ngettext("{n} card", "{n} cards", n).format(n=n)
