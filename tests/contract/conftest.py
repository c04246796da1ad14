"""Every engine behind one protocol: Rasa with all its servers, and the keyword engine."""

from collections.abc import AsyncIterator, Iterator

import pytest

from api.chat.engine.keyword import KeywordEngine, load_care, load_keywords
from api.chat.engine.protocol import Ask, Engine, Turn
from api.chat.engine.rasa import RasaEngine
from api.content.catalogue import Catalogue, load_catalogue
from api.kit.ids import new_id
from api.kit.outgoing import engine_session
from tests.support.servers import TOKEN, accounts_api, action_server, free_port, rasa_server


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def rasa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Rasa, the action server and the account API as real processes; yields Rasa's address."""
    folder = tmp_path_factory.mktemp("contract")
    with (
        accounts_api(folder, free_port()) as accounts,
        action_server(folder, free_port(), accounts) as actions,
        rasa_server(folder, free_port(), actions) as url,
    ):
        yield url


class Talk:
    """One conversation with an engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.id = engine, new_id("c")

    async def hear(self, text: str | None = None, event: str = "", **more: object) -> Turn:
        """Return the engine's turn for one utterance."""
        ask = Ask(self.id, event or new_id("m"), "web", text, **more)
        return await self.engine.turn(ask)

    async def answers(self, text: str | None = None, **more: object) -> list[str]:
        """Return the ids of the answers to one utterance."""
        return [each.answer for each in (await self.hear(text, **more)).spoken]


@pytest.fixture(params=["rasa", "keywords"])
async def engine(request: pytest.FixtureRequest, catalogue: Catalogue) -> AsyncIterator[Engine]:
    if request.param == "keywords":
        yield KeywordEngine(load_keywords(), load_care(), catalogue.answers)
        return
    url = request.getfixturevalue("rasa")
    async with engine_session() as http:
        yield RasaEngine(http, [url], TOKEN)


@pytest.fixture
def talk(engine: Engine) -> Talk:
    return Talk(engine)
