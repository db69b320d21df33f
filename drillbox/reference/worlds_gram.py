"""The worker of the run gram: one pair, its Gram matrix, and steps of several sizes.

    pair  log-probs, gradient norms, Gram matrix, cosine of the two gradients
    step  one SGD step on the pair from the reference: predicted to first order, and
          measured

Rafailov et al. 2023, arXiv:2305.18290, §4: the step moves the parameters by
η β σ(0)(g_w − g_l), g_w and g_l the gradients of the two log-probs. Everything is
float64, so that small steps are not lost in rounding; log-probs in nats.

Another model than the word model comes as drillbox.reference.speaker says; a `pair` in
the request stands for the texts of the settings, and with `target` the step size is the
one that widens log π(chosen) − log π(rejected) by as many nats, to first order.
"""

import copy
import difflib
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from drillbox.reference import room, speaker
from drillbox.reference.logprobs import sequence_logprobs
from drillbox.reference.speaker import PairError, Rows, Shipped, Speaker
from drillbox.reference.tiny import (
    SPECIAL,
    CheckpointError,
    UnknownWordError,
    Vocabulary,
)
from drillbox.reference.worlds import Record, Request, WorldError, header, serve
from drillbox.words import _

SIZES = (0.1, 1.0, 10.0, 100.0)  # times the step size that was asked for
PARTS = ("prompt", "chosen", "rejected")
FIRST_WORD = len(SPECIAL)
BYTES = 56  # a parameter: two gradients, their copies, the model and a moved one
LOADED, FLOAT64 = 4, 8  # bytes of a parameter that was just read; of one at work
SPECIAL_TOKENS = 2  # between prompt and answer, and at the end


def records(request: Request) -> Iterator[Record]:
    """Every record but the last."""
    asked = request["settings"]
    device = room.placed(request["device"])
    by, pair = speaking(request, device)
    model = by.model.to(device, torch.float64)
    both = speaker.batch(by, [pair]).to(device)
    ids, mask = both.ids, both.mask
    scores, rows = gradients(model, ids, mask)
    gram = rows @ rows.T
    lr = rate(request, gram)
    told = {**request, "settings": {**asked, "lr": lr}}
    yield header(told, device.type) | {"sha256": by.sha256}
    yield before(scores, gram)
    for size in SIZES:
        yield step(model, (ids, mask), scores, rows, asked["beta"], size * lr)


def speaking(
    request: Request, device: torch.device
) -> tuple[Speaker, tuple[speaker.Text, ...]]:
    """The model, and the pair it has taken; WorldError for one that it cannot take."""
    asked = request["settings"]
    texts = request.get("pair", asked)
    pair = tuple(texts[part] for part in PARTS)
    try:
        if "directory" in request:
            make_room(request, device)
        by = speaker.load(request)
        if isinstance(by, Shipped) and type(by.words) is Vocabulary:
            check(asked, by.words, by.length)
        speaker.check(by, *pair)
        if "directory" in request:
            make_more_room(request, device, by.rows(*pair), by.size)
    except (CheckpointError, PairError, UnknownWordError) as error:
        raise WorldError(str(error)) from None
    return by, pair


def make_room(request: Request, device: torch.device) -> None:
    """RoomError if a directory's model is too large for this machine."""
    count = room.parameters(Path(request["directory"]))
    room.check(asking(count), BYTES * count, device)


def make_more_room(
    request: Request, device: torch.device, rows: Rows, words: int
) -> None:
    """RoomError if there is none for the texts, now that the model is there."""
    directory = Path(request["directory"])
    count, sizes = room.parameters(directory), room.sizes(directory)
    longest = max(len(rows.chosen), len(rows.rejected))
    texts = room.activations(sizes, words, 2, longest, FLOAT64)
    said = _("{what} with texts of {n} tokens")
    what = said.format(what=asking(count), n=longest)
    room.check(what, (BYTES - LOADED) * count + texts, device)


def asking(count: int) -> str:
    """What asks for memory."""
    said = _("the run gram on {millions:.0f} million parameters")
    return said.format(millions=count / 1e6)


