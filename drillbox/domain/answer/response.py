"""Reading a response: what cannot be read is an AnswerError and is asked again."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from drillbox.errors import AnswerError
from drillbox.words import N_, _

Response = Mapping[str, Any]

LONGEST_QUOTE = 60
_KEYS = (N_("options"), N_("steps"))  # what numbers_of reads


def is_unknown(response: Response) -> bool:
    """Whether the learner says "don't know"."""
    return response.get("unknown") is True


def text_of(response: Response, wanted: str) -> str:
    """What was typed, without the space around it. wanted: e.g. “a number”, in the
    learner's language."""
    text = response.get("text")
    if not isinstance(text, str) or not text.strip():
        said = _("nothing was typed; type {wanted}, or say you don't know")
        raise AnswerError(said.format(wanted=wanted))
    return text.strip()


def numbers_of(response: Response, key: str, count: int) -> tuple[int, ...]:
    """Different whole numbers from 0 to count − 1; people count them from 1."""
    given = response.get(key)
    if not isinstance(given, Sequence) or isinstance(given, str):
        said = _("no {what} were given; pick from 1 to {n}")
        raise AnswerError(said.format(what=_(key), n=count))
    for number in given:
        if type(number) is not int or not 0 <= number < count:
            said = _("there is no such one; pick {what} from 1 to {n}")
            raise AnswerError(said.format(what=_(key), n=count))
    if len(set(given)) != len(given):
        raise AnswerError(_("one is named twice; name each once"))
    return tuple(given)


def check_confidence(response: Response) -> None:
    """AnswerError for a confidence that is none; there need not be one."""
    sure = response.get("confidence")
    number = isinstance(sure, int | float) and not isinstance(sure, bool)
    if sure is None or (number and 0.5 <= cast(float, sure) <= 1):
        return
    raise AnswerError(_("say how sure you are, from 0.5 (a guess) to 1 (certain)"))


def quoted(typed: str) -> str:
    """What was typed, as code, so that nothing in it is read as Markdown."""
    short = typed if len(typed) <= LONGEST_QUOTE else typed[: LONGEST_QUOTE - 1] + "…"
    return "`" + short.replace("`", "'") + "`"
