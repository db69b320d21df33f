# id: weight-sign
# message: The weight is σ(margin) in place of σ(−margin), so the saturated pairs
#   would move most.
# idea: σ(β h) stands in the loss, so it is taken as the weight. The derivative of
#   −log σ(m) is −σ(−m), the probability that the model has it wrong.
# misconception: weight-sign
import numpy as np


def directions(gram, size, flat):
    chosen = size * (gram[:, 0, 0] - gram[:, 0, 1])
    rejected = size * (gram[:, 0, 1] - gram[:, 1, 1])
    change = np.stack([chosen, rejected], axis=1)
    return np.where(np.abs(change) < flat, 0, np.sign(change)).astype(int)


def predict_directions(gram, margin, beta, lr, flat):
    weight = 1.0 / (1.0 + np.exp(-margin))
    return directions(gram, lr * beta * weight, flat)
