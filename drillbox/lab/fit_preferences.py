"""The run `fit-preferences`: rewards from choices, and when there are none."""

from collections.abc import Mapping, Sequence

from drillbox.lab.chart import Chart, Series
from drillbox.lab.general import (
    WAYS,
    Happened,
    Question,
    Record,
    Run,
    Setting,
    of_type,
    way,
)
from drillbox.words import N_, _

EQUAL = 1e-6  # nats, of two rewards that are the same
FLAT = 1e-6  # nats, of a log-likelihood

TEXT = N_(
    """\
Bradley and Terry give each answer one reward, and say that A is preferred to B
with probability σ(r_A − r_B). The rewards are fitted, by greatest likelihood,
to tables of choices:

1. drawn: four answers whose rewards are known; every two of them compared
   200 times.
2. cycle: A is preferred to B, B to C and C to A, each in 8 of 10 comparisons.
3. unbeaten: the first table, but nobody was ever preferred to A.
4. own: your choices, if you give them. --set choices=AB,BC says that you
   prefer A to B and B to C; --set choices=ask asks you about six sentences.

The residual of two answers is the share of comparisons that the first one won,
less the share that the fit gives it.\
"""
)

EQUALS = (N_("all equal"), N_("A has the highest"), N_("not finite"))
FINITE = (N_("finite"), N_("not finite"))

TABLES = (N_("drawn"), N_("cycle"), N_("unbeaten"), N_("own"))  # of the records
SENTENCES = (
    N_("The film was great."),
    N_("The film was great, and I would see it again."),
    N_("I liked the film."),
    N_("It was a film."),
    N_("The film was long, but good in parts."),
    N_("Whoever made this film should be proud."),
)


def happened(records: Sequence[Record]) -> Mapping[str, Happened]:
    """What the records say of each question."""
    fits = {one["table"]: one for one in of_type(records, "fit")}
    (shift,) = of_type(records, "shift")
    refused = {one["table"]: one for one in of_type(records, "refused")}
    return {
        "cycle": _cycle(fits["cycle"]),
        "residual": _residual(fits["cycle"]),
        "shift": _shift(shift),
        "unbeaten": _unbeaten(refused["unbeaten"]),
    }


def _cycle(fit: Record) -> Happened:
    rewards = fit["rewards"]
    apart = max(rewards) - min(rewards)
    return Happened(
        EQUALS[0] if apart < EQUAL else EQUALS[1],
        " ".join(f"{reward:.3f}" for reward in rewards),
        _(
            "each answer won as often as it lost, and at the best fit the wins "
            "expected are the wins observed; that holds where all are equal"
        ),
    )


def _residual(fit: Record) -> Happened:
    residual = fit["largest_residual"]
    return Happened(
        residual,
        f"{residual:.3f}",
        _(
            "equal rewards say ½ for every two, whatever the cycle's share is; "
            "what one number for each answer cannot say is left over"
        ),
    )


def _shift(shift: Record) -> Happened:
    change = shift["likelihood_shifted"] - shift["likelihood"]
    return Happened(
        way(change, FLAT),
        _("{likelihood:.3f} → {likelihood_shifted:.3f} nats").format_map(shift),
        _("only differences of rewards come in, and what is added to all drops out"),
    )


def _unbeaten(refused: Record) -> Happened:
    return Happened(FINITE[1], _("refused"), why(refused))


def why(refused: Record) -> str:
    """Why a table has no finite fit."""
    low, high = refused["low"], refused["high"]
    if not refused["compared"]:
        said = _(
            "{high} and {low} were never compared with each other, so nothing fixes "
            "the difference of their rewards"
        )
    elif len(low) == 1:
        said = _(
            "{low} was never preferred to {some}, so the likelihood grows without end "
            "as the reward of {high} grows"
        )
    else:
        said = _(
            "none of {low} was ever preferred to {some}, so the likelihood grows "
            "without end as the reward of {high} grows"
        )
    some = high[0] if len(high) == 1 else _("one of {names}").format(names=listed(high))
    return said.format(low=listed(low), high=listed(high), some=some)


def listed(names: Sequence[str]) -> str:
    """A, B and C."""
    *others, last = names
    said = _("{names} and {last}")
    return said.format(names=", ".join(others), last=last) if others else last


def line(record: Record) -> str:
    """A record as a line of text."""
    if record["type"] in ("truth", "fit"):
        rewards = " ".join(f"{reward:+.3f}" for reward in record["rewards"])
        said = _("{table:8}  fitted rewards {rewards}")
        if record["type"] == "truth":
            said = _("{table:8}  known  rewards {rewards}")
        return said.format(table=_(record["table"]), rewards=rewards)
    if record["type"] == "cell":
        return _(
            "{table:8}  {first} over {second}: {share:.3f} of {games}, fitted "
            "{fitted:.3f}, residual {residual:+.3f}"
        ).format_map(record | {"table": _(record["table"])})
    if record["type"] == "refused":
        return _("{table:8}  no finite fit: {why}").format(
            table=_(record["table"]), why=why(record)
        )
    return ""


def chart(records: Sequence[Record]) -> Chart:
    """Observed over fitted shares, a dot for every two answers."""
    cells = of_type(records, "cell")
    tables = dict.fromkeys(cell["table"] for cell in cells)
    series = [
        Series(
            _(name),
            tuple(
                (cell["fitted"], cell["share"])
                for cell in cells
                if cell["table"] == name
            ),
            dots=True,
        )
        for name in tables
    ]
    title = _("How often the first was preferred")
    return Chart(title, _("by the fit"), _("observed"), tuple(series))


FIT_PREFERENCES = Run(
    id="fit-preferences",
    title=N_("Rewards from choices"),
    drop=2,
    text=TEXT,
    settings=(
        Setting("games", 200, N_("comparisons of every two answers"), 1, 100_000),
        Setting("cycle", 0.8, N_("the share that each of the cycle wins"), 0.5, 1.0),
        Setting("choices", "", N_("your own: AB,BC,… or ask")),
    ),
    questions=(
        Question("cycle", N_("The cycle: the fitted rewards are"), EQUALS),
        Question(
            "residual",
            N_(
                "The cycle: A was preferred to B in 8 of 10 (or what you set). How "
                "far is the fitted share from the observed one?"
            ),
            within=0.02,
        ),
        Question(
            "shift",
            N_("3 is added to all fitted rewards: the likelihood goes"),
            WAYS,
        ),
        Question(
            "unbeaten", N_("Nobody was ever preferred to A. Its reward is"), FINITE
        ),
    ),
    worker="drillbox.reference.worlds_preferences",
    seconds=1.0,
    shows=(
        N_("A fit gives each answer one number, and only differences of them count."),
        N_(
            "A cycle has no such numbers: the fit makes them equal, and what "
            "it cannot say stays as a residual."
        ),
        N_(
            "Where nobody of a group was ever preferred to the others, no "
            "finite rewards are best, and the fit is refused."
        ),
    ),
    happened=happened,
    line=line,
    chart=chart,
    compared=SENTENCES,
)
