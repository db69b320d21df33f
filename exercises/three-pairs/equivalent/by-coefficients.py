import numpy as np


def predict_directions(gram, margin, beta, lr, flat):
    step = lr * beta / (1.0 + np.exp(margin))
    pull = step[:, None] * np.array([1.0, -1.0])  # Δθ = Σ pull · (g_w, g_l)
    change = np.einsum("pij,pj->pi", gram, pull)
    return (change >= flat).astype(int) - (change <= -flat).astype(int)