def rate(request: Request, gram: Tensor) -> float:
    """The step size: as it was set, or target / (½ β ‖g_w − g_l‖²); WorldError."""
    asked = request["settings"]
    if "target" not in request:
        return float(asked["lr"])
    (ww, wl), (_lw, ll) = gram.tolist()
    if ww - 2 * wl + ll <= 0:
        raise WorldError(_("both answers have the same gradient; change one of them"))
    return float(2 * request["target"] / (asked["beta"] * (ww - 2 * wl + ll)))


def check(asked: Request, words: Vocabulary, length: int) -> None:
    """WorldError for a pair that the model cannot take."""
    for part in PARTS:
        if not asked[part].split():
            none = _("the {part} is empty; give it at least one word")
            raise WorldError(none.format(part=_(part)))
        for word in asked[part].split():
            if word not in words.words[FIRST_WORD:]:
                raise WorldError(unknown(part, word, words.words[FIRST_WORD:]))
    if asked["chosen"].split() == asked["rejected"].split():
        raise WorldError(_("chosen and rejected are the same text; change one of them"))
    longest = max(len(asked[side].split()) for side in PARTS[1:])
    tokens = len(asked["prompt"].split()) + longest + SPECIAL_TOKENS
    if tokens > length:
        said = _("prompt and answer have {n} tokens; the model reads {most} at most")
        raise WorldError(said.format(n=tokens, most=length))


def unknown(part: str, word: str, known: Sequence[str]) -> str:
    """The sentence about a word, with the three known ones that are like it."""
    near = difflib.get_close_matches(word, known, 3, 0.5)
    said = _("{part}: the model does not know the word {word}")
    if near:
        said = _("{part}: the model does not know the word {word}; near it are {near}")
    return said.format(part=_(part), word=repr(word), near=", ".join(near))


def gradients(model: nn.Module, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """log π of both answers (2,), and the gradient of each by all parameters (2, N)."""
    scores = sequence_logprobs(model(ids), ids, mask)
    rows = [
        torch.cat(
            [
                part.flatten()
                for part in torch.autograd.grad(
                    score,
                    list(model.parameters()),
                    retain_graph=True,
                    materialize_grads=True,
                )
            ]
        )
        for score in scores
    ]
    return scores.detach(), torch.stack(rows)


def before(scores: Tensor, gram: Tensor) -> Record:
    """What is known before any step."""
    (ww, wl), (_lw, ll) = gram.tolist()
    return {
        "type": "pair",
        "logp_chosen": scores[0].item(),
        "logp_rejected": scores[1].item(),
        "gram": gram.tolist(),
        "norm_chosen": math.sqrt(ww),
        "norm_rejected": math.sqrt(ll),
        "cosine": wl / math.sqrt(ww * ll),
    }


def step(
    model: nn.Module,
    pair: tuple[Tensor, Tensor],
    scores: Tensor,
    rows: Tensor,
    beta: float,
    lr: float,
) -> Record:
    """One step of size lr from the reference, where every weight is σ(0) = ½."""
    push = lr * beta / 2
    ids, mask = pair
    moved = copy.deepcopy(model)
    start = torch.nn.utils.parameters_to_vector(model.parameters()).detach()
    torch.nn.utils.vector_to_parameters(
        start + push * (rows[0] - rows[1]), moved.parameters()
    )
    with torch.no_grad():
        measured = sequence_logprobs(moved(ids), ids, mask) - scores
    predicted = push * (rows @ (rows[0] - rows[1]))
    if not torch.isfinite(measured).all():
        said = _("a step of size {lr:g} breaks the model; set a smaller lr")
        raise WorldError(said.format(lr=lr))
    error = (measured - predicted).abs().max() / predicted.abs().max()
    return {
        "type": "step",
        "lr": lr,
        "predicted": predicted.tolist(),
        "measured": measured.tolist(),
        "error": error.item(),
    }


if __name__ == "__main__":
    serve(records)
