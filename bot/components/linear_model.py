"""One-against-rest linear SVMs with calibrated probabilities, kept as arrays and JSON.

Why linear: on MASSIVE ja-JP test it beats DIET (86.4 % to 80.7 %) and trains in seconds
(docs/decisions/0002-linear-intent-classifier.md). Why arrays: pickles run code.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import List, Sequence, Tuple

import numpy as np
from joblib import Parallel, delayed
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.components.features import Featurizer
from bot.components.hearing import Sentence
from bot.components.word_vectors import WordVectors

_ARRAYS, _NAMES = "arrays.npz", "labels.json"
_SEED = 20261123
# Finer changes no answer and costs half the time again.
_TOLERANCE = 1e-2


def _train(
    features: csr_matrix, targets: np.ndarray, classes: int, regularization: float
) -> Tuple[np.ndarray, np.ndarray]:
    """Return weights (features x classes) and offsets (classes)."""
    svm = LinearSVC(C=regularization, random_state=_SEED, max_iter=3000, tol=_TOLERANCE)
    svm.fit(features, targets)
    # Half precision changes no ranking and halves the model in memory and on disk.
    weights, offsets = svm.coef_.T.astype(np.float16), svm.intercept_.astype(np.float32)
    if classes == 2:  # scikit-learn keeps one column for two classes
        return np.hstack([-weights, weights]), np.hstack([-offsets, offsets])
    return weights, offsets


def _split(targets: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """Return the places of two thirds of the sentences and of the last third, or two empty ones."""
    folds = int(min(3, np.bincount(targets).min()))
    if folds < 2:
        return np.array([], dtype=int), np.array([], dtype=int)
    splitter = StratifiedKFold(n_splits=folds, shuffle=True, random_state=_SEED)
    seen, unseen = next(splitter.split(targets, targets))
    return seen, unseen


def _sharpness(margins: np.ndarray, truth: np.ndarray) -> float:
    """Return the factor on the margins that makes probabilities honest.

    Temperature scaling (Guo et al. 2017, https://arxiv.org/abs/1706.04599) on margins of a third
    of the sentences, by a model that has not seen them: one number needs no more folds.
    """

    def surprise(factor: float) -> float:
        return -float(log_softmax(factor * margins, axis=1)[np.arange(len(truth)), truth].mean())

    return float(minimize_scalar(surprise, bounds=(0.1, 50), method="bounded").x)


class LinearModel:
    """Intent names, features and the weights between them."""

    def __init__(
        self,
        labels: List[str],
        featurizer: Featurizer,
        weights: np.ndarray,
        offsets: np.ndarray,
        sharpness: float,
    ) -> None:
        self.labels, self.featurizer = labels, featurizer
        self.weights, self.offsets, self.sharpness = weights, offsets, sharpness

    @classmethod
    def fit(
        cls,
        sentences: Sequence[Sentence],
        intents: Sequence[str],
        vectors: WordVectors,
        regularization: float,
    ) -> LinearModel:
        """Train on `sentences` with the intent of each."""
        labels = sorted(set(intents))
        targets = np.array([labels.index(intent) for intent in intents])
        featurizer = Featurizer.fit(sentences, vectors)
        features = featurizer.transform(sentences)
        seen, unseen = _split(targets)
        jobs = [(features, targets), *([(features[seen], targets[seen])] if len(seen) else [])]
        # One core each: the model, and the one whose margins on the rest say how sure to be.
        (weights, offsets), *others = Parallel(n_jobs=2)(
            delayed(_train)(*job, len(labels), regularization) for job in jobs
        )
        sharpness = 1.0
        for other, shift in others:
            margins = features[unseen] @ other.astype(np.float32) + shift
            sharpness = _sharpness(margins, targets[unseen])
        return cls(labels, featurizer, weights, offsets, sharpness)

    def favour(self, label: str, lead: float) -> None:
        """Add `lead` to the margin of `label`; a label that is not there changes nothing."""
        if label in self.labels:
            self.offsets[self.labels.index(label)] += lead

    def rank(self, sentence: Sentence) -> List[Tuple[str, float]]:
        """Return (intent, probability), the likeliest first; the probabilities sum to 1."""
        margins = self.featurizer.product(sentence, self.weights) + self.offsets
        probabilities = softmax(self.sharpness * margins)
        order = np.argsort(-probabilities)
        return [(self.labels[place], float(probabilities[place])) for place in order]

    def save(self, directory: Path) -> None:
        """Write arrays and names into `directory`."""
        arrays = {**self.featurizer.arrays(), "weights": self.weights, "offsets": self.offsets}
        # Compressed here at once: Rasa packs the model at gzip's slowest level.
        np.savez_compressed(directory / _ARRAYS, sharpness=self.sharpness, **arrays)
        (directory / _NAMES).write_text(json.dumps(self.labels), encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> LinearModel:
        """Read what `save` wrote. Nothing is unpickled."""
        labels = json.loads((directory / _NAMES).read_text(encoding="utf-8"))
        with np.load(directory / _ARRAYS, allow_pickle=False) as stored:
            arrays = dict(stored)
        featurizer = Featurizer.restore(arrays)
        sharpness = float(arrays["sharpness"])
        return cls(labels, featurizer, arrays["weights"], arrays["offsets"], sharpness)
