from datetime import UTC, datetime, timedelta

from api.chat.conversations.models import Conversation
from api.chat.conversations.recent import RecentConversations

NOW = datetime(2026, 11, 29, tzinfo=UTC)


def talk(name: str = "c-1") -> Conversation:
    return Conversation(id=name, channel="web", token_digest="", created_at=NOW)


def test_it_is_remembered_for_ten_minutes() -> None:
    recent, one = RecentConversations(), talk()
    recent.keep(one, NOW)
    assert recent.get("c-1", NOW + timedelta(minutes=9)) is one
    assert recent.get("c-1", NOW + timedelta(minutes=10)) is None


def test_what_is_old_is_dropped_when_another_comes() -> None:
    recent = RecentConversations()
    recent.keep(talk(), NOW)
    recent.keep(talk("c-2"), NOW + timedelta(minutes=11))
    assert len(recent._kept) == 1


def test_no_more_than_a_thousand_are_remembered() -> None:
    recent = RecentConversations()
    for number in range(1200):
        recent.keep(talk(f"c-{number}"), NOW)
    assert len(recent._kept) == 1000
