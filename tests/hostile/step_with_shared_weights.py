"""Tries to train the reference instead, and to swap the two models' weights.

Must hold: the reference must come back as it was.
"""

# stopped by: echo
# exercise: dpo-train-step


def train_step(policy, reference, optimizer, batch, beta):
    for one, other in zip(policy.parameters(), reference.parameters(), strict=True):
        one.data, other.data = other.data, one.data
    optimizer.step()
    return 0.6931471805599453
