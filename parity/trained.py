"""TRL's batches, its weights of answers, and 40 of its steps against ours."""

import copy
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import LlamaForCausalLM, TrainerCallback
from trl import DPOTrainer
from trl.trainer.dpo_trainer import DataCollatorForPreference

from drillbox.reference import losses, tiny, training
from drillbox.reference.logprobs import sequence_logprobs
from parity import world
from parity.rows import Row, compared

STEPS = 40
SIZE = 16
PAIRS = 64  # so that each comes ten times and the loss does fall


def collator() -> Iterator[Row]:
    """Ids and completion masks of the same pairs, by TRL's collator and by ours."""
    rows = [{k: v.strip() for k, v in row.items()} for row in world.pairs(9, seed=3)]
    examples, texts = [], []
    for row in rows:
        one = {f"{k}_ids": world.WORDS.encode(text) for k, text in row.items()}
        one["prompt_ids"].append(tiny.SEP)
        one["chosen_ids"].append(tiny.END)
        one["rejected_ids"].append(tiny.END)
        examples.append(one)
    for side in ("chosen", "rejected"):
        texts += [(row["prompt"], row[side]) for row in rows]
    found = DataCollatorForPreference(pad_token_id=tiny.PAD)(examples)
    ids, mask = tiny.batch(world.WORDS, texts)
    yield compared("collator, ids", [ids], [found["input_ids"]], 0)
    yield compared("collator, completion masks", [mask], [found["completion_mask"]], 0)


class Recorded(DPOTrainer):
    """DPOTrainer, keeping each batch and the loss of it."""

    def _compute_loss(self, model: Any, inputs: Any, return_outputs: bool) -> Any:
        loss = super()._compute_loss(model, inputs, return_outputs)
        self.seen = [*getattr(self, "seen", ()), (inputs, loss.detach().clone())]
        return loss


def weights(home: Path) -> Iterator[Row]:
    """use_weighting (WPO) through a real model, since TRL takes it from the logits."""
    reference = world.llama(0)
    policy = world.moved(reference, 0.01)
    ours = world.Logits(copy.deepcopy(policy)), world.Logits(copy.deepcopy(reference))
    rows = world.pairs(SIZE, seed=5)
    trl = world.trainer(policy, reference, rows, home, use_weighting=True)
    found = next(iter(trl.get_train_dataloader()))
    other = trl._compute_loss(trl.model, found, False)
    batch = as_batch(found)
    with torch.no_grad():
        four = *batch.logprobs(ours[0]), *batch.logprobs(ours[1])
        each = losses.wpo_weights(ours[0](batch.ids), batch.ids, batch.mask)
    chosen, rejected = each.chunk(2)
    mine = (chosen * rejected * losses.dpo(*four, beta=world.BETA)).mean()
    yield compared("DPOTrainer, use_weighting", [mine], [other.detach()], 1e-6)


def as_batch(inputs: dict[str, Tensor]) -> training.Batch:
    """What TRL's collator gave, as our pairs."""
    return training.Batch(inputs["input_ids"], inputs["completion_mask"].bool())


OPTIMIZERS: dict[str, tuple[str, float, Callable[..., torch.optim.Optimizer]]] = {
    "AdamW": ("adamw_torch", 1e-4, torch.optim.AdamW),
    "SGD": ("sgd", 0.1, torch.optim.SGD),
}


def trajectory(home: Path) -> Iterator[Row]:
    """40 steps from the same Llama on the same batches: every loss, every parameter."""
    for name, (optim, rate, ours) in OPTIMIZERS.items():
        start = world.llama(0)
        trl = _trained(copy.deepcopy(start), start, home, optim=optim, rate=rate)
        model = copy.deepcopy(start)
        optimizer = ours(model.parameters(), lr=rate, weight_decay=0.0)
        sides = world.Logits(model), world.Logits(start)
        found = [_step(*sides, inputs, optimizer) for inputs, _ in trl.seen]
        told = [loss for _, loss in trl.seen]
        yield compared(f"{STEPS} steps of {name}, every loss", found, told, 1e-6)
        both = model.parameters(), trl.model.parameters()
        yield compared(f"{STEPS} steps of {name}, every parameter", *both, 1e-5)
        fell = (told[-1] - told[0]).item()
        yield Row(f"{STEPS} steps of {name}, the loss fell by 0.01", fell, -0.01)


