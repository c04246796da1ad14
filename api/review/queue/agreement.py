"""How far two reviewers agree: Cohen's kappa. Pure.

J. Cohen, A coefficient of agreement for nominal scales, 1960.
"""

from collections import Counter
from collections.abc import Sequence


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa, 1 for full agreement, 0 for chance; None without pairs."""
    if not pairs:
        return None
    total = len(pairs)
    agreed = sum(first == second for first, second in pairs) / total
    firsts, seconds = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(firsts[label] * seconds[label] for label in firsts) / total**2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)
