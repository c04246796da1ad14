"""What two models make of the same messages. Runs in Rasa's environment.

`python -m tools.compare_models BEFORE AFTER <texts.json`: intents as the running bot decides
them, fallback and distress included; the texts come and the intents go by pipe.
"""

import asyncio
import json
import sys
from pathlib import Path

from rasa.core.agent import Agent
from rasa.engine.storage.local_model_storage import LocalModelStorage


async def _intents(path: str, texts: list[str]) -> list[str]:
    agent = Agent.load(path)
    return [(await agent.parse_message(text))["intent"]["name"] for text in texts]


async def main(before: str, after: str) -> None:
    """Print one line of JSON."""
    texts = json.load(sys.stdin)
    heard = {
        "before": await _intents(before, texts),
        "after": await _intents(after, texts),
        "model_id": LocalModelStorage.metadata_from_archive(Path(after)).model_id,
    }
    print(json.dumps(heard))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
