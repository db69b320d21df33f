"""What both shells say in the same words."""

import re

from drillbox.domain.card import Card
from drillbox.domain.course import Course, Drop, Item, Question, Term
from drillbox.domain.event import ATTEMPT, PREDICT, READ, SUSPEND, Event
from drillbox.domain.mathtext import prose
from drillbox.domain.studyday import iso
from drillbox.domain.variant import draw, seed_of
from drillbox.session.steps import Told
from drillbox.words import N_, _

QUALITY = ("blank", "wrong", "close", "right but hard", "right", "easy")
GRADES = ", ".join(f"{quality} {word}" for quality, word in enumerate(QUALITY))
LEECH = "Forgotten again and again: `s` suspends this card, `r` shows its drop."

# Translators: the kinds of card; a blank page is a formula too.
_KINDS = (
    *(N_("choice"), N_("numeric"), N_("formula"), N_("cloze")),
    *(N_("order"), N_("direction"), N_("spot"), N_("recall")),
)


def kind(card: Card) -> str:
    """The kind of a card, in a word."""
    return _(card.kind)


def back(step: Told) -> str:
    """When the card comes back."""
    if step.ask.cause == "practice":
        return "practice, nothing moves"
    if step.again:
        return "it comes again today"
    if step.due is None:
        return "not scheduled"
    return back_on(step.due, step.today)


def back_on(due: int, today: int) -> str:
    """When an item comes back, seen from the study day `today`."""
    days = due - today
    if days < 1:
        return "it still waits today"
    when = "tomorrow" if days == 1 else f"in {days} days"
    return f"back {when}, on {iso(due)}"


def standing(step: Told) -> str:
    """The quality as it stands and the day the card comes back."""
    if step.quality is None:
        hard = " It took a hint or long: if right, 3 is proposed." if step.hard else ""
        return f"How was it? {GRADES}.{hard} Without a grade it is asked again."
    return f"Quality {step.quality}, {QUALITY[step.quality]}; {back(step)}."


def reasons(step: Told) -> list[str]:
    """Why, then the answer if it was not given, then the explanation; Markdown.

    Nothing is said twice: for what was not known the explanation is the reason.
    """
    verdict = step.verdict
    said = [*verdict.why]
    if verdict.outcome != "right":
        lines = "\n" if "\n" in verdict.answer else " "
        said.append(f"**Answer:**{lines}{verdict.answer}")
    if verdict.explain not in said:
        said.append(verdict.explain)
    return said


def term(one: Term) -> str:
    """A word of the glossary, its symbols and what it means; Markdown. A symbol that
    is written in two ways, `\\beta` and β, is shown once."""
    signs: dict[str, str] = {}
    for sign in one.symbols:
        written = f"${sign}$" if sign.startswith("\\") else sign
        signs.setdefault(prose(written).strip(), written)
    shown = f" ({', '.join(signs.values())})" if signs else ""
    return f"**{one.term}**{shown}: {one.meaning}"


# -- naming a card to a learner, who has never seen its id

_FIRST = 48  # characters of a prompt that are enough to know it by
_LONGEST = 72  # of a prompt whose first word is longer than that
_MARKS = re.compile(r"[*`]+")


def quoted(prompt: str) -> str:
    """The first words of a prompt, between quotation marks."""
    words = _MARKS.sub("", prose(prompt)).split()
    taken = 1
    while taken < len(words) and len(" ".join(words[: taken + 1])) <= _FIRST:
        taken += 1
    more = " …" if taken < len(words) else ""
    return f"“{' '.join(words[:taken])[:_LONGEST]}{more}”"


def card(course: str, item: Item, answers: int) -> str:
    """A card by its first words, as it is asked after this many answers."""
    return quoted(draw(item, seed_of(course, item.id, answers)).prompt)


def treated(question: Question) -> str:
    """Where the path treats a question."""
    numbers = [str(number) for number in question.drops]
    if not numbers:
        return ""
    return f"Treated in drop{'' if len(numbers) == 1 else 's'} {', '.join(numbers)}."


def undone(event: Event, course: Course, answers: int) -> str:
    """What was taken back. answers: how many its item has now."""
    drops: dict[str, Drop] = {drop.id: drop for drop in course.drops}
    here = event.course == course.id
    item = course.items.get(event.item) if here else None
    prompt = event.body.get("prompt")
    if here and event.item in drops:
        name = f"“{drops[event.item].title}”"
    elif isinstance(prompt, str):
        name = quoted(prompt)
    else:
        name = card(course.id, item, answers) if item else event.item
    where = "" if here else f", of the course {event.course}"
    return f"undone: {_UNDONE.get(event.kind, 'the answer to')} {name}{where}"


_UNDONE = {
    READ: "the reading of",
    SUSPEND: "the suspension of",
    ATTEMPT: "the attempt at",
    PREDICT: "the prediction for",
}
