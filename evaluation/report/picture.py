"""The confusions as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib import pyplot

matplotlib.use("Agg")


def draw(topics: Sequence[str], confusions: Sequence[dict[str, Any]], target: Path) -> None:
    """Write to `target` a square of topics by what was heard; only mistakes are coloured."""
    places = {topic: place for place, topic in enumerate(topics)}
    grid = np.zeros((len(topics), len(topics)))
    for each in confusions:
        if each["topic"] in places and each["heard"] in places:
            grid[places[each["topic"]], places[each["heard"]]] = each["times"]
    figure, axes = pyplot.subplots(figsize=(13, 12))
    image = axes.imshow(grid, cmap="Blues")
    axes.set_xticks(range(len(topics)), topics, rotation=90, fontsize=7)
    axes.set_yticks(range(len(topics)), topics, fontsize=7)
    axes.set_xlabel("heard")
    axes.set_ylabel("topic")
    axes.set_title("Held-out messages: what is taken for what (right ones left out)")
    figure.colorbar(image, label="messages", shrink=0.6)
    figure.tight_layout()
    figure.savefig(target, dpi=90)
    pyplot.close(figure)
