# id: greedy
# message: all probability goes to the single best answer.
# idea: The best policy is taken to give the best answer always. That is the limit of
#   β towards 0; with a price on distance the others keep a part.
# misconception: optimum-is-argmax
import torch


def closed_form_policy(ref_probs, rewards, beta):
    scores = ref_probs.log() + rewards / beta
    return torch.nn.functional.one_hot(scores.argmax(), len(scores)).to(scores.dtype), torch.logsumexp(scores, dim=-1)
