"""Carry out what is about the conversation itself: again, simpler, something else, what is that.

Rasa only knows that it was asked for; the gateway has the words and the history.
"""

from collections.abc import Sequence
from dataclasses import replace

from api.chat.conversations.remembered import Remembered
from api.chat.engine.protocol import Spoken
from api.content.catalogue import SOMETHING_ELSE, Catalogue

REPEAT, SIMPLIFY, MORE, EXPLAIN = "repeat", "simplify", "more", "explain"
_MENU = "menu"
# Said beside an answer; no answers by themselves.
MASKED, STANDBY = "masked_note", "standby_note"
_MOST_OFFERED = 5


class Controls:
    """Works out which answers to give for a control, from what was said before."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def carry_out(self, spoken: Spoken, before: Sequence[Remembered]) -> list[Spoken]:
        """Return the answers to give instead of `spoken`; itself when it is no control.

        `before`: the bot's replies so far, in order. Where there is nothing to go back to, the
        control's own words say so.
        """
        control = self._catalogue[spoken.answer].entry.control
        last = self._last_turn(before)
        if control is None or not last:
            return [spoken]
        if control == SIMPLIFY:
            return [replace(each, easy=True) for each in last]
        if control == MORE:
            return [Spoken(spoken.answer, {"topics": self.untried(before)})]
        return self._explained(last) if control == EXPLAIN else [spoken, *last]

    def untried(self, before: Sequence[Remembered]) -> list[str]:
        """Return what to offer: the last answer's choices, then the menu's, without the tried."""
        tried = {reply.answer_id for reply in before} | {_MENU, SOMETHING_ELSE}
        last = self._last_turn(before)
        offered = [*self._catalogue[_MENU].entry.choices]
        if last:
            offered = [*self._left_over(last[0].answer), *offered]
        fresh = [each for each in dict.fromkeys(offered) if each not in tried]
        return [*fresh[:_MOST_OFFERED], _MENU]

    def _left_over(self, about: str) -> list[str]:
        """Return what could be offered about a topic: first what had no button under its answer."""
        shown = self._catalogue.choices(about)
        return sorted(self._catalogue.all_choices(about), key=lambda each: each in shown)

    def asked_before(self, before: Sequence[Remembered]) -> list[str]:
        """Return the answer that the person's last question got, if there was one."""
        return [each.answer for each in self._last_turn(before)[:1]]

    def _explained(self, last: Sequence[Spoken]) -> list[Spoken]:
        """Explain what the last turn spoke of, or say it more simply."""
        entries = [self._catalogue[each.answer].entry for each in last]
        topics = [self._catalogue.answers.get(entry.topic) for entry in entries]
        entries += [topic.entry for topic in topics if topic]
        named = [entry.explained_by for entry in entries if entry.explained_by]
        return [Spoken(named[0])] if named else [replace(last[0], easy=True)]

    def _last_turn(self, before: Sequence[Remembered]) -> list[Spoken]:
        """Return the replies to the latest message that got words of its own."""
        for latest in reversed(before):
            turn = [each for each in before if each.in_reply_to == latest.in_reply_to]
            said = [Spoken(each.answer_id) for each in turn if self._may_be_said_again(each)]
            if said:
                return said
        return []

    def _may_be_said_again(self, reply: Remembered) -> bool:
        answer = self._catalogue.answers.get(reply.answer_id)
        greeting = reply.in_reply_to is None
        if answer is None or greeting or reply.private:
            return False
        aside = answer.entry.control or answer.entry.memo or reply.answer_id in (MASKED, STANDBY)
        return not aside
