"""Carry out what is about the conversation itself: again, simpler, something else.

Rasa only knows that it was asked for; the gateway has the words and the history.
"""

from collections.abc import Sequence
from dataclasses import replace

from api.chat.conversations.models import Reply
from api.chat.engine.protocol import Spoken
from api.content.catalogue import Catalogue

REPEAT, SIMPLIFY, MORE = "repeat", "simplify", "more"
_MENU = "menu"


class Controls:
    """Works out which answers to give for a control, from what was said before."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def carry_out(self, spoken: Spoken, before: Sequence[Reply]) -> list[Spoken]:
        """Return the answers to give instead of `spoken`; itself when it is no control.

        `before`: the bot's replies so far, in order. Where there is nothing to go back to, the
        control's own words say so.
        """
        control = self._catalogue[spoken.answer].entry.control
        last = self._last(before)
        if control is None or last is None:
            return [spoken]
        if control == SIMPLIFY:
            return [replace(last, easy=True)]
        if control == MORE:
            return [Spoken(spoken.answer, {"topics": self._untried(before)})]
        return [spoken, last]

    def without_echo(self, spoken: Spoken, before: Sequence[Reply]) -> Spoken:
        """Return `spoken`, or its other form when the same words would come twice running.

        The other form begins with a sentence of its own and offers what has not been tried.
        """
        last = before[-1] if before else None
        same = last is not None and last.answer_id == spoken.answer and not spoken.easy
        if not same or spoken.values or spoken.private:
            return spoken
        return replace(spoken, again=True, values={"topics": self._untried(before)})

    def _last(self, before: Sequence[Reply]) -> Spoken | None:
        """Return the last answer to a message with words of its own that may be said again."""
        for reply in reversed(before):
            answer = self._catalogue.answers.get(reply.answer_id)
            greeting = reply.in_reply_to is None
            if answer and not (greeting or answer.entry.control or reply.private):
                return Spoken(reply.answer_id)
        return None

    def _untried(self, before: Sequence[Reply]) -> list[str]:
        """Return what to offer: the last answer's choices, then the menu, without the tried."""
        tried = {reply.answer_id for reply in before}
        last = self._last(before)
        offered = [*self._catalogue.choices(last.answer)] if last else []
        offered += self._catalogue[_MENU].entry.choices
        return list(dict.fromkeys(choice for choice in offered if choice not in tried))[:4]
