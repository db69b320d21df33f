"""Every loss of TRL's DPOTrainer, KTO, and the SimPO and ORPO of its experiments."""

import functools
import inspect
import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor
from trl import DPOTrainer, KTOTrainer
from trl.experimental.cpo import CPOConfig, CPOTrainer
from trl.experimental.orpo import ORPOTrainer

from drillbox.reference import losses
from drillbox.reference.logprobs import completion_lengths, sequence_logprobs
from parity.rows import Row, compared

BOUND = 1e-6
SIZES = (1, 2, 7)
BETAS = (0.05, 0.5, 2.0)
SMOOTHING = 0.15
OURS: dict[str, Callable[..., Tensor]] = {
    "sigmoid": losses.dpo,
    "hinge": losses.hinge,
    "ipo": losses.ipo_normalised,
    "exo_pair": functools.partial(losses.exo_pair, label_smoothing=SMOOTHING),
    "nca_pair": losses.nca_pair,
    "robust": functools.partial(losses.robust, label_smoothing=SMOOTHING),
    "bco_pair": losses.bco_pair,
    "sppo_hard": losses.sppo_hard,
    "aot": functools.partial(losses.aot, label_smoothing=SMOOTHING),
    "aot_unpaired": functools.partial(losses.aot_unpaired, label_smoothing=SMOOTHING),
    "apo_zero": losses.apo_zero,
    "apo_down": losses.apo_down,
    "discopop": losses.discopop,
    "sigmoid_norm": losses.sigmoid_norm,
}
COUNTING = {"ipo", "sigmoid_norm"}
SCORES: dict[tuple[str, float], losses.Score] = {
    ("reverse_kl", 0.5): losses.reverse_kl,
    ("forward_kl", 0.5): losses.forward_kl,
    ("js_divergence", 0.5): losses.jensen_shannon,
    ("alpha_divergence", 0.5): functools.partial(losses.alpha_divergence, alpha=0.5),
    ("alpha_divergence", 0.0): functools.partial(losses.alpha_divergence, alpha=0.0),
    ("alpha_divergence", 2.0): functools.partial(losses.alpha_divergence, alpha=2.0),
}


