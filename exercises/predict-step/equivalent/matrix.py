import numpy as np


def predict_step(gram, margin, beta, lr):
    along = np.einsum("pij,j->pi", gram, np.array([1.0, -1.0]))
    weight = np.exp(-np.logaddexp(0.0, margin))
    change = lr * beta * weight[:, None] * along
    return change[:, 0].copy(), change[:, 1].copy()
