"""The worker of a run on preference pairs: `python -m drillbox.reference.pairs`.

Reads one request as a line of JSON and writes one record a line:

    header  the settings, and what the run stands on: device, threads, model
    pair    one pair before any step: log-probs, gradient norms, Gram matrix
    step    one pair after `step` steps of SGD on its own copy of the policy
    replay  of a float32 run: one pair again in float64, its changes after step 1 and
            after the last, [chosen, rejected]
    other   where `joint` is asked for, and nothing above: one pair at step 0, 1 and
            the last, by a fresh Adam on it alone, then by SGD on all of `joint`
    end     the seconds it took
    error   instead of what would follow: one sentence

With `target` in the request every pair has a step size of its own: the one with which
the first step widens the gap log π(chosen) − log π(rejected) by `target` nats, to first
order. With `shared` too, all have the smallest one of the pairs that start from the
reference, so that they can be compared. The model is `checkpoint` and `sha256`, or
`directory` (drillbox.reference.speaker).

Log-probs, margins and losses are in nats. The pairs advance side by side, so that their
curves grow together, but never share a parameter.
"""

import copy
import json
import math
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from drillbox.reference import gradients, losses, room, speaker, training
from drillbox.reference.logprobs import token_logprobs
from drillbox.reference.speaker import PairError, Speaker, Text
from drillbox.reference.tiny import CheckpointError, UnknownWordError
from drillbox.words import _, choose, ngettext

Request = Mapping[str, Any]
Record = dict[str, Any]
OFF_POLICY = -30.0  # nats; an answer below it the policy would never give
DTYPES = {"float32": torch.float32, "float64": torch.float64}


class RunError(Exception):
    """The run cannot go on; one sentence."""


ERRORS = (CheckpointError, RunError, UnknownWordError, PairError, room.RoomError)


