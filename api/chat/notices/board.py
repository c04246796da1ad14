"""The board on which the current notices stand, in the memory of each process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.chat.conversations.remembered import Remembered
from api.chat.engine.protocol import Spoken

ANSWER = "service_notice"
# Questions that a notice answers, however often it was said before.
_ASKED = frozenset({"maintenance_status", "system_trouble"})


@dataclass(frozen=True)
class Posted:
    """A notice with the channels and the time it is meant for."""

    text: str
    channels: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime


class NoticeBoard:
    """Whoever knows of notices writes it; the core reads it."""

    def __init__(self) -> None:
        self.posted: Sequence[Posted] = ()

    def current(self, channel: str, now: datetime) -> list[Spoken]:
        """Return what leads a conversation on `channel` at this moment."""
        return [
            Spoken(ANSWER, {"notice": each.text})
            for each in self.posted
            if channel in each.channels and each.starts_at <= now < each.ends_at
        ]

    def leading(
        self, channel: str, now: datetime, spoken: Sequence[Spoken], before: Sequence[Remembered]
    ) -> list[Spoken]:
        """Return the notices to say before `spoken`: each once, and where it is asked for."""
        asked = bool({each.answer for each in spoken} & _ASKED)
        said = "".join(each.text for each in before if each.answer_id == ANSWER)
        current = self.current(channel, now)
        return [each for each in current if asked or each.values["notice"] not in said]
