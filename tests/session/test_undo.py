"""Taking the newest back, outside a session as in one."""

import pytest

from drillbox.domain.course import Course
from drillbox.domain.event import Draft
from drillbox.history.log import Log
from drillbox.session.undo import take_back

PASS = {"what": "pass"}
GAVE_UP = {"what": "give-up"}


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (("read", "{drop}", {}), "undone: the reading of “{title}”"),
        (("predict", "beta", {"predictions": {}}), "undone: the prediction for beta"),
        (("attempt", "dpo-loss", PASS), "undone: the attempt at dpo-loss"),
        (("attempt", "dpo-loss", GAVE_UP), "undone: giving up dpo-loss"),
        (("note", "{drop}", {"text": "odd"}), "undone: the note on “{title}”"),
    ],
)
def test_whatever_was_the_last_thing_today_is_taken_back(
    dpo: Course, log: Log, draft: tuple[str, str, dict[str, object]], said: str
) -> None:
    drop = dpo.drops[0]
    kind, item, body = draft
    done = log.append(Draft(kind, dpo.id, item.format(drop=drop.id), body=body)).event
    taken, sentence = take_back(dpo, log)
    assert taken is not None and taken.id == done.id
    assert sentence == said.format(title=drop.title)
    assert take_back(dpo, log) == (None, "nothing to undo today")


def test_of_one_item_alone_nothing_else_is_taken_back(dpo: Course, log: Log) -> None:
    for name in ("dpo-loss", "dpo-gradient"):
        log.append(Draft("attempt", dpo.id, name, body=PASS))
    taken, _ = take_back(dpo, log, item="dpo-loss")
    assert taken is not None and taken.item == "dpo-loss"
    nothing = (None, "nothing to undo today")
    assert take_back(dpo, log, item="dpo-loss") == nothing
    assert take_back(dpo, log, item="dpo") == nothing
