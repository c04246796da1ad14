"""What a listener's guesses are worth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from sklearn.metrics import f1_score, precision_recall_fscore_support, roc_auc_score

from evaluation.held_out import OUT, Row

FALLBACK = "nlu_fallback"
# Internal intents that are asked back and so answer nothing wrongly.
ASKED_BACK = (FALLBACK, "circumstance", "which_")


class Guess(NamedTuple):
    """A message, the intent that was decided on, and the ranking behind it."""

    row: Row
    decided: str
    ranking: tuple[tuple[str, float], ...]

    @property
    def topic(self) -> str:
        """The likeliest intent, whether it was sure enough or not."""
        return self.ranking[0][0]

    @property
    def right(self) -> bool:
        """Whether the likeliest intent is the topic or counts as it."""
        return self.row.credited(self.topic) == self.topic

    @property
    def asked_back(self) -> bool:
        """Whether the person is asked instead of answered."""
        return self.decided.startswith(ASKED_BACK)

    @property
    def oursness(self) -> float:
        """Probability of the likeliest intent that is about the service."""
        return max((p for name, p in self.ranking if name not in {OUT, FALLBACK}), default=0.0)


def _rate(values: Sequence[bool]) -> float:
    return round(float(np.mean(values)), 4) if len(values) else 0.0


def summary(guesses: Sequence[Guess]) -> dict[str, float]:
    """Return the figures of one listener, shares between 0 and 1."""
    truth = [guess.row.credited(guess.topic) for guess in guesses]
    heard = [guess.topic for guess in guesses]
    ours = [guess for guess in guesses if guess.row.ours]
    others = [guess for guess in guesses if not guess.row.ours]
    topics = sorted({guess.row.topic for guess in guesses})
    return {
        "accuracy": _rate([guess.right for guess in guesses]),
        "macro_f1": round(float(f1_score(truth, heard, labels=topics, average="macro")), 4),
        "asked_back": _rate([guess.asked_back for guess in ours]),
        "answered_wrongly": _rate([_wrong(guess) for guess in ours]),
        "declined_ours": _rate([guess.decided == OUT for guess in ours]),
        "false_answers": _rate([_falsely(guess) for guess in others]),
    }


def _wrong(guess: Guess) -> bool:
    return not guess.asked_back and guess.row.credited(guess.decided) != guess.decided


def _falsely(guess: Guess) -> bool:
    return not guess.asked_back and guess.decided not in {OUT, *guess.row.also}


def by_intent(guesses: Sequence[Guess]) -> list[dict[str, Any]]:
    """Return precision, recall and F1 of each topic, the weakest first."""
    truth = [guess.row.credited(guess.topic) for guess in guesses]
    heard = [guess.topic for guess in guesses]
    topics = sorted({guess.row.topic for guess in guesses})
    table = precision_recall_fscore_support(truth, heard, labels=topics, zero_division=0)
    found = [
        {
            "intent": topic,
            "precision": round(float(precision), 3),
            "recall": round(float(recall), 3),
            "f1": round(float(f1), 3),
            "messages": int(count),
        }
        for topic, precision, recall, f1, count in zip(topics, *table, strict=True)
    ]
    return sorted(found, key=lambda each: each["f1"])


def by_style(guesses: Sequence[Guess]) -> list[dict[str, Any]]:
    """Return accuracy in each style, the weakest first."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for guess in guesses:
        groups[guess.row.style].append(guess.right)
    found = [
        {"style": style, "accuracy": _rate(right), "messages": len(right)}
        for style, right in groups.items()
    ]
    return sorted(found, key=lambda each: each["accuracy"])


def confusions(guesses: Sequence[Guess]) -> list[dict[str, Any]]:
    """Return what is taken for what, the most frequent first."""
    pairs = Counter((guess.row.topic, guess.topic) for guess in guesses if not guess.right)
    return [
        {"topic": topic, "heard": heard, "times": times}
        for (topic, heard), times in sorted(pairs.items(), key=lambda each: (-each[1], each[0]))
    ]


def rejection(guesses: Sequence[Guess]) -> dict[str, Any]:
    """Return how well a score tells ours from others': AUROC, and what 95 % of ours leaves out.

    `score`: the probability of the likeliest intent about the service. `stock`: what Rasa's
    FallbackClassifier looks at, the probability of the likeliest intent whatever it is.
    """
    ours = [guess.row.ours for guess in guesses]
    scores = {
        "score": [guess.oursness for guess in guesses],
        "stock": [guess.ranking[0][1] for guess in guesses],
    }
    return {name: _separation(ours, values) for name, values in scores.items()}


def _separation(ours: list[bool], values: list[float]) -> dict[str, float]:
    kept = float(np.quantile([v for v, mine in zip(values, ours, strict=True) if mine], 0.05))
    others = [v for v, mine in zip(values, ours, strict=True) if not mine]
    return {
        "auroc": round(float(roc_auc_score(ours, values)), 4),
        "rejected_at_95": _rate([value < kept for value in others]),
    }


def curve(guesses: Sequence[Guess]) -> list[dict[str, float]]:
    """Return, for each threshold on `oursness`, ours turned away and others' let through."""
    ours = np.array([guess.oursness for guess in guesses if guess.row.ours])
    others = np.array([guess.oursness for guess in guesses if not guess.row.ours])
    return [
        {
            "threshold": round(float(threshold), 2),
            "ours_turned_away": _rate(list(ours < threshold)),
            "others_let_through": _rate(list(others >= threshold)),
        }
        for threshold in np.arange(0.05, 0.96, 0.05)
    ]