class Run:
    """One request: the model where it was asked for, and its pairs."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.device = room.placed(request["device"])
        make_room(request, self.device)
        self.speaker = speaker.load(request)
        self.beta: float = request["beta"]
        self.rates: dict[str, float] = {}  # the step size of each pair
        for pair in request["pairs"]:
            check(pair, self.speaker)
        dtype = DTYPES[request["dtype"]]
        self.reference = self.speaker.model.to(self.device, dtype)
        self.pairs = {
            pair["pair"]: self.batch(
                [(pair["prompt"], pair["chosen"], pair["rejected"])]
            )
            for pair in request["pairs"]
        }
        if "directory" in request:
            self.make_more_room()
        if "shared" in request:
            self.request = {**request, "lr": self.shared()}

    def batch(self, pairs: Sequence[Sequence[Text]]) -> training.Batch:
        """(prompt, chosen, rejected) as a batch on the device."""
        return speaker.batch(self.speaker, pairs).to(self.device)

    def siblings(self) -> training.Batch:
        """What the warm policy is trained on."""
        return self.batch(self.request["warm"]["pairs"])

    def make_more_room(self) -> None:
        """RoomError if there is none for the texts, now that the model is there."""
        request = self.request
        what, needed, size = counted(request)
        loaded = size * sum(p.numel() for p in self.reference.parameters())
        largest = 2 * len(request.get("joint", "1"))
        batches = [(largest, both.ids.shape[1]) for both in self.pairs.values()]
        if warms(request):
            rows = 2 * request["warm"]["size"]
            batches.append((rows, self.siblings().ids.shape[1]))
        by = room.sizes(Path(request["directory"]))
        wide = 8 if replays(request) else size
        asked = [
            room.activations(by, self.speaker.size, *batch, wide) for batch in batches
        ]
        longest = max(tokens for _rows, tokens in batches)
        said = _("{what} with texts of {n} tokens").format(what=what, n=longest)
        room.check(said, needed - loaded + max(asked), self.device)

    def records(self) -> Iterator[Record]:
        """Every record, in order, but the last."""
        yield self.header()
        starts = self.starts()
        for pair in self.request["pairs"]:
            yield self.before(pair, starts[pair["start"]])
        yield from self.steps(starts)
        if replays(self.request):
            yield from self.replay(starts)

    def header(self) -> Record:
        """The settings of the request and what the run stands on."""
        names = ("beta", "lr", "steps", "dtype", "warm")
        told = {name: self.request[name] for name in names}
        return {
            "type": "header",
            **told,
            "sha256": self.speaker.sha256,
            "optimizer": "SGD",
            "device": self.device.type,
            "threads": torch.get_num_threads(),
            "torch": torch.__version__,
            "parameters": sum(p.numel() for p in self.reference.parameters()),
        }

    def starts(self) -> dict[str, nn.Module]:
        """The policies that pairs may start from: the reference, and the warm one."""
        if not warms(self.request):
            return {"reference": self.reference}
        plan = dict(self.request["warm"])
        plan.pop("pairs")
        warm = training.warm(
            self.reference, self.siblings(), self.beta, training.WarmUp(**plan)
        )
        return {"reference": self.reference, "warm": warm}

    def before(self, pair: Request, policy: nn.Module) -> Record:
        """What can be known of a pair before its first step."""
        both = self.pairs[pair["pair"]]
        constants = training.reference_logprobs(self.reference, both)
        scores = training.reference_logprobs(policy, both)
        margins = losses.margin(*scores, *constants, self.beta).double()
        gram = training.gram(policy, both)
        rate = self.rates[pair["pair"]] = self.rate(gram, margins.cpu())
        moves = gradients.first_order(gram[None], margins.cpu(), self.beta, rate)
        return {
            "type": "pair",
            **pair,
            "ref_chosen": constants[0].item(),
            "ref_rejected": constants[1].item(),
            "logp_chosen": scores[0].item(),
            "logp_rejected": scores[1].item(),
            "margin": margins.item(),
            "weight": gradients.weight(margins).item(),
            "norm_chosen": math.sqrt(gram[0, 0].item()),
            "norm_rejected": math.sqrt(gram[1, 1].item()),
            "gram": gram.tolist(),
            "first_order": moves[0].tolist(),
            "lr": rate,
            "off_policy": self.off_policy(both, scores),
            "words_chosen": word_scores(policy, self.speaker, both, 0),
            "words_rejected": word_scores(policy, self.speaker, both, 1),
        }

    def rate(self, gram: Tensor, margins: Tensor) -> float:
        """The step size: as asked for, or the one that widens the gap by `target`."""
        if "target" not in self.request or "shared" in self.request:
            return float(self.request["lr"])
        weight = gradients.weight(margins).item()
        return rate_for(self.request["target"], gram, self.beta * weight)

    def shared(self) -> float:
        """The smallest step size of those pairs that start from the reference, where
        every weight is ½."""
        starting = [p for p in self.request["pairs"] if p["start"] == "reference"]
        grams = (training.gram(self.reference, self.pairs[p["pair"]]) for p in starting)
        target = self.request["target"]
        return min(rate_for(target, gram, self.beta / 2) for gram in grams)

    def off_policy(
        self, both: training.Batch, scores: tuple[Tensor, Tensor]
    ) -> list[str]:
        """Which sides the policy would hardly say: below OFF_POLICY nats, or below
        −ln V a token, which is worse than words drawn blindly."""
        tokens = both.mask[:, 1:].sum(1).tolist()
        blind = -math.log(self.speaker.size)
        return [
            side
            for side, score, count in zip(
                ("chosen", "rejected"), torch.cat(scores).tolist(), tokens, strict=True
            )
            if score < max(OFF_POLICY, blind * count)
        ]

    def steps(self, starts: Mapping[str, nn.Module]) -> Iterator[Record]:
        """Step 0 of every pair, then step 1 of every pair, and so on."""
        steps = self.request["steps"]
        every = [pair["pair"] for pair in self.request["pairs"]]
        lr: float = self.request["lr"]
        rates = dict.fromkeys(every, lr) | self.rates
        runs = {
            pair["pair"]: training.run(
                starts[pair["start"]],
                self.reference,
                self.pairs[pair["pair"]],
                self.beta,
                rates[pair["pair"]],
                steps,
            )
            for pair in self.request["pairs"]
        }
        for step in range(steps + 1):
            for name, states in runs.items():
                state = asdict(next(states))
                if not all(map(math.isfinite, state.values())):
                    said = _(
                        "pair {name} diverged at step {n} with step size {lr:g}; "
                        "choose a smaller one"
                    )
                    raise RunError(said.format(name=name, n=step, lr=rates[name]))
                yield {"type": "step", "pair": name, "step": step, **state}

    def replay(self, starts: Mapping[str, nn.Module]) -> Iterator[Record]:
        """The same steps from the same parameters in float64."""
        exact = {name: copy.deepcopy(one).double() for name, one in starts.items()}
        lr: float = self.request["lr"]
        steps: int = self.request["steps"]
        for pair in self.request["pairs"]:
            name = pair["pair"]
            start = (exact[pair["start"]], exact["reference"], self.pairs[name])
            rate = self.rates.get(name, lr)
            first, *rest = training.run(*start, self.beta, rate, steps)
            changes = [
                [
                    one.logp_chosen - first.logp_chosen,
                    one.logp_rejected - first.logp_rejected,
                ]
                for one in (rest[0], rest[-1])
            ]
            told = dict(zip(("step1", "last"), changes, strict=True))
            yield {"type": "replay", "pair": name, **told}

    def others(self) -> Iterator[Record]:
        """The same steps by Adam, and on one batch from the reference."""
        starts, lr = self.starts(), self.request["lr"]
        for pair in self.request["pairs"]:
            policy = copy.deepcopy(starts[pair["start"]])
            adam = training.adamw(policy, lr)
            yield from self.other("adam", [pair["pair"]], policy, adam)
        policy = copy.deepcopy(self.reference)
        sgd = torch.optim.SGD(policy.parameters(), lr=lr)
        yield from self.other("joint", self.request["joint"], policy, sgd)

    def other(
        self,
        way: str,
        names: Sequence[str],
        policy: nn.Module,
        optimizer: torch.optim.Optimizer,
    ) -> Iterator[Record]:
        """Steps on the mean loss of these pairs: each at 0, at 1 and at the end."""
        texts = {pair["pair"]: pair for pair in self.request["pairs"]}
        sides = ("prompt", "chosen", "rejected")
        both = self.batch([[texts[name][side] for side in sides] for name in names])
        constants = training.reference_logprobs(self.reference, both)
        steps = self.request["steps"]
        for step in range(steps + 1):
            if step in (0, 1, steps):
                scores = training.reference_logprobs(policy, both)
                yield from _told(way, step, names, scores)
            if step < steps:
                training.step(policy, constants, both, optimizer, self.beta)


def _told(
    way: str, step: int, names: Sequence[str], scores: tuple[Tensor, Tensor]
) -> Iterator[Record]:
    numbers = zip(names, *(side.tolist() for side in scores), strict=True)
    for name, *both in numbers:
        if not all(map(math.isfinite, both)):
            said = _("pair {name} diverged by step {n}, {way}; use a smaller lr")
            raise RunError(said.format(name=name, n=step, way=way))
        sides = dict(zip(("logp_chosen", "logp_rejected"), both, strict=True))
        yield {"type": "other", "way": way, "pair": name, "step": step, **sides}


def make_room(request: Request, device: torch.device) -> None:
    """RoomError if a directory's model is too large for this run and this machine."""
    if "directory" in request:
        what, needed, _size = counted(request)
        room.check(what, needed, device)


