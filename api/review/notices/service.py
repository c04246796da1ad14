"""Post notices and take them down."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from api.chat.notices.board import NoticeBoard, Posted
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.errors import NotFound
from api.kit.ids import new_id
from api.privacy.masking import mask
from api.review.audit.service import AuditService
from api.review.notices.errors import NoticeInvalid
from api.review.notices.models import Notice
from api.review.notices.repository import NoticeRepository
from api.review.staff.service import Visitor

_TOKYO = ZoneInfo("Asia/Tokyo")
CHANNELS = ("web", "line", "slack")
LONGEST = 70


class NoticeService:
    """The rules of notices."""

    def __init__(
        self, database: Database, board: NoticeBoard, audit: AuditService, clock: Clock
    ) -> None:
        self._database, self._board = database, board
        self._audit, self._clock = audit, clock

    async def step(self) -> bool:
        """Bring this process's board up to date."""
        async with self._database.reading() as session:
            valid = await NoticeRepository(session).valid(self._clock())
        self._board.posted = [
            Posted(each.text, tuple(each.channels), each.starts_at, each.ends_at) for each in valid
        ]
        return False

    async def latest(self) -> Sequence[Notice]:
        """Return notices, the newest first."""
        async with self._database.reading() as session:
            return await NoticeRepository(session).latest()

    async def post(
        self, text: str, channels: list[str], starts: str, ends: str, visitor: Visitor
    ) -> None:
        """Post a notice. Times are as a form gives them, in Tokyo; raises NoticeInvalid."""
        text, begin, end = " ".join(text.split()), _moment(starts), _moment(ends)
        chosen = [each for each in CHANNELS if each in channels]
        fits = 0 < len(text) <= LONGEST and not mask(text).kinds and "{" not in text
        if not (fits and chosen and begin < end):
            raise NoticeInvalid("notice")
        notice = Notice(
            id=new_id("i"), text=text, channels=chosen, starts_at=begin, ends_at=end,
            written_by=visitor.id, written_at=self._clock(), withdrawn_at=None,
        )  # fmt: skip
        async with self._database.transaction() as session:
            await NoticeRepository(session).add(notice)
            await self._audit.add(session, visitor.id, "notice_posted", notice.id)
        await self.step()

    async def withdraw(self, notice_id: str, visitor: Visitor) -> None:
        """Take a notice down at once; raises NotFound."""
        async with self._database.transaction() as session:
            notice = await NoticeRepository(session).get(notice_id)
            if notice is None:
                raise NotFound("notice")
            notice.withdrawn_at = self._clock()
            await self._audit.add(session, visitor.id, "notice_withdrawn", notice_id)
        await self.step()


def _moment(form: str) -> datetime:
    try:
        return datetime.fromisoformat(form).replace(tzinfo=_TOKYO)
    except ValueError:
        raise NoticeInvalid("time") from None