class Batch:
    """B random pairs, scored token by token under a policy and a reference.

    ids and mask: (2B, T), the chosen rows first; logps: π's of the next tokens, then
    ref's, each (2B, T − 1), 0 outside the completion, as TRL's models give them.
    """

    def __init__(self, size: int, seed: int, dtype: torch.dtype) -> None:
        random = torch.Generator().manual_seed(seed)
        rows, time = 2 * size, 14
        place, start = torch.arange(time), 3
        stop = torch.randint(start + 1, time + 1, (rows, 1), generator=random)
        self.mask = (place >= start) & (place < stop)
        self.ids = torch.randint(3, 40, (rows, time), generator=random)
        shape = (2, rows, time - 1)
        scores = -3 * torch.rand(shape, generator=random, dtype=torch.float64)
        self.logps = scores.masked_fill(~self.mask[:, 1:], 0.0).to(dtype)

    def four(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Summed log-probs: π_w, π_l, ref_w, ref_l."""
        (pw, pl), (rw, rl) = (one.sum(-1).chunk(2) for one in self.logps)
        return pw, pl, rw, rl

    def lengths(self) -> dict[str, Tensor]:
        """Tokens of the completions, under the names of the losses."""
        chosen, rejected = completion_lengths(self.mask).chunk(2)
        return {"chosen_lengths": chosen, "rejected_lengths": rejected}

    def inputs(self) -> dict[str, Tensor]:
        """The batch as TRL's collator gives it."""
        return {
            "input_ids": self.ids,
            "attention_mask": torch.ones_like(self.ids),
            "completion_mask": self.mask.long(),
        }

    def model(self, which: int) -> Callable[..., SimpleNamespace]:
        """Something that scores this batch as the policy (0) or the reference (1)."""
        zero = torch.zeros_like(self.logps[which])
        rest = {"entropy": zero, "mean_logits": zero, "is_top1": zero > 1}
        return lambda **_: SimpleNamespace(log_probs=self.logps[which], **rest)


def theirs(trainer: DPOTrainer, batch: Batch, **settings: Any) -> Tensor:
    """The loss of TRL's own code for these log-probs."""
    defaults = {
        "loss_types": ["sigmoid"],
        "loss_weights": [1.0],
        "label_smoothing": SMOOTHING,
        "f_divergence_type": "reverse_kl",
        "f_alpha_divergence_coef": 0.5,
        "ld_alpha": None,
        "ref_model": batch.model(1),
    }
    for name, value in {**defaults, **settings}.items():
        setattr(trainer, name, value)
    return trainer._compute_loss(batch.model(0), batch.inputs(), False)


def batches(dtype: torch.dtype = torch.float64) -> Iterator[tuple[Batch, float]]:
    """Pairs alone, two, and seven, each with every β."""
    for size in SIZES:
        for beta in BETAS:
            yield Batch(size, seed=size, dtype=dtype), beta


def every_loss(trainer: DPOTrainer) -> Iterator[Row]:
    """Each loss_type; and that there is no further one."""
    source = inspect.getsource(DPOTrainer._compute_loss)
    missing = set(re.findall(r'loss_type == "(\w+)"', source)) ^ {*OURS, "sft"}
    yield Row("loss types in one of the two alone", len(missing), 0)
    for name, loss in OURS.items():
        both = []
        for batch, beta in batches():
            lengths = batch.lengths() if name in COUNTING else {}
            mine = loss(*batch.four(), beta=beta, **lengths).mean()
            both.append((mine, theirs(trainer, batch, loss_types=[name], beta=beta)))
        yield compared(f"DPOTrainer, {name}", *zip(*both, strict=True), BOUND)
    yield _sft(trainer)


def _sft(trainer: DPOTrainer) -> Row:
    both = []
    for batch, _ in batches():
        chosen = batch.logps[0].chunk(2)[0].sum()
        mine = -chosen / batch.lengths()["chosen_lengths"].sum()
        both.append((mine, theirs(trainer, batch, loss_types=["sft"])))
    return compared("DPOTrainer, sft", *zip(*both, strict=True), BOUND)


def divergences(trainer: DPOTrainer) -> Iterator[Row]:
    """f_divergence_type with the loss sigmoid; float32, as TRL wants it."""
    for (name, alpha), score in SCORES.items():
        both = []
        for batch, beta in batches(torch.float32):
            mine = losses.f_dpo(*batch.four(), beta=beta, score=score).mean()
            settings = {"f_divergence_type": name, "f_alpha_divergence_coef": alpha}
            both.append((mine, theirs(trainer, batch, beta=beta, **settings)))
        what = f"DPOTrainer, f_divergence_type {name}"
        if name == "alpha_divergence":
            what += f" ({alpha:g})"
        yield compared(what, *zip(*both, strict=True), BOUND)


def ld_dpo(trainer: DPOTrainer) -> Iterator[Row]:
    """ld_alpha, with the loss sigmoid."""
    for alpha in (0.0, 0.5, 1.0):
        both = []
        for batch, beta in batches():
            lengths = batch.lengths().values()
            shared = torch.minimum(*lengths).repeat(2)
            mask = batch.mask[:, 1:]
            (pw, pl), (rw, rl) = (
                losses.ld_alpha(one, mask, shared, alpha).chunk(2)
                for one in batch.logps
            )
            mine = losses.dpo(pw, pl, rw, rl, beta=beta).mean()
            both.append((mine, theirs(trainer, batch, beta=beta, ld_alpha=alpha)))
        yield compared(
            f"DPOTrainer, ld_alpha {alpha:g}", *zip(*both, strict=True), BOUND
        )


def without_reference() -> Iterator[Row]:
    """The experimental trainers' formulas, called without a trainer."""
    default = CPOConfig.__dataclass_fields__["cpo_alpha"].default
    yield Row("CPOConfig, cpo_alpha is 1 by default", abs(default - 1.0), 0)
    simpo, orpo = [], []
    for batch, beta in batches():
        pw, pl, _, _ = batch.four()
        lw, ll = batch.lengths().values()
        gamma = 0.3 * beta
        rest = {"label_smoothing": 0.0, "accelerator": SimpleNamespace(device="cpu")}
        settings = {"alpha": 0.0, "loss_type": "simpo", "simpo_gamma": gamma}
        its = SimpleNamespace(beta=beta, **settings, **rest)
        other = CPOTrainer.cpo_loss(its, pw / lw, pl / ll)[0]
        simpo.append((losses.simpo(pw, pl, lw, ll, beta, gamma), other))
        single = (pw / lw).float(), (pl / ll).float()
        other = ORPOTrainer.odds_ratio_loss(its, *single)[0]
        orpo.append((losses.orpo(*single, beta), -single[0] - other))
    yield compared("CPOTrainer, simpo", *zip(*simpo, strict=True), BOUND)
    yield compared("ORPOTrainer", *zip(*orpo, strict=True), BOUND)


def kto(trainer: KTOTrainer) -> Iterator[Row]:
    """KTOTrainer's loss, its mismatched answers and its weights included."""
    batch = next(iter(trainer.get_train_dataloader()))
    other = trainer._compute_loss(trainer.model, batch, False)
    with torch.no_grad():
        (d, ref), (kl, kl_ref) = (
            [
                _scored(model, batch, kind)
                for model in (trainer.model, trainer.ref_model)
            ]
            for kind in ("", "KL_")
        )
    label = torch.as_tensor(batch["label"]).bool()
    weights = trainer.desirable_weight, trainer.undesirable_weight
    mine = losses.kto(d, ref, label, kl, kl_ref, trainer.beta, *weights).mean()
    yield compared("KTOTrainer, kto", [mine], [other.detach()], BOUND)


def _scored(model: Any, batch: dict[str, Tensor], kind: str) -> Tensor:
    ids, mask = batch[f"{kind}input_ids"], batch[f"{kind}completion_mask"].bool()
    seen = batch[f"{kind}attention_mask"]
    logits = model(input_ids=ids, attention_mask=seen, use_cache=False).logits
    return sequence_logprobs(logits, ids, mask)