def counted(request: Request) -> tuple[str, int, int]:
    """What asks for memory, how many bytes (`room.needed`), and those of a number."""
    pairs = request["pairs"]
    size = torch.finfo(DTYPES[request["dtype"]]).bits // 8
    count = room.parameters(Path(request["directory"]))
    said = ngettext(
        "a run of {n} pair on {millions:.0f} million parameters",
        "a run of {n} pairs on {millions:.0f} million parameters",
        len(pairs),
    )
    what = said.format(n=len(pairs), millions=count / 1e6)
    how = warms(request), replays(request)
    return what, room.needed(count, size, len(pairs), *how), size


def warms(request: Request) -> bool:
    """Does a pair start from the warm policy?"""
    return any(pair["start"] == "warm" for pair in request["pairs"])


def replays(request: Request) -> bool:
    """Is the run made again in float64?"""
    return request["dtype"] == "float32" and bool(request["steps"])


def rate_for(target: float, gram: Tensor, pull: float) -> float:
    """The step size target / (pull ‖g_w − g_l‖²); pull: β times the pair's weight.

    With it one step widens the gap log π(chosen) − log π(rejected) by `target` nats, to
    first order. RunError where no step does.
    """
    (ww, wl), (_lw, ll) = gram.tolist()
    widened = pull * (ww - 2 * wl + ll)
    if widened <= 0:
        raise RunError(_("both answers have the same gradient; change one of them"))
    return float(target / widened)


def check(pair: Request, by: Speaker) -> None:
    """RunError for a pair that has no two answers or does not fit the model."""
    texts = (pair["prompt"], pair["chosen"], pair["rejected"])
    try:
        speaker.check(by, *texts)
    except PairError as error:
        said = _("pair {name}: {why}").format(name=pair["pair"], why=error)
        raise RunError(said) from None


def word_scores(
    model: nn.Module, by: Speaker, pair: training.Batch, side: int
) -> list[tuple[str, float]]:
    """Each word of one completion, its end too, with its log-prob in nats."""
    ids, mask = pair.ids[side : side + 1], pair.mask[side, 1:]
    with torch.no_grad():
        scores: Tensor = token_logprobs(model(ids), ids)[0]
    numbers = ids[0, 1:][mask].tolist()
    return [
        (by.token(number), score)
        for number, score in zip(numbers, scores[mask].tolist(), strict=True)
    ]


def answer(request: Request) -> Iterator[Record]:
    """Every record of a request, the last one `end` or `error`."""
    began = time.perf_counter()
    try:
        run = Run(request)
        yield from run.others() if "joint" in request else run.records()
    except ERRORS as error:
        yield {"type": "error", "error": str(error)}
    except RuntimeError as error:
        told = room.sentence(error, request["device"])
        if not told:
            raise
        yield {"type": "error", "error": told}
    else:
        yield {"type": "end", "seconds": round(time.perf_counter() - began, 3)}


def main() -> None:
    """Answer the one request on standard input."""
    choose()
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # for equal bits
    for record in answer(json.loads(sys.stdin.readline())):
        sys.stdout.write(json.dumps(record, allow_nan=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
