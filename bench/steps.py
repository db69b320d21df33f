"""One DPO step against the bare forward and backward of the same batch.

A model of the shipped shape (two layers, width 64), 16 pairs of 21 tokens, log-probs of
the reference worked out before; AdamW. Bare: the logits of the concatenated batch, and
backward from a slope that is there already. A step leaves out each row's last token,
which predicts nothing: a 21st of that. CPU seconds on one thread, in turn.
"""

import statistics
import sys
import time
from collections.abc import Callable

import torch
from bound import code, held
from torch import Tensor, nn

from drillbox.reference import training
from drillbox.reference.tiny import Shape, TinyLM
from drillbox.reference.training import Batch

PAIRS, TOKENS, PROMPT, WORDS = 16, 21, 9, 152
BOUND = 1.15
TURNS = 101


def main() -> int:
    """Print the medians; MISSED if a step adds too much."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    policy, bare = (TinyLM(Shape(words=WORDS)) for _ in range(2))
    batch = drawn()
    reference = training.reference_logprobs(policy, batch)
    optimizer = training.adamw(policy, 1e-4)
    steps, backs = [], []
    slope = torch.randn(*batch.ids.shape, WORDS)
    for _ in range(TURNS + 3):
        backs.append(spent(lambda: forward_backward(bare, batch.ids, slope)))
        steps.append(
            spent(lambda: training.step(policy, reference, batch, optimizer, 0.1))
        )
    step, back = statistics.median(steps[3:]), statistics.median(backs[3:])
    print(f"  a step {step * 1000:.2f} ms, bare {back * 1000:.2f} ms, of {TURNS}")
    return code(held("a DPO step", step / back, BOUND))


def drawn() -> Batch:
    """Pairs of random words."""
    ids = torch.randint(3, WORDS, (2 * PAIRS, TOKENS))
    mask = (torch.arange(TOKENS) >= PROMPT).expand(2 * PAIRS, -1)
    return Batch(ids, mask)


def forward_backward(model: nn.Module, ids: Tensor, slope: Tensor) -> None:
    """What any loss on the logits needs; slope: what it would hand back."""
    model.zero_grad()
    torch.autograd.backward(model(ids), slope)


def spent(work: Callable[[], object]) -> float:
    """CPU seconds of some work."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


if __name__ == "__main__":
    sys.exit(main())
