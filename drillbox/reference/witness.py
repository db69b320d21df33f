"""Witnesses: the reference library asked for single numbers, many at a time.

`python -m drillbox.reference.witness` reads one line of JSON,
{"calls": [[name, [number, …]], …]}, and writes one: {"values": [number or null, …]},
null where the value is no finite number; or {"error": sentence, "call": index} when a
call cannot be made. Calls of one name are worked out together, in float64.
"""

import difflib
import inspect
import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import Tensor

from drillbox.reference import (
    divergence,
    gradients,
    logprobs,
    losses,
    memory,
    policy,
    ppo,
    preferences,
)
from drillbox.words import _, choose

Witness = Callable[..., Tensor]


def _log_normalised(*weights: Tensor) -> Tensor:
    logs = torch.stack(weights, -1).log()
    return torch.log_softmax(logs, -1)


def kl3(
    p1: Tensor, p2: Tensor, p3: Tensor, q1: Tensor, q2: Tensor, q3: Tensor
) -> Tensor:
    """KL(p‖q) of two distributions over three outcomes, each normalised first."""
    return divergence.kl(_log_normalised(p1, p2, p3), _log_normalised(q1, q2, q3))


def closed_form3(
    ref1: Tensor,
    ref2: Tensor,
    ref3: Tensor,
    r1: Tensor,
    r2: Tensor,
    r3: Tensor,
    beta: Tensor,
) -> Tensor:
    """π*(y₁) of three answers with these rewards; ref is normalised first."""
    rewards = torch.stack((r1, r2, r3), -1)
    best = policy.closed_form(_log_normalised(ref1, ref2, ref3), rewards, beta)
    return best[..., 0].exp()


def log_partition3(
    ref1: Tensor,
    ref2: Tensor,
    ref3: Tensor,
    r1: Tensor,
    r2: Tensor,
    r3: Tensor,
    beta: Tensor,
) -> Tensor:
    """log Z of three answers with these rewards; ref is normalised first."""
    rewards = torch.stack((r1, r2, r3), -1)
    return policy.log_partition(_log_normalised(ref1, ref2, ref3), rewards, beta)


def dpo_loss(pc: Tensor, pr: Tensor, rc: Tensor, rr: Tensor, beta: Tensor) -> Tensor:
    """−log σ(β h), nats, pair by pair."""
    return losses.pair_losses(losses.margin(pc, pr, rc, rr, beta))


def _slopes(pc: Tensor, pr: Tensor, *rest: Tensor) -> tuple[Tensor, ...]:
    leaves = (pc.clone().requires_grad_(), pr.clone().requires_grad_())
    return torch.autograd.grad(dpo_loss(*leaves, *rest).sum(), leaves)


def dpo_gradient_chosen(
    pc: Tensor, pr: Tensor, rc: Tensor, rr: Tensor, beta: Tensor
) -> Tensor:
    """∂L/∂log π(chosen) of one pair, by autograd."""
    return _slopes(pc, pr, rc, rr, beta)[0]


def dpo_gradient_rejected(
    pc: Tensor, pr: Tensor, rc: Tensor, rr: Tensor, beta: Tensor
) -> Tensor:
    """∂L/∂log π(rejected) of one pair, by autograd."""
    return _slopes(pc, pr, rc, rr, beta)[1]


def _moves(ww: Tensor, wl: Tensor, ll: Tensor, lr: Tensor, *rest: Tensor) -> Tensor:
    gram = torch.stack((torch.stack((ww, wl), -1), torch.stack((wl, ll), -1)), -2)
    beta, margin = rest
    return gradients.first_order(gram, margin, beta, lr)


def first_order_chosen(
    ww: Tensor, wl: Tensor, ll: Tensor, lr: Tensor, beta: Tensor, margin: Tensor
) -> Tensor:
    """Δ log π(chosen) of one SGD step on one pair, to first order, nats."""
    return _moves(ww, wl, ll, lr, beta, margin)[..., 0]


def first_order_rejected(
    ww: Tensor, wl: Tensor, ll: Tensor, lr: Tensor, beta: Tensor, margin: Tensor
) -> Tensor:
    """Δ log π(rejected) of one SGD step on one pair, to first order, nats."""
    return _moves(ww, wl, ll, lr, beta, margin)[..., 1]


def gae2(
    r1: Tensor, r2: Tensor, v1: Tensor, v2: Tensor, gamma: Tensor, lam: Tensor
) -> Tensor:
    """The first advantage of an episode of two steps."""
    rewards, values = torch.stack((r1, r2), -1), torch.stack((v1, v2), -1)
    mask = torch.ones_like(rewards).bool()
    return ppo.gae(rewards, values, mask, gamma, lam)[0][..., 0]


