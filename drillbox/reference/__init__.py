"""The reference library in torch: what the course says, as code that runs.

    preferences    rewards and preference probabilities; rewards fitted to counted wins
    policy         the best policy for a reward, and back: the implicit reward
    divergence     KL over all outcomes, its estimators, the chain rule
    logprobs       log-probabilities of completions: shift, mask, sum
    losses         DPO and its relatives, pair by pair
    means          the same over a batch, in the words of the exercises
    gradients      the loss's gradient, its weight, one step to first order
    metrics        margin, accuracies, the distance to the reference, the choice of β
    ppo            shaped rewards, advantages, clipped losses, minibatch steps
    memory         what PPO and DPO must hold
    training       many DPO steps, and the Gram matrix that predicts the first
    tiny           a language model of 110,000 parameters and its words

In this order it can be read. Around it: corpus and make_tiny (what the tiny model
learns from), pairs and witness (the worker processes that ask all this).

Imported in worker processes only (importing torch costs about a second, and no
screen should wait for it). All log-probabilities are natural: nats.
"""
