"""A measured value beside its bound, in words."""

MISSED = 3  # exit code; a traceback's is 1


def held(name: str, value: float, bound: float, unit: str = "×") -> bool:
    """Print the value next to its bound; False, and said loudly, if it is over."""
    told = f"{name}: {value:.3g} {unit}, bound {bound:g} {unit}"
    if value <= bound:
        print(f"  holds   {told}", flush=True)
        return True
    print(
        f"  MISSED  {told}; it is {value / bound:.2f} times what it may be", flush=True
    )
    return False


def code(*holds: bool) -> int:
    """The exit code of a bench: 0 if every bound holds, else MISSED."""
    return 0 if all(holds) else MISSED
