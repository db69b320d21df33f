"""The run gram on pairs of one's own, or on another model than the word model.

Its step size is then the one that widens the gap of the pair by TARGET nats, to
first order, unless one is set: a model's gradients may be a thousand times as long.
"""

from collections.abc import Generator, Iterable
from typing import Any

from drillbox.lab import setting
from drillbox.lab.gram import GRAM
from drillbox.lab.model import DEADLINE_S, Model
from drillbox.lab.own import PARTS
from drillbox.lab.recipe import Pair
from drillbox.lab.run import Record, heard

TARGET = 0.01  # nats: first order is good there, and ten and a hundred times it is not


def start(
    wishes: Iterable[str], model: Model, pair: Pair | None, *, device: str = "auto"
) -> Generator[Record, None, None]:
    """The records of one pair, or of the run's own; LabError.

    wishes: as of --set; the texts of `pair` go before those. Without one the texts of
    the settings are used, as the model reads answers (`Model.answer`).
    """
    wishes = list(wishes)
    values = setting.chosen(GRAM, wishes)
    asked: dict[str, Any] = {"run": GRAM.id, "seed": 0, "device": device}
    if not any(wish.partition("=")[0].strip() == "lr" for wish in wishes):
        asked["target"] = TARGET
    if pair is None:
        values |= {side: model.answer(str(values[side])) for side in PARTS[1:]}
    else:
        values |= {part: getattr(pair, part) for part in PARTS}
        if pair.messages is not None:
            asked["pair"] = dict(pair.messages)
    whole = model.put(asked | {"settings": values})
    return heard(GRAM.worker, whole, deadline_s=DEADLINE_S)
