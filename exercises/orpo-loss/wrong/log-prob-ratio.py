# id: log-prob-ratio
# message: The difference of the log-probs is used, not that of the log odds.
# idea: People take odds for another word for probability. Odds divide by 1 − p as
#   well, so a rise counts for more the likelier an answer already is; for small p the
#   two agree.
# misconception: odds-are-probabilities
import torch.nn.functional as F


def orpo_loss(chosen_mean_logps, rejected_mean_logps, lam):
    ratio = chosen_mean_logps - rejected_mean_logps
    return (-chosen_mean_logps - lam * F.logsigmoid(ratio)).mean()
