"""The worker of the run fit-preferences: Bradley–Terry on four tables of choices.

    fit      the rewards of a table, its log-likelihood, the largest residual
    cell     two answers: how often the first was preferred, and how often by the fit
    refused  a table without a finite fit, and why it has none, as `reason` says
    shift    the log-likelihood of the cycle before and after adding to all its rewards

The tables: `drawn` by Bradley and Terry from known rewards; a `cycle`; one answer
`unbeaten`; the learner's `own` choices, if there are any. Rewards and likelihoods in
nats.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from drillbox.reference.preferences import bt_fit, strongly_connected
from drillbox.reference.worlds import Record, Request, WorldError, header, serve
from drillbox.words import _

Wins = NDArray[np.int64]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ANSWERS = 4  # of the drawn table
SHIFT = 3.0


def records(request: Request) -> Iterator[Record]:
    """Every record but the last."""
    asked = request["settings"]
    own = choices(asked["choices"])  # before the header: it may be refused
    yield header(request)
    draw = torch.Generator().manual_seed(request["seed"])
    rewards = torch.randn(ANSWERS, generator=draw, dtype=torch.float64)
    rewards -= rewards.mean()
    drawn = table(rewards, asked["games"], draw)
    yield {"type": "truth", "table": "drawn", "rewards": rewards.tolist()}
    yield from fitted("drawn", LETTERS[:ANSWERS], drawn)
    circle = cycle(asked["games"], asked["cycle"])
    yield from fitted("cycle", "ABC", circle)
    yield shifted(circle)
    drawn[1:, 0] = 0
    yield from fitted("unbeaten", LETTERS[:ANSWERS], drawn)
    if own is not None:
        yield from fitted("own", *own)


def choices(text: str) -> tuple[str, Wins] | None:
    """The letters and the table of "AB,BC,…", preferred first; None for no choice."""
    pairs = text.replace(",", " ").upper().split()
    for pair in pairs:
        if len(pair) != 2 or pair[0] == pair[1] or not set(pair) <= set(LETTERS):
            said = _(
                "choices: {pair} is no choice; write two letters, the preferred one "
                "first, such as {example}"
            )
            raise WorldError(said.format(pair=repr(pair), example="AB"))
    if not pairs:
        return None
    names = "".join(sorted(set("".join(pairs))))
    wins = np.zeros((len(names), len(names)), dtype=np.int64)
    for pair in pairs:
        wins[names.index(pair[0]), names.index(pair[1])] += 1
    return names, wins


def table(rewards: torch.Tensor, games: int, draw: torch.Generator) -> Wins:
    """Every two answers compared `games` times, by P(i ≻ j) = σ(r_i − r_j)."""
    wins = np.zeros((len(rewards), len(rewards)), dtype=np.int64)
    for i in range(len(rewards)):
        for j in range(i + 1, len(rewards)):
            chance = torch.sigmoid(rewards[i] - rewards[j])
            tries = torch.rand(games, generator=draw, dtype=torch.float64)
            wins[i, j] = int((tries < chance).sum())
            wins[j, i] = games - wins[i, j]
    return wins


def cycle(games: int, share: float) -> Wins:
    """A ≻ B, B ≻ C, C ≻ A, each in this share of the games."""
    won = round(share * games)
    lost = games - won
    return np.array([[0, won, lost], [lost, 0, won], [won, lost, 0]], dtype=np.int64)


def fitted(name: str, letters: str, wins: Wins) -> Iterator[Record]:
    """The fit with its cells, or why there is none."""
    if not strongly_connected(wins > 0):
        yield {"type": "refused", "table": name, **reason(letters, wins)}
        return
    theta = bt_fit(wins)
    cells = list(compared(name, letters, wins, theta))
    yield {
        "type": "fit",
        "table": name,
        "letters": letters,
        "rewards": theta.tolist(),
        "likelihood": likelihood(wins, theta),
        "largest_residual": max(abs(cell["residual"]) for cell in cells),
    }
    yield from cells


def compared(
    name: str, letters: str, wins: Wins, theta: NDArray[np.float64]
) -> Iterator[Record]:
    """Every two answers that were compared."""
    for i in range(len(letters)):
        for j in range(i + 1, len(letters)):
            games = int(wins[i, j] + wins[j, i])
            if games:
                share = float(wins[i, j]) / games
                fit = float(np.exp(-np.logaddexp(0.0, theta[j] - theta[i])))
                yield {
                    "type": "cell",
                    "table": name,
                    "first": letters[i],
                    "second": letters[j],
                    "games": games,
                    "share": share,
                    "fitted": fit,
                    "residual": share - fit,
                }


def likelihood(wins: Wins, theta: NDArray[np.float64]) -> float:
    """Σ wins_ij log σ(θ_i − θ_j), nats."""
    return -float((wins * np.logaddexp(0.0, theta - theta[:, None])).sum())


def shifted(wins: Wins) -> Record:
    """What adding to all rewards does to the likelihood."""
    theta = bt_fit(wins)
    return {
        "type": "shift",
        "by": SHIFT,
        "likelihood": likelihood(wins, theta),
        "likelihood_shifted": likelihood(wins, theta + SHIFT),
    }


def reason(letters: str, wins: Wins) -> dict[str, Any]:
    """Why the table has no finite fit (Ford 1957): the smallest group, `low`, of which
    none was preferred to one of the others, `high`; compared: with them at all."""
    groups = [reached(wins, start) for start in range(len(letters))]
    below = max((group for group in groups if not group.all()), key=lambda g: g.sum())
    low = [name for name, there in zip(letters, below, strict=True) if there]
    high = [name for name, there in zip(letters, below, strict=True) if not there]
    met = bool(wins[~below][:, below].any())
    return {"compared": met, "low": low, "high": high}


def reached(wins: Wins, start: int) -> NDArray[np.bool_]:
    """Who `start` was preferred to, they were preferred to, and so on; itself too."""
    seen: NDArray[np.bool_] = np.arange(len(wins)) == start
    for _round in range(len(wins)):
        seen = seen | (wins[seen] > 0).any(axis=0)
    return seen


if __name__ == "__main__":
    serve(records)