def sequence_logprob2(z11: Tensor, z12: Tensor, z21: Tensor, z22: Tensor) -> Tensor:
    """The log-prob of two tokens, each the first of two classes, from their logits."""
    first, second = torch.stack((z11, z12), -1), torch.stack((z21, z22), -1)
    logits = torch.stack((first, second, second), -2)
    ids = torch.zeros(logits.shape[:-1], dtype=torch.int64)
    return logprobs.sequence_logprobs(logits, ids, torch.ones_like(ids).bool())


def rdpo_loss(h: Tensor, beta: Tensor, alpha: Tensor, lw: Tensor, ll: Tensor) -> Tensor:
    """R-DPO's loss at the gap h; only the difference of the log-ratios counts."""
    zero = torch.zeros_like(h)
    lengths = {"chosen_lengths": lw, "rejected_lengths": ll}
    return losses.rdpo(h, zero, zero, zero, beta=beta, alpha=alpha, **lengths)


WITNESSES: Mapping[str, Witness] = {
    "preference_probability": preferences.preference_probability,
    "elo_difference": preferences.elo_difference,
    "kl3": kl3,
    "k1": divergence.k1,
    "k2": divergence.k2,
    "k3": divergence.k3,
    "closed_form3": closed_form3,
    "log_partition3": log_partition3,
    "implicit_reward": policy.implicit_reward,
    "dpo_margin": losses.margin,
    "dpo_loss": dpo_loss,
    "dpo_weight": gradients.weight,
    "dpo_gradient_chosen": dpo_gradient_chosen,
    "dpo_gradient_rejected": dpo_gradient_rejected,
    "first_order_chosen": first_order_chosen,
    "first_order_rejected": first_order_rejected,
    "target_log_ratio": policy.target_log_ratio,
    "ipo_target": losses.ipo_target,
    "cdpo_target": losses.cdpo_target,
    "ppo_clip_loss": ppo.clip_loss,
    "gae2": gae2,
    "adamw_memory": memory.adamw_memory,
    "sequence_logprob2": sequence_logprob2,
    "length_normalised_margin": losses.length_normalised_margin,
    "rdpo_loss": rdpo_loss,
}
ARITY = {name: len(inspect.signature(f).parameters) for name, f in WITNESSES.items()}

CALL = "[name, [argument, …]]"
REQUEST = '{"calls": [[name, [argument, …]], …]}'


class CallError(Exception):
    """A call that cannot be made: which one, and why in one sentence."""

    def __init__(self, call: int, sentence: str) -> None:
        super().__init__(sentence)
        self.call = call


def evaluate(calls: Iterable[Any]) -> list[float | None]:
    """The value of each call [name, arguments], in their order; None if not finite.

    Raises CallError for the first call with an unknown name, a wrong number of
    arguments, or an argument that is no number.
    """
    values: list[float | None] = []
    groups: dict[str, list[tuple[int, list[float]]]] = defaultdict(list)
    for index, call in enumerate(calls):
        name, arguments = _checked(index, call)
        groups[name].append((index, arguments))
        values.append(None)
    for name, members in groups.items():
        columns = torch.tensor([row for _, row in members], dtype=torch.float64).T
        results = WITNESSES[name](*columns).tolist()
        for (index, _row), value in zip(members, results, strict=True):
            values[index] = value if math.isfinite(value) else None
    return values


def _checked(index: int, call: Any) -> tuple[str, list[float]]:
    if not (isinstance(call, list) and len(call) == 2 and isinstance(call[1], list)):
        raise CallError(index, _("a call is {form}").format(form=CALL))
    name, arguments = call
    if name not in WITNESSES:
        near = difflib.get_close_matches(str(name), WITNESSES, 1)
        said = _("there is no witness called {name}")
        if near:
            said = _("there is no witness called {name}; the nearest is {near}")
        raise CallError(index, said.format(name=repr(name), near="".join(near)))
    if len(arguments) != ARITY[name]:
        takes, given = ARITY[name], len(arguments)
        found = _("{name} takes {n} arguments, not {given}")
        raise CallError(index, found.format(name=name, n=takes, given=given))
    for value in arguments:
        if not _is_number(value):
            none = _("{value} is no number; {name} takes numbers")
            raise CallError(index, none.format(value=repr(value), name=name))
    return name, arguments


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, float) or abs(value) <= sys.float_info.max


def answer(line: str) -> dict[str, Any]:
    """The reply to one request line."""
    try:
        request = json.loads(line)
    except ValueError as error:
        return {"error": _("the request is no JSON: {why}").format(why=error)}
    if not isinstance(request, dict) or not isinstance(request.get("calls"), list):
        return {"error": _("the request is {form}").format(form=REQUEST)}
    try:
        return {"values": evaluate(request["calls"])}
    except CallError as error:
        return {"error": str(error), "call": error.call}


def main() -> None:
    """Answer the one request on standard input."""
    choose()
    torch.set_num_threads(1)
    sys.stdout.write(json.dumps(answer(sys.stdin.readline())) + "\n")


if __name__ == "__main__":
    main()
