"""The planned runner gives what Rasa's own gives, on this tree's model."""

from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.exceptions import GraphRunError

from bot.graph_runner import PlannedGraphRunner, plan_once
from bot.requests import find_requests

SENTENCE = "パスワードを忘れました"


@pytest.fixture
def processor(agent: Agent) -> Any:
    """Return the processor as Rasa made it, and leave it so."""
    processor = agent.processor
    assert processor is not None
    own = processor.graph_runner
    yield processor
    processor.graph_runner = own


async def read(processor: MessageProcessor, text: str) -> dict[str, Any]:
    parsed = await processor.parse_message(UserMessage(text))
    return {key: parsed[key] for key in ("intent", "intent_ranking", "entities")}


@pytest.mark.parametrize(
    "text",
    [SENTENCE, "番号が届かないし、ログインもできません", "求人が一件も出ない", "死にたい", "?"],
)
async def test_it_understands_what_rasas_own_runner_does(
    processor: MessageProcessor, text: str
) -> None:
    before = await read(processor, text)
    plan_once(processor)
    assert isinstance(processor.graph_runner, PlannedGraphRunner)
    assert await read(processor, text) == before


async def test_an_input_named_like_a_component_is_refused(processor: MessageProcessor) -> None:
    plan_once(processor)
    name = next(iter(processor.graph_runner._nodes))
    with pytest.raises(GraphRunError):
        processor.graph_runner.run(inputs={name: None})


async def test_a_message_of_one_sentence_is_read_once(
    processor: MessageProcessor, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, own = [], processor.parse_message

    async def counted(message: UserMessage) -> dict[str, Any]:
        texts.append(message.text)
        return await own(message)

    monkeypatch.setattr(processor, "parse_message", counted)
    await find_requests(processor, SENTENCE)
    assert texts == [SENTENCE]