def _trained(
    policy: LlamaForCausalLM,
    reference: LlamaForCausalLM,
    home: Path,
    optim: str,
    rate: float,
    callbacks: Sequence[TrainerCallback] = (),
) -> Recorded:
    """TRL's trainer after 40 steps."""
    rows = world.pairs(PAIRS) * (STEPS * SIZE // PAIRS)
    settings = {"max_steps": STEPS, "learning_rate": rate, "optim": optim}
    trl = world.trainer(
        policy, copy.deepcopy(reference), rows, home, kind=Recorded, **settings
    )
    for callback in callbacks:
        trl.add_callback(callback)
    trl.train()
    return trl


def _step(
    policy: torch.nn.Module,
    reference: torch.nn.Module,
    inputs: dict[str, Tensor],
    optimizer: torch.optim.Optimizer,
) -> Tensor:
    batch = as_batch(inputs)
    constants = training.reference_logprobs(reference, batch)
    state = training.step(policy, constants, batch, optimizer, world.BETA)
    return torch.tensor(state.loss)


class Watch(TrainerCallback):
    """The seconds of each of TRL's steps, without the loading of its batch."""

    def __init__(self) -> None:
        self.spent: list[float] = []

    def on_step_begin(self, *_: Any, **__: Any) -> None:
        """Note the time."""
        self.began = time.perf_counter()

    def on_step_end(self, *_: Any, **__: Any) -> None:
        """Note how long it took."""
        self.spent.append(time.perf_counter() - self.began)


def speed(home: Path) -> str:
    """A step of our GPT against TRL's of a Llama of equal size; nothing is asserted."""
    watch, start = Watch(), world.llama(0)
    fused = "adamw_torch_fused"
    trl = _trained(copy.deepcopy(start), start, home, fused, 3e-4, [watch])
    torch.manual_seed(0)
    reference = tiny.TinyLM(tiny.Shape(words=len(world.WORDS.words)))
    policy, spent = copy.deepcopy(reference), []
    optimizer = training.adamw(policy, 3e-4)
    for inputs, _ in trl.seen:
        batch = as_batch(inputs)
        constants = training.reference_logprobs(reference, batch)
        began = time.perf_counter()
        training.step(policy, constants, batch, optimizer, world.BETA)
        spent.append(time.perf_counter() - began)
    ours, theirs = statistics.median(spent), statistics.median(watch.spent)
    sizes = [sum(p.numel() for p in m.parameters()) for m in (policy, start)]
    return (
        f"one step, {SIZE} pairs: ours {1e3 * ours:.1f} ms ({sizes[0]} parameters, "
        f"reference cached), TRL's {1e3 * theirs:.1f} ms ({sizes[1]}): "
        f"{ours / theirs:.2f} of it"
    )


def precomputed(home: Path) -> Iterator[Row]:
    """TRL's reference log-probs worked out beforehand are our summed log-probs."""
    reference = world.llama(2)
    rows = world.pairs(SIZE, seed=8)
    policy = world.moved(reference, 0.01)
    trl = world.trainer(policy, reference, rows, home, precompute_ref_log_probs=True)
    found = next(iter(trl.get_train_dataloader()))
    ids, mask = found["input_ids"], found["completion_mask"].bool()
    with torch.no_grad():
        mine = sequence_logprobs(world.Logits(reference)(ids), ids, mask).chunk(2)
    names = ("ref_chosen_logps", "ref_rejected_logps")
    yield compared("summed log-probs, nats", mine, [found[n] for n in names], 2e-5)
