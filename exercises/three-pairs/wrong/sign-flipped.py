# id: sign-flipped
# message: The step goes up the loss instead of down.
# idea: Δθ is taken along the gradient. An optimizer steps against it, so Δθ = −lr ∇L,
#   and ∇L itself carries a minus.
# misconception: sign-flipped
import numpy as np


def directions(gram, size, flat):
    chosen = size * (gram[:, 0, 0] - gram[:, 0, 1])
    rejected = size * (gram[:, 0, 1] - gram[:, 1, 1])
    change = np.stack([chosen, rejected], axis=1)
    return np.where(np.abs(change) < flat, 0, np.sign(change)).astype(int)


def predict_directions(gram, margin, beta, lr, flat):
    weight = 1.0 / (1.0 + np.exp(margin))
    return directions(gram, -lr * beta * weight, flat)
