"""The table that staff open in Excel: everything as the pages write it. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from api.review.naming import Naming
from api.review.pages import there

# The titles of the columns stand under these names in staff.yml.
COLUMNS = ("receipt", "conversation", "received_at", "channel", "text", "topic", "confidence",
           "outcome", "verdict", "right_topic", "tags")  # fmt: skip


def as_table(rows: Iterable[Mapping[str, Any]], names: Naming) -> Iterator[tuple[Any, ...]]:
    """Yield rows in the order of COLUMNS; conversations are counted, their ids say nothing."""
    places: dict[str, int] = {}
    for row in rows:
        place = places.setdefault(row["conversation"], len(places) + 1)
        sure = row["confidence"]
        yield (
            row["receipt"],
            place,
            there(row["received_at"]),
            names.word("channel", row["channel"]),
            row["text"],
            names.topic(row["intent"]),
            "" if sure is None else f"{sure * 100:.0f}%",
            names.word("outcome", row["outcome"]),
            names.word("verdict", row["verdict"]),
            names.topic(row["right_topic"]),
            # As the field on the page takes them.
            " ".join(row["tags"]),
        )
