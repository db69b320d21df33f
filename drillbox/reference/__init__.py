"""The reference library in torch: what the course says, as code that runs.

    preferences    rewards and preference probabilities; rewards fitted to counted wins
    policy         the best policy for a reward, and back: the implicit reward
    divergence     KL over all outcomes, its estimators, the chain rule
    logprobs       log-probabilities of completions: shift, mask, sum
    losses         DPO and its relatives, pair by pair
    means          the same over a batch, in the words of the exercises
    gradients      the loss's gradient, its weight, one step to first order
    metrics        margin, accuracies, the distance to the reference, the choice of β
    training       DPO's loop, fine-tuning, the Gram matrix that predicts a first step
    tiny           a language model of 110,000 parameters and its words
    sampling       answers drawn from it, each word computed once
    scoring        the reward model and the critic
    ppo            shaped rewards, advantages, clipped losses, minibatch steps
    rlhf           PPO's loop over all of these
    online         DPO on pairs that the policy itself has just written
    memory         what PPO and DPO must hold, and what they do hold
    reviews        a world with a true reward, and where a policy stands in it

In this order it can be read. Around it: corpus and make_tiny (what the tiny model
learns from), characters and make_characters (the same by character), speaker and hf
(any model that reads a pair; a Hugging Face directory), room (is there memory for it?),
pairs and witness (the worker processes that ask all this).

Imported in worker processes only (importing torch costs about a second, and no
screen should wait for it). All log-probabilities are natural: nats.
"""
