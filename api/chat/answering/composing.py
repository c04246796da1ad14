"""From what the engine decided to what is said: in the light of all that was said before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from api.chat.answering.controls import MASKED, MORE, Controls
from api.chat.answering.hearing import Heard, Hearing
from api.chat.conversations.remembered import Remembered
from api.chat.engine.protocol import Spoken
from api.chat.rendering import AGAIN, Renderer
from api.content.catalogue import Catalogue
from bot.text.kana import letters_only

URGENT, MEMO, STILL_THE_SAME = "urgent", "memo_offer", "same_thrice"
MORE_AGAIN = "more_again"
TIME_LEFT, OTHERS = "lock_time_left", "others_refused"
_DISTRESS, _OTHER_LANGUAGE, _ENGLISH = "distress", "other_language", "en"
_FALLBACK = "fallback"
_NOT_UNDERSTOOD = frozenset({_FALLBACK, "out_of_scope"})
# What these replies told needs no button under the next one.
_JUST_SAID = 3
# After so many steps that did not help, a page to show at the counter is worth more.
_STEPS_BEFORE_MEMO = 3


@dataclass(frozen=True)
class Background:
    """The bot's replies and the person's messages so far, what was typed now, the complaints.

    `latest` is empty where a button was tapped: its label is our own wording. `masked`: something
    personal was taken out of it.
    """

    replies: Sequence[Remembered]
    texts: Sequence[str]
    latest: str
    unsolved: int = 0
    masked: bool = False
    runners_up: Sequence[str] = ()


class Composer:
    """Decides which answers are given, in which form and order."""

    def __init__(self, catalogue: Catalogue, renderer: Renderer, hearing: Hearing) -> None:
        self._catalogue, self._renderer, self._hearing = catalogue, renderer, hearing
        self._controls = Controls(catalogue)
        self._again = catalogue[AGAIN].entry.text
        self._situations = {topic: _by_words(catalogue, topic) for topic in catalogue.answers}

    def compose(
        self, decided: Sequence[Spoken], background: Background, now: datetime
    ) -> list[Spoken]:
        """Return the answers to give, in order."""
        heard = self._hearing.listen(background.latest, background.texts)
        spoken = [
            each
            for said in self._overheard(decided, heard, background)
            for each in self._controls.carry_out(said, background.replies)
        ]
        spoken = [self._situated(each, background.latest) for each in spoken]
        spoken = list({each.answer: each for each in reversed(spoken)}.values())[::-1]
        spoken[0] = self._with_more_buttons(spoken[0], background)
        spoken = self._in_language([self._tried(each, heard) for each in spoken], heard)
        spoken[0] = self._without_echo(spoken[0], background.replies, now)
        spoken = [*self._urgent(spoken[0], heard, background), *spoken]
        spoken = self._with_note_of_masks(spoken, background)
        return [*spoken, *self._memo(spoken, background)]

    def _overheard(
        self, decided: Sequence[Spoken], heard: Heard, background: Background
    ) -> Sequence[Spoken]:
        """Answer what the words alone settle: somebody else's account, the time left of a lock."""
        if any(self._catalogue[each.answer].entry.topic == _DISTRESS for each in decided):
            return decided
        if heard.others:
            return [Spoken(OTHERS)]
        shown = any(each.private for each in background.replies)
        return [Spoken(TIME_LEFT)] if heard.time_left and shown else decided

    def _with_note_of_masks(self, spoken: list[Spoken], background: Background) -> list[Spoken]:
        """Add the hint not to write such things: once in a conversation, before any question."""
        said = any(reply.answer_id == MASKED for reply in background.replies)
        if said or not background.masked:
            return spoken
        asking = [bool(self._catalogue[each.answer].entry.options) for each in spoken]
        place = asking.index(True) if any(asking) else len(spoken)
        return [*spoken[:place], Spoken(MASKED), *spoken[place:]]

    def _situated(self, spoken: Spoken, latest: str) -> Spoken:
        """Answer for the situation that the words name, where they name one of the topic's."""
        known = self._situations.get(spoken.answer, ())
        if spoken.easy or spoken.values or not known:
            return spoken
        letters = letters_only(latest)
        named = (each for each, words in known if any(word.search(letters) for word in words))
        return replace(spoken, answer=next(named, spoken.answer))

    def _with_more_buttons(self, spoken: Spoken, background: Background) -> Spoken:
        """Offer what else may have been meant; after care, one tap leads back to the question."""
        also = [*self._meant_perhaps(background.runners_up)]
        if self._catalogue[spoken.answer].entry.topic == _DISTRESS:
            also = [*self._controls.asked_before(background.replies), *also]
        said = frozenset(each.answer_id for each in background.replies[-_JUST_SAID:])
        return replace(spoken, also=tuple(dict.fromkeys(also)), heard_before=said)

    def _meant_perhaps(self, runners_up: Sequence[str]) -> Iterator[str]:
        """Yield the next likeliest topics that somebody would pick from a list."""
        for topic in runners_up:
            answer = self._catalogue.answers.get(topic)
            if answer and answer.entry.source and not answer.entry.control:
                yield topic

    def _tried(self, spoken: Spoken, heard: Heard) -> Spoken:
        """Take the other first words where the person has done what the usual ones advise."""
        entry = self._catalogue[spoken.answer].entry
        done = entry.tried is not None and entry.tried.step in heard.tried
        return replace(spoken, tried=True) if done else spoken

    def _in_language(self, spoken: list[Spoken], heard: Heard) -> list[Spoken]:
        """Answer in the person's language as far as we can: English beside, others briefly."""
        language, first = heard.language, self._catalogue[spoken[0].answer].entry
        if language is None or first.topic == _DISTRESS:
            return spoken
        if language == _ENGLISH and first.topic not in _NOT_UNDERSTOOD:
            return [replace(spoken[0], english=True), *spoken[1:]]
        own = f"{_OTHER_LANGUAGE}__{language}"
        return [Spoken(own if own in self._catalogue.answers else _OTHER_LANGUAGE)]

    def _urgent(self, first: Spoken, heard: Heard, background: Background) -> list[Spoken]:
        """Return what comes first when time is short: once in a conversation."""
        topic = self._catalogue[first.answer].entry.topic
        said = {reply.answer_id for reply in background.replies}
        if not heard.urgent or topic not in self._hearing.urgent_topics or URGENT in said:
            return []
        return [Spoken(URGENT, topic=topic)]

    def _without_echo(self, spoken: Spoken, before: Sequence[Remembered], now: datetime) -> Spoken:
        """Return `spoken`, or another form when the same words would come twice running.

        The other form begins with a sentence of its own and offers what has not been tried.
        """
        entry = self._catalogue[spoken.answer].entry
        last = [each for each in before if each.in_reply_to == before[-1].in_reply_to]
        texts = {each.text for each in last}
        same = any(each.answer_id == spoken.answer for each in last)
        plain = self._renderer.render(spoken, "", now).body["text"]
        if spoken.private or spoken.easy or not same or not texts & {plain, self._again}:
            return spoken
        offered = {"topics": self._controls.untried(before)}
        if entry.control:
            return Spoken(MORE_AGAIN, offered)
        if self._again in texts:
            return Spoken(STILL_THE_SAME, offered, topic=entry.topic)
        return replace(spoken, again=True, values=offered)

    def _memo(self, spoken: Sequence[Spoken], background: Background) -> list[Spoken]:
        """Return the offer of the page when three steps did not help; once a conversation."""
        said = [reply.answer_id for reply in background.replies]
        again = sum(reply.text == self._again for reply in background.replies)
        again += sum(each.again for each in spoken)
        steps = sum(self._did_not_help(each) for each in [*said, *(s.answer for s in spoken)])
        enough = steps + again + background.unsolved >= _STEPS_BEFORE_MEMO
        return [Spoken(MEMO)] if enough and MEMO not in said else []

    def _did_not_help(self, answer_id: str) -> bool:
        """Say whether an answer tells that the one before was of no use."""
        answer = self._catalogue.answers.get(answer_id)
        if answer is None:
            return False
        return answer.entry.control == MORE or answer.entry.topic == _FALLBACK


def _by_words(catalogue: Catalogue, topic: str) -> list[tuple[str, list[re.Pattern[str]]]]:
    """Return the situations of a topic that typed words can name, in order."""
    named = ((each, catalogue[each].entry.heard) for each in catalogue.situations(topic))
    return [(each, [re.compile(word) for word in words]) for each, words in named if words]
