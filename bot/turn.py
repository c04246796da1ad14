"""One turn: an utterance in, answer ids out, saved once or not at all.

Rasa's own message handling answers `200 []` when an action failed and forgets a message when
it is killed in the middle. Here a failed turn raises before the tracker is saved, so that the
gateway, which still holds the message, can try again from the same state.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.graph_runner import plan_once
from bot.requests import Request
from bot.utterance import Utterance

Answer = Dict[str, Any]


class TurnFailed(Exception):
    """No usable answer came out; nothing was saved and the turn may be tried again."""


async def run_turn(agent: Agent, utterance: Utterance) -> Dict[str, Any]:
    """Answer `utterance`, or return its stored answer when its event id is known.

    Raises TurnFailed when an action failed or nothing was said, and what the tracker's
    database raises when that fails.
    """
    processor = agent.processor
    if processor is None:
        raise TurnFailed("no model is loaded")
    _fail_loudly(processor)
    plan_once(processor)
    async with agent.lock_store.lock(utterance.conversation):
        done = await _answer_requests(processor, utterance)
    return _report(processor, done)


async def _answer_requests(processor: MessageProcessor, utterance: Utterance) -> List[List[Event]]:
    """Return the events of each request in `utterance`, done now or before."""
    tracker = await processor.get_tracker(utterance.conversation)
    requests: List[Request] = []
    done: List[List[Event]] = []
    while not done or len(done) < done[0][0].metadata["requests"]:
        events = _stored_events(tracker, utterance.part_id(len(done)))
        if events is None:
            requests = requests or await utterance.requests(processor, tracker)
            if done:
                tracker = await processor.get_tracker(utterance.conversation)
            message = utterance.message(requests, len(done), CollectingOutputChannel())
            events = await _process(processor, message, tracker)
        done.append(events)
    return done


async def forget(agent: Agent, conversation: str) -> None:
    """Drop the tracker of `conversation`; raises what the tracker's database raises."""
    processor = agent.processor
    if processor is None:
        raise TurnFailed("no model is loaded")
    _fail_loudly(processor)
    async with agent.lock_store.lock(conversation):
        await processor.tracker_store.erase(conversation)


async def _process(
    processor: MessageProcessor, message: UserMessage, tracker: DialogueStateTracker
) -> List[Event]:
    """Do one request and save it; return its events with what is private still in them.

    Rasa's own log_message would load the tracker a second time, a sixth of a turn's cost.
    """
    output = message.output_channel
    await processor._update_tracker_session(tracker, output, message.metadata)
    await processor._handle_message_with_tracker(message, tracker)
    tracker = await processor.run_action_extract_slots(output, tracker)
    await processor._run_prediction_loop(output, tracker)
    events = _events_since_utterance(tracker)
    _check(events, set(processor.domain.user_actions))
    report_events = [_copy(event) for event in events]
    await processor.save_tracker(tracker)
    return report_events


def _copy(event: Event) -> Event:
    """Keep a bot message as it was before the store took private values out."""
    if isinstance(event, BotUttered):
        return BotUttered(event.text, dict(event.data), dict(event.metadata))
    return event


def _fail_loudly(processor: MessageProcessor) -> None:
    """Take off the wrapper that turns a broken database into a lost conversation.

    FailSafeTrackerStore answers from memory when the database fails, and says 200.
    """
    if isinstance(processor.tracker_store, FailSafeTrackerStore):
        processor.tracker_store = processor.tracker_store._tracker_store


def _events_since_utterance(tracker: DialogueStateTracker) -> List[Event]:
    events = list(tracker.events)
    last = max(i for i, event in enumerate(events) if isinstance(event, UserUttered))
    return events[last:]


def _stored_events(tracker: DialogueStateTracker, event_id: str) -> Optional[List[Event]]:
    """Return the events of a turn done before; None when unknown or private.

    A private answer's values are not kept, so it is worked out again; its actions only read.
    """
    found: List[Event] = []
    for event in tracker.events:
        if isinstance(event, UserUttered):
            if found:
                break
            if event.metadata.get("event_id") == event_id:
                found.append(event)
        elif found:
            found.append(event)
    private = any(answer.get("private") for answer in _answers(found))
    return found if found and not private else None


def _answers(events: List[Event]) -> List[Answer]:
    spoken = [event.data.get("custom") for event in events if isinstance(event, BotUttered)]
    if not all(isinstance(answer, dict) and answer.get("answer") for answer in spoken):
        raise TurnFailed("a bot message carries no answer id")
    return spoken


def _check(events: List[Event], own_actions: set) -> None:
    """Raise TurnFailed on silence and on an action that came back with nothing.

    Rasa swallows an action server's failure and goes on as if the action had run; each of our
    actions says or sets something, so one without any event has failed.
    """
    if not _answers(events):
        raise TurnFailed("nothing was said")
    for event, following in zip(events, [*events[1:], None], strict=True):
        ran = isinstance(event, ActionExecuted) and event.action_name in own_actions
        if ran and (following is None or isinstance(following, ActionExecuted)):
            raise TurnFailed(f"{event.action_name} failed")


def _report(processor: MessageProcessor, done: List[List[Event]]) -> Dict[str, Any]:
    uttered = [events[0] for events in done]
    first = uttered[0]
    ranking = first.parse_data.get("intent_ranking") or []
    return {
        "messages": [answer for events in done for answer in _answers(events)],
        "intent": {key: first.intent.get(key) for key in ("name", "confidence")},
        "ranking": [{key: each.get(key) for key in ("name", "confidence")} for each in ranking],
        "segments": [_segment(each) for each in uttered],
        "actions": [
            event.action_name
            for events in done
            for event in events
            if isinstance(event, ActionExecuted) and event.action_name != ACTION_LISTEN_NAME
        ],
        "model_id": processor.model_metadata.model_id,
    }


def _segment(uttered: UserUttered) -> Dict[str, Any]:
    start, end = uttered.metadata["segment"]
    return {"start": start, "end": end, "intent": uttered.intent_name}
