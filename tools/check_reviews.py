"""Warn of answers and sources that somebody should look at again; never fails.

An overdue answer keeps being given, with softer words (api/chat/rendering.py).
"""

import sys
from collections.abc import Iterator
from datetime import date, timedelta

from api.content.catalogue import Catalogue, load_catalogue

# After so long, a page that nobody has looked at counts as unwatched.
LIVE_LOOK = timedelta(days=90)


def warnings(catalogue: Catalogue, today: date) -> Iterator[str]:
    """Yield one sentence for each thing that is due."""
    for answer in catalogue.answers.values():
        if answer.entry.source and answer.entry.review_by < today:
            yield f"data/answers: {answer.id} was to be reviewed by {answer.entry.review_by}"
    for name, source in catalogue.sources.items():
        looked = source.verified_live_on
        if looked is None or today - looked > LIVE_LOOK:
            yield f"data/sources.yml: {name} was looked at live: {looked or 'never'}"


def main() -> int:
    """Print the warnings to standard error; always 0."""
    found = list(warnings(load_catalogue(), date.today()))
    for line in found:
        print(f"warning: {line}", file=sys.stderr)
    print(f"{len(found)} warnings; an overdue answer is softened, not silenced.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
