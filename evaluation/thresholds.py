"""What the figures in config.yml cost and bring, by 5-fold cross-validation.

    .venv-bot/bin/python -m evaluation.thresholds

Only training data is looked at. `lead`: what is added to the margin of out_of_scope
(`background_lead`). `declined`: in scope, taken for out of scope. `asked`: in scope, asked back.
`wrong`: in scope, answered under a wrong topic. `false`: out of scope, answered under a topic of
ours. All in per cent.
"""

from __future__ import annotations

import sys
from itertools import product
from typing import NamedTuple

import numpy as np
from sklearn.model_selection import StratifiedKFold

from bot.components.linear_model import LinearModel
from bot.components.word_vectors import WordVectors
from evaluation.corpus import Cutter, training_examples

OUT, ASKED = "out_of_scope", "asked back"
LEADS = (0.0, 0.1, 0.15, 0.2)
THRESHOLDS = (0.3, 0.4, 0.5)
MARGINS = (0.0, 0.1, 0.2)


Ranking = list[tuple[str, float]]


class Guess(NamedTuple):
    """The truth, and the ranking by a model that has not seen the example, for each lead."""

    truth: str
    rankings: dict[float, Ranking]


def guesses() -> list[Guess]:
    """Return a guess for every training example."""
    cut, vectors = Cutter(), WordVectors.from_ginza()
    pairs = training_examples()
    sentences = [cut(text) for text, _ in pairs]
    truths = np.array([intent for _, intent in pairs])
    found = []
    for seen, unseen in StratifiedKFold(5, shuffle=True, random_state=0).split(sentences, truths):
        model = LinearModel.fit([sentences[i] for i in seen], list(truths[seen]), vectors, 0.5)
        rankings: dict[int, dict[float, Ranking]] = {place: {} for place in unseen}
        for before, lead in zip((0.0, *LEADS), LEADS, strict=False):
            model.favour(OUT, lead - before)
            for place in unseen:
                rankings[place][lead] = model.rank(sentences[place])[:2]
        found += [Guess(str(truths[place]), rankings[place]) for place in unseen]
    return found


def row(all_guesses: list[Guess], lead: float, threshold: float, margin: float) -> list[float]:
    """Return declined, asked, wrong and false in per cent."""

    def decided(guess: Guess) -> str:
        (intent, first), (_, second) = guess.rankings[lead]
        return intent if first >= threshold and first - second >= margin else ASKED

    inside = [(guess.truth, decided(guess)) for guess in all_guesses if guess.truth != OUT]
    outside = [decided(guess) for guess in all_guesses if guess.truth == OUT]
    shares = (
        np.mean([heard == OUT for _, heard in inside]),
        np.mean([heard == ASKED for _, heard in inside]),
        np.mean([heard not in {truth, OUT, ASKED} for truth, heard in inside]),
        np.mean([heard not in {OUT, ASKED} for heard in outside]),
    )
    return [100 * float(share) for share in shares]


def main() -> None:
    """Print a table."""
    all_guesses = guesses()
    sys.stdout.write("lead threshold margin  declined  asked  wrong  false\n")
    for lead, threshold, margin in product(LEADS, THRESHOLDS, MARGINS):
        figures = "".join(f"{each:7.1f}" for each in row(all_guesses, lead, threshold, margin))
        sys.stdout.write(f"{lead:4.2f} {threshold:9.2f} {margin:6.2f}   {figures}\n")


if __name__ == "__main__":
    main()
