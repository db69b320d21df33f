"""With detached references, a copy changed in place, prints and a seed."""

import torch

torch.manual_seed(0)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    with torch.no_grad():
        reference = ref_chosen.detach().clone()
        reference -= ref_rejected
    h = policy_chosen - policy_rejected - reference
    print(f"h = {h.tolist()}")
    assert h.shape == policy_chosen.shape
    return torch.nn.functional.logsigmoid(beta * h).neg().mean()


if __name__ == "__main__":
    one = torch.ones(1)
    print(dpo_loss(one, one, one, one, 0.1))
