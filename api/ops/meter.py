"""What this process counts and times. Labels come from closed sets: no text, no ids."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

# The promise is two seconds, Rasa's time-out eight, a worker's patience forty.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 40, 120)
_NO_TOPIC, _UNKNOWN_TOPIC = "none", "other"


class Meter:
    """Counters that begin at zero with the process; Prometheus adds processes up."""

    def __init__(self, topics: Iterable[str] = ()) -> None:
        """`topics` are all there are; any other is counted as `other`."""
        # When a counter began is a second series beside each, and nobody asks for it.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self._topics = frozenset(topics)
        ProcessCollector(registry=self.registry)
        self._turns = self._counter(
            "turns", "Messages brought to their outcome, by the first topic", "outcome", "topic"
        )
        self._deliveries = self._counter(
            "deliveries", "Answers a channel took; way `push` is LINE's, which costs", "way"
        )
        self._doubtful = self._counter("deliveries_doubtful", "Answers perhaps seen twice")
        self._failures = self._counter("delivery_failures", "Tries to deliver that failed")
        self._engine_failures = Counter(
            "helpbot_engine_failures", "Questions Rasa did not answer", registry=self.registry
        )
        self._masked = Counter(
            "helpbot_masked",
            "Texts in which something of this kind was masked",
            ["kind"],
            registry=self.registry,
        )
        self._steps = self._histogram(
            "step", "Time in one step: inbox, engine, writing, delivery", "step"
        )
        self._answers = self._histogram("answer", "Time from a message's arrival to its outcome")

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"helpbot_{name}", what, ["channel", *labels], registry=self.registry)

    def _histogram(self, name: str, what: str, *labels: str) -> Histogram:
        return Histogram(
            f"helpbot_{name}_seconds",
            what,
            ["channel", *labels],
            buckets=_SECONDS,
            registry=self.registry,
        )

    def turn(self, channel: str, outcome: str, topics: Iterable[str] = ()) -> None:
        """Count a message that has its outcome; `topics` are those of the replies."""
        first = next(iter(topics), _NO_TOPIC)
        known = first == _NO_TOPIC or first in self._topics
        self._turns.labels(channel, outcome, first if known else _UNKNOWN_TOPIC).inc()

    def took(self, channel: str, steps: Mapping[str, timedelta]) -> None:
        """Note how long the steps of a turn took, and all together."""
        for step, span in steps.items():
            self._steps.labels(channel, step).observe(_seconds(span))
        self._answers.labels(channel).observe(_seconds(sum(steps.values(), timedelta(0))))

    def delivered(self, channel: str, way: str, span: timedelta, *, doubtful: bool) -> None:
        """Count an answer that went out `span` after it was written."""
        self._deliveries.labels(channel, way).inc()
        self._steps.labels(channel, "delivery").observe(_seconds(span))
        if doubtful:
            self._doubtful.labels(channel).inc()

    def delivery_failed(self, channel: str) -> None:
        """Count a try to deliver that failed."""
        self._failures.labels(channel).inc()

    def engine_failed(self) -> None:
        """Count a question without an answer."""
        self._engine_failures.inc()

    def masked(self, kinds: Iterable[str]) -> None:
        """Count a text by the kinds of things that were masked in it."""
        for kind in kinds:
            self._masked.labels(kind).inc()


def _seconds(span: timedelta) -> float:
    """Return the span; none below zero, which a clock that was set back would give."""
    return max(0.0, span.total_seconds())
