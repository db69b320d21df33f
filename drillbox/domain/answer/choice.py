"""`choice`: {"options": [indexes as the author wrote them]}."""

from drillbox.domain.answer.response import Response, numbers_of
from drillbox.domain.answer.verdict import RIGHT, Judgement
from drillbox.domain.card import ChoiceCard, Option
from drillbox.errors import AnswerError
from drillbox.words import _


def answer(card: ChoiceCard) -> str:
    """The right options; a list if there are several."""
    right = [option.text for option in card.options if option.right]
    return right[0] if len(right) == 1 else "\n".join(f"- {text}" for text in right)


def judge(card: ChoiceCard, response: Response) -> Judgement:
    """Close: of several right options some are missing and no wrong one is picked."""
    picked = set(_picked(card, response))
    right = {k for k, option in enumerate(card.options) if option.right}
    if picked == right:
        return RIGHT
    wrong = [card.options[k] for k in sorted(picked - right)]
    missing = (
        [card.options[k] for k in sorted(right - picked)] if len(right) > 1 else []
    )
    why = (*map(_why_not, wrong), *(_why(one, bool(picked & right)) for one in missing))
    named = (option.misconception for option in wrong if option.misconception)
    return Judgement("wrong" if wrong else "close", why, next(named, None))


def _picked(card: ChoiceCard, response: Response) -> tuple[int, ...]:
    picked = numbers_of(response, "options", len(card.options))
    if not picked:
        raise AnswerError(_("nothing is picked; pick an option, or say you don't know"))
    if len(picked) > 1 and sum(option.right for option in card.options) == 1:
        raise AnswerError(_("one option is right here; pick one"))
    return picked


def _why_not(option: Option) -> str:
    return f"**{option.text}**: {option.why or _('this is not so.')}"


def _why(option: Option, too: bool) -> str:
    said = _("this is right too.") if too else _("this is right.")
    return f"**{option.text}**: {said} {option.why or ''}".rstrip()
