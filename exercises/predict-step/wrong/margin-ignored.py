# id: margin-ignored
# message: Every pair has the weight ½, whatever its margin.
# idea: ½ is right where policy and reference agree. A pair that was learnt has a large
#   margin, its weight is near 0, and it hardly moves.
# misconception: weight-is-constant

def predict_step(gram, margin, beta, lr):
    ww, wl, ll = gram[:, 0, 0], gram[:, 0, 1], gram[:, 1, 1]
    size = lr * beta / 2
    return size * (ww - wl), size * (wl - ll)
