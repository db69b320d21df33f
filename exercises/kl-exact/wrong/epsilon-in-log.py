# id: epsilon-in-log
# message: a small constant is added to the probabilities before the logs are taken
#   again.
# idea: The constant keeps log 0 away, and it seems too small to matter. Where q is
#   smaller than it, it replaces q, and the largest terms of the KL are cut off.
# misconception: epsilon-against-zero
import torch


def kl_exact(logp, logq):
    p, q = logp.exp(), logq.exp()
    return (p * ((p + 1e-8).log() - (q + 1e-8).log())).sum(-1)
