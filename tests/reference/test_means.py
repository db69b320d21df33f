"""The exercises' forms are means of the losses, with every argument in its place."""

import pytest
import torch

from drillbox.reference import losses, means

PAIRS = torch.tensor(
    [
        [-12.0, -30.5, -8.25],
        [-14.0, -29.0, -8.75],
        [-13.0, -28.0, -8.25],
        [-13.5, -31.0, -8.25],
    ],
    dtype=torch.float64,
).unbind()
CHOSEN, REJECTED = torch.tensor([6, 14, 4]), torch.tensor([7, 12, 5])
LENGTHS = {"chosen_lengths": CHOSEN, "rejected_lengths": REJECTED}
BOTH = PAIRS[0] / CHOSEN, PAIRS[1] / REJECTED
ANSWERS = PAIRS[0], PAIRS[2], torch.tensor([True, False, True]), PAIRS[1], PAIRS[3]


@pytest.mark.parametrize(
    ("mean", "each"),
    [
        (losses.dpo_loss(*PAIRS, 0.3), losses.dpo(*PAIRS, beta=0.3)),
        (means.ipo_loss(*PAIRS, 0.3), losses.ipo(*PAIRS, beta=0.3)),
        (
            means.cdpo_loss(*PAIRS, 0.3, 0.2),
            losses.cdpo(*PAIRS, beta=0.3, label_smoothing=0.2),
        ),
        (
            means.dpop_loss(*PAIRS, 0.3, 5.0),
            losses.dpop(*PAIRS, beta=0.3, lam=5.0),
        ),
        (
            means.rdpo_loss(*PAIRS, CHOSEN, REJECTED, 0.3, 0.2),
            losses.rdpo(*PAIRS, beta=0.3, alpha=0.2, **LENGTHS),
        ),
        (
            means.length_normalised_dpo(*PAIRS, CHOSEN, REJECTED, 3.0),
            losses.sigmoid_norm(*PAIRS, beta=3.0, **LENGTHS),
        ),
        (
            means.simpo_loss(*PAIRS[:2], CHOSEN, REJECTED, 2.0, 0.5),
            losses.simpo(*PAIRS[:2], CHOSEN, REJECTED, 2.0, 0.5),
        ),
        (means.orpo_loss(*BOTH, 0.2), losses.orpo(*BOTH, 0.2)),
        (
            means.kto_loss(*ANSWERS, 0.3, 1.5, 0.5),
            losses.kto(*ANSWERS, 0.3, 1.5, 0.5),
        ),
    ],
    ids=["dpo", "ipo", "cdpo", "dpop", "rdpo", "normalised", "simpo", "orpo", "kto"],
)
def test_a_batch_has_the_mean_of_its_pairs(
    mean: torch.Tensor, each: torch.Tensor
) -> None:
    assert mean.shape == () and each.shape == (3,)
    assert mean.item() == pytest.approx(each.mean().item(), rel=1e-14)
