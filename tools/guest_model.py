"""Answer turns with one model, line by line. Runs in Rasa's environment (tools/guest.py).

In comes what the turn endpoint takes, out goes what it answers, or {"error": …}. The tracker is in
memory and ends with the process: a talk to try a model is in no database.
"""

import asyncio
import json
import os
import sys
from typing import Any

# Rasa and its libraries print too; the line to the gateway is for answers alone.
_OUT, sys.stdout = sys.stdout, sys.stderr

from rasa.core.agent import Agent  # noqa: E402
from rasa.utils.endpoints import EndpointConfig  # noqa: E402

from bot.channel import read_utterance  # noqa: E402
from bot.turn import run_turn  # noqa: E402


async def _answer(agent: Agent, line: str) -> dict[str, Any]:
    try:
        return await run_turn(agent, read_utterance(json.loads(line)))
    except Exception as error:
        return {"error": type(error).__name__}


def _say(said: dict[str, Any]) -> None:
    print(json.dumps(said), file=_OUT, flush=True)


async def main(path: str) -> None:
    """Load the model, say so, then answer until the line is closed."""
    actions = EndpointConfig(os.environ["HELPBOT_ACTIONS_URL"], enable_selective_domain=True)
    agent = Agent.load(path, action_endpoint=actions)
    _say({"ready": True})
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        _say(await _answer(agent, line))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
