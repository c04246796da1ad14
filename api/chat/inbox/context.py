"""What the bot said last decides what is expected next, and what a button means."""

from collections.abc import Sequence
from typing import Any

from api.chat.conversations.remembered import Asked
from api.chat.conversations.repository import ConversationRepository
from api.chat.errors import ChoiceUnknown
from bot.text.kana import letters_only

_ABOUT_CODES = "otp_"
_ABOUT_PASSWORDS = ("password_", "account_lock", "login_", "email_")


def expected(latest: Sequence[Asked]) -> dict[str, bool]:
    """Say whether the bot's latest words were about one-time codes, and about passwords."""
    topics = [topic for reply in latest for topic in reply.topics]
    return {
        "code_expected": any(topic.startswith(_ABOUT_CODES) for topic in topics),
        "password_expected": any(topic.startswith(_ABOUT_PASSWORDS) for topic in topics),
    }


def button_named(latest: Sequence[Asked], text: str) -> dict[str, Any] | None:
    """Return what the button says whose words were typed in place of a tap, if there is one."""
    typed = letters_only(text)
    shown = (each for each in latest if each.in_reply_to == latest[-1].in_reply_to)
    buttons = (button for each in shown for button in each.buttons)
    return next((payload for label, payload in buttons if letters_only(label) == typed), None)


async def chosen(
    conversations: ConversationRepository, conversation_id: str, choice_id: str
) -> dict[str, Any]:
    """Return what the tapped button says; raises ChoiceUnknown for one of another conversation."""
    choice = await conversations.choice(conversation_id, choice_id)
    if choice is None:
        raise ChoiceUnknown()
    return {"text": choice.label, "payload": choice.payload, "masked": []}
