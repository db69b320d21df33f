import numpy as np


def predict_step(gram, margin, beta, lr):
    chosen, rejected = [], []
    for (w, r), m in zip(gram, margin, strict=True):
        weight = 1 / (1 + np.exp(m)) if m < 0 else np.exp(-m) / (1 + np.exp(-m))
        chosen.append(lr * beta * weight * (w[0] - w[1]))
        rejected.append(lr * beta * weight * (r[0] - r[1]))
    return np.array(chosen), np.array(rejected)
