"""Uniform draws from the BLAKE2b stream of a seed, alike in every process for ever.

Never `random`: what its methods give for a seed may change between Python versions.
"""

from hashlib import blake2b


class Stream:
    """The draws of one seed (0 ≤ seed < 2**64).

    purpose: at most 16 bytes; streams of one seed with different ones are independent.
    """

    def __init__(self, seed: int, purpose: str) -> None:
        self._key = seed.to_bytes(8, "big")
        self._purpose = purpose.encode()
        self._count = 0

    def word(self) -> int:
        """The next 64 bits."""
        counter = self._count.to_bytes(8, "big")
        self._count += 1
        digest = blake2b(counter, digest_size=8, key=self._key, person=self._purpose)
        return int.from_bytes(digest.digest(), "big")

    def below(self, bound: int) -> int:
        """A whole number from 0 to bound − 1, each exactly as likely (bound ≥ 1)."""
        words = 1 + (bound.bit_length() - 1) // 64
        size = 1 << (64 * words)
        while True:
            drawn = 0
            for _ in range(words):
                drawn = drawn << 64 | self.word()
            if drawn < size - size % bound:
                return drawn % bound

    def between(self, low: float, high: float) -> float:
        """A number from low to high, 53 bits fine."""
        return low + (high - low) * ((self.word() >> 11) / (1 << 53))

    def shuffled(self, count: int) -> tuple[int, ...]:
        """0 … count − 1 in an order drawn by Fisher and Yates's method."""
        order = list(range(count))
        for last in range(count - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return tuple(order)
