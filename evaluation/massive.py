"""Accuracy and macro-F1 of the bot's intent classifier on MASSIVE ja-JP.

    .venv-bot/bin/python -m evaluation.massive --train train.jsonl --test dev.jsonl

Each line of the files is an object with `text` and `intent`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

if __package__ in {None, ""}:  # called as a file
    sys.path.insert(0, str(Path(__file__).parents[1]))

from sklearn.metrics import f1_score

from bot.components.linear_model import LinearModel
from bot.components.word_vectors import WordVectors
from evaluation.corpus import Cutter, json_lines

REGULARIZATION = 0.5


def main() -> None:
    """Train, test, print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--test", type=Path, required=True)
    files = parser.parse_args()
    cut, vectors = Cutter(), WordVectors.from_ginza()
    train, test = json_lines(files.train), json_lines(files.test)
    began = time.monotonic()
    model = LinearModel.fit(
        [cut(text) for text, _ in train], [intent for _, intent in train], vectors, REGULARIZATION
    )
    trained = time.monotonic() - began
    guesses = [model.rank(cut(text))[0][0] for text, _ in test]
    truth = [intent for _, intent in test]
    right = sum(guess == intent for guess, intent in zip(guesses, truth, strict=True))
    result = {
        "accuracy": round(right / len(truth), 4),
        "macro_f1": round(float(f1_score(truth, guesses, average="macro")), 4),
        "training_seconds": round(trained, 1),
        "train": len(train),
        "test": len(test),
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
