"""The rules of taking over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from api.chat.bell import OUTBOX, Bell
from api.chat.engine.protocol import Spoken
from api.chat.handover.models import HELD, MISSED, RELEASED, WAITING, Handover
from api.chat.handover.repository import HandoverRepository
from api.chat.handover.speaking import STAFF_MESSAGE, Speaking
from api.content.catalogue import Answer
from api.content.hours import OpeningHours
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.errors import NotFound
from api.privacy.masking import mask
from api.review.audit.service import AuditService
from api.review.staff.models import REVIEWER, ROLES
from api.review.staff.repository import StaffRepository
from api.review.staff.service import IDLE
from api.review.takeover.alerts import Alerts
from api.review.takeover.callers import Caller, in_order
from api.review.takeover.errors import NothingToSay, TakenAlready
from api.review.takeover.repository import CallerRepository

_TOKYO = ZoneInfo("Asia/Tokyo")
LONGEST_WAIT, LONGEST_SILENCE = timedelta(minutes=3), timedelta(minutes=15)
_LONGEST_TEXT = 1000
_log = structlog.get_logger()


class TakeoverService:
    """Between those who wait and those who answer."""

    def __init__(
        self,
        database: Database,
        speaking: Speaking,
        hours: OpeningHours,
        alerts: Alerts,
        audit: AuditService,
        clock: Clock,
        bell: Bell,
    ) -> None:
        self._database, self._speaking, self._hours = database, speaking, hours
        self._alerts, self._audit, self._clock, self._bell = alerts, audit, clock, bell

    def at_hand(self, answers: Sequence[Answer]) -> list[tuple[str, dict[str, Any]]]:
        """Return titles and words to copy: with the telephone number, not its name in the files."""
        now = self._clock()
        read = [(each.entry.title, self._speaking.preview(each.id, now)) for each in answers]
        return [(title, body) for title, body in read if body]

    async def available(self, now: datetime) -> bool:
        """Say whether it is worth waiting: opening hours, and somebody of the staff is here."""
        if not self._hours.is_open(now.astimezone(_TOKYO)):
            return False
        able = ROLES[ROLES.index(REVIEWER) :]
        async with self._database.reading() as session:
            return await StaffRepository(session).present(able, now - IDLE)

    async def open(self) -> Sequence[Handover]:
        """Return who waits and who is held."""
        async with self._database.reading() as session:
            return await HandoverRepository(session).all_open()

    async def callers(self) -> list[Caller]:
        """Return the same with what staff need to know to serve the right one first."""
        return await self._about(await self.open())

    async def _about(self, handovers: Sequence[Handover]) -> list[Caller]:
        spoken_in = {each.conversation_id for each in handovers}
        async with self._database.reading() as session:
            intents = await CallerRepository(session).intents(spoken_in)
        return in_order(handovers, intents, self._clock())

    async def accept(self, handover_id: str, staff_id: str) -> str:
        """Take over: from now on the bot is silent. Returns the conversation's id.

        Raises TakenAlready.
        """
        now = self._clock()
        async with self._database.transaction() as session:
            handovers = HandoverRepository(session)
            taken = {"state": HELD, "staff_id": staff_id, "accepted_at": now, "last_at": now}
            handover = await handovers.get(handover_id)
            if handover is None or not await handovers.move(handover, WAITING, **taken):
                raise TakenAlready()
            conversation_id = handover.conversation_id
            await self._speaking.say(session, conversation_id, Spoken("handover_accepted"), now)
            await self._audit.add(session, staff_id, "took_over", conversation_id)
        self._bell.ring(conversation_id, OUTBOX)
        return conversation_id

    async def say(self, handover_id: str, staff_id: str, text: str) -> tuple[str, bool]:
        """Say something as a person of the staff; what is personal is masked like all text.

        Returns the conversation's id and whether something was masked.
        Raises NothingToSay, TakenAlready and NotFound.
        """
        text = text.strip()
        if not text or len(text) > _LONGEST_TEXT:
            raise NothingToSay()
        masked, now = mask(text), self._clock()
        async with self._database.transaction() as session:
            handover = await self._mine(HandoverRepository(session), handover_id, staff_id)
            handover.last_at = now
            spoken = Spoken(STAFF_MESSAGE, {"notice": masked.text})
            await self._speaking.say(session, handover.conversation_id, spoken, now)
            await self._audit.add(session, staff_id, "answered", handover.conversation_id)
            conversation_id = handover.conversation_id
        self._bell.ring(conversation_id, OUTBOX)
        return conversation_id, bool(masked.kinds)

    async def say_in_thread(self, thread: str, staff_id: str, text: str) -> bool:
        """Take what staff wrote in the Slack thread; the first word there takes over.

        Returns whether something was masked; raises what `say` raises.
        """
        async with self._database.reading() as session:
            handover = await HandoverRepository(session).of_thread(thread)
        if handover is None:
            raise NotFound("thread")
        if handover.state == WAITING:
            await self.accept(handover.id, staff_id)
        if text.strip() == "/release":
            await self.release(handover.id, staff_id)
            return False
        return (await self.say(handover.id, staff_id, text))[1]

    async def release(self, handover_id: str, staff_id: str) -> None:
        """Give the conversation back to the bot."""
        async with self._database.transaction() as session:
            handovers = HandoverRepository(session)
            handover = await self._mine(handovers, handover_id, staff_id)
            now, conversation_id = self._clock(), handover.conversation_id
            await handovers.move(handover, HELD, state=RELEASED, ended_at=now)
            await self._speaking.say(session, conversation_id, Spoken("handover_released"), now)
            await self._audit.add(session, staff_id, "gave_back", conversation_id)
        self._bell.ring(conversation_id, OUTBOX)

    async def _mine(
        self, handovers: HandoverRepository, handover_id: str, staff_id: str
    ) -> Handover:
        handover = await handovers.get(handover_id)
        if handover is None or handover.state != HELD or handover.staff_id != staff_id:
            raise TakenAlready()
        return handover

    async def step(self) -> bool:
        """Alert staff of new ones; end waits and silences that have lasted too long."""
        now = self._clock()
        for handover in await self.open():
            if not handover.alerted:
                await self._alert(handover)
            if handover.state == WAITING and now - handover.asked_at >= LONGEST_WAIT:
                await self._end(handover, WAITING, MISSED, "handover_missed", now)
            elif handover.state == HELD and now - handover.last_at >= LONGEST_SILENCE:
                await self._end(handover, HELD, RELEASED, "handover_released", now)
        return False

    async def _alert(self, handover: Handover) -> None:
        async with self._database.transaction() as session:
            # Another worker may have been quicker.
            current = await HandoverRepository(session).get(handover.id)
            if current is None or current.alerted:
                return
            current.alerted = True
        urgent = any(each.urgent for each in await self._about([handover]))
        thread = await self._alerts.waiting(handover.conversation_id, urgent=urgent)
        if thread:
            async with self._database.transaction() as session:
                found = await HandoverRepository(session).get(handover.id)
                if found:
                    found.thread = thread

    async def _end(
        self, handover: Handover, before: str, after: str, answer: str, now: datetime
    ) -> None:
        async with self._database.transaction() as session:
            moved = await HandoverRepository(session).move(
                handover, before, state=after, ended_at=now
            )
            if moved:
                await self._speaking.say(session, handover.conversation_id, Spoken(answer), now)
        _log.info("handover_ended", state=after)
        self._bell.ring(handover.conversation_id, OUTBOX)
