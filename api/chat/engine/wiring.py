"""Put the engine of the settings together."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp

from api.chat.engine.keyword import KeywordEngine, load_care, load_keywords
from api.chat.engine.protocol import Engine
from api.chat.engine.rasa import RasaEngine
from api.chat.engine.standby import StandbyEngine
from api.content.catalogue import Catalogue
from api.kit.clock import Clock
from api.settings import Settings


@dataclass(frozen=True)
class Engines:
    """`answering` answers people; `main` alone makes the gateway ready; `steps` look after it."""

    answering: Engine
    main: Engine
    steps: tuple[Callable[[], Awaitable[bool]], ...] = ()


def wire_engines(
    settings: Settings, http: aiohttp.ClientSession, clock: Clock, catalogue: Catalogue
) -> Engines:
    """Return the engine that the settings name, Rasa with the small one at its side."""
    simple = KeywordEngine(load_keywords(), load_care(), catalogue.answers)
    if settings.engine == "keyword":
        return Engines(simple, simple)
    token = settings.rasa_token.get_secret_value()
    main = RasaEngine(http, settings.rasa_urls, token, clock)
    standby = StandbyEngine(main, simple, catalogue.answers, clock)
    return Engines(standby, main, (standby.look,))
