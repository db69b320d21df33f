"""From an answer to its event, and from the event to what is told."""

from dataclasses import replace

from drillbox.domain import event, plan, quality
from drillbox.domain.answer import Verdict
from drillbox.domain.event import Draft
from drillbox.domain.fingerprint import fingerprint
from drillbox.domain.plan import Cause
from drillbox.history.log import Recorded
from drillbox.session.steps import Ask, Respond, Told


def answer(
    course: str, step: Ask, reply: Respond, verdict: Verdict, proposal: int | None
) -> Draft:
    """The event of an answer. proposal: its quality, None while it waits for one."""
    body = {
        "kind": step.item.card.kind,
        "fingerprint": fingerprint(step.item),
        "seed": step.variant.seed,
        "answer": dict(reply.response),
        "prompt": step.variant.prompt,
        "verdict": verdict.outcome,
        "hint": reply.hint,
        "duration_ms": reply.duration_ms,
        "scheduler": event.SCHEDULER,
    }
    practice = step.cause == "practice"
    return Draft(
        event.ANSWER,
        course,
        step.item.id,
        quality=proposal,
        practice=practice,
        body=body,
    )


def told(
    step: Ask, reply: Respond, verdict: Verdict, recorded: Recorded, today: int
) -> Told:
    """What the answer came to, once it is on disk."""
    given = recorded.event.quality
    return Told(
        step,
        reply.response,
        verdict,
        given,
        recorded.role,
        recorded.after.due,
        today,
        again=_comes_again(step.cause, given),
        leech=_leech(recorded),
        event=recorded.event.id,
    )


def regraded(told: Told, new: int, recorded: Recorded) -> Told:
    """The same with another quality."""
    return replace(
        told,
        quality=new,
        role=recorded.role,
        due=recorded.after.due,
        again=_comes_again(told.ask.cause, new),
        leech=_leech(recorded),
    )


def _leech(recorded: Recorded) -> bool:
    """Was this a lapse, and one too many?"""
    lapses = recorded.after.lapses
    return lapses > recorded.before.lapses and quality.is_leech(lapses)


def _comes_again(cause: Cause, given: int | None) -> bool:
    """SM-2, step 7: below 4 it comes again on the same study day."""
    return cause != "practice" and (given is None or given < plan.PASSED)
