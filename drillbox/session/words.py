"""What both shells say in the same words."""

from drillbox.domain.studyday import iso
from drillbox.session.steps import Told

QUALITY = ("blank", "wrong", "close", "right but hard", "right", "easy")
GRADES = ", ".join(f"{quality} {word}" for quality, word in enumerate(QUALITY))
LEECH = "Forgotten again and again: `s` suspends this card, `r` shows its drop."


def back(step: Told) -> str:
    """When the card comes back."""
    if step.ask.cause == "practice":
        return "practice, nothing moves"
    if step.again:
        return "it comes again today"
    if step.due is None:
        return "not scheduled"
    days = step.due - step.today
    when = "tomorrow" if days == 1 else f"in {days} days"
    return f"back {when}, on {iso(step.due)}"


def standing(step: Told) -> str:
    """The quality as it stands and the day the card comes back."""
    if step.quality is None:
        return f"How was it? {GRADES}. Without a grade it is asked again."
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
