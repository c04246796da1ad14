"""What FallbackClassifier's two figures cost and bring, by 5-fold cross-validation.

    .venv-bot/bin/python -m evaluation.thresholds

Only training data is looked at. `asked`: in scope, asked back. `wrong`: in scope, answered under
a wrong topic. `false`: out of scope, answered under a topic of ours. All in per cent.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

import numpy as np
from sklearn.model_selection import StratifiedKFold

from bot.components.linear_model import LinearModel
from bot.components.word_vectors import WordVectors
from evaluation.corpus import Cutter, training_examples

OUT = "out_of_scope"
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6)
MARGINS = (0.0, 0.05, 0.1, 0.2)


class Guess(NamedTuple):
    """The truth, the likeliest intent, its probability and its lead over the second."""

    truth: str
    intent: str
    probability: float
    margin: float


def guesses() -> list[Guess]:
    """Return a guess for every training example, by a model that has not seen it."""
    cut, vectors = Cutter(), WordVectors.from_ginza()
    pairs = training_examples()
    sentences = [cut(text) for text, _ in pairs]
    truths = np.array([intent for _, intent in pairs])
    found = []
    for seen, unseen in StratifiedKFold(5, shuffle=True, random_state=0).split(sentences, truths):
        model = LinearModel.fit([sentences[i] for i in seen], list(truths[seen]), vectors, 0.5)
        for place in unseen:
            (intent, first), (_, second) = model.rank(sentences[place])[:2]
            found.append(Guess(str(truths[place]), intent, first, first - second))
    return found


def main() -> None:
    """Print a table."""
    all_guesses = guesses()
    inside = [guess for guess in all_guesses if guess.truth != OUT]
    outside = [guess for guess in all_guesses if guess.truth == OUT]
    right = sum(guess.truth == guess.intent for guess in all_guesses) / len(all_guesses)
    sys.stdout.write(f"accuracy {right:.3f}, {len(all_guesses)} examples\n")
    sys.stdout.write("threshold margin  asked  wrong  false\n")
    for threshold in THRESHOLDS:
        for margin in MARGINS:

            def sure(guess: Guess, t: float = threshold, m: float = margin) -> bool:
                return guess.probability >= t and guess.margin >= m

            asked = np.mean([not sure(guess) for guess in inside])
            wrong = np.mean([sure(guess) and guess.intent != guess.truth for guess in inside])
            false = np.mean([sure(guess) and guess.intent != OUT for guess in outside])
            row = (100 * float(rate) for rate in (asked, wrong, false))
            figures = "".join(f"{figure:7.1f}" for figure in row)
            sys.stdout.write(f"{threshold:9.2f} {margin:6.2f}{figures}\n")


if __name__ == "__main__":
    main()
