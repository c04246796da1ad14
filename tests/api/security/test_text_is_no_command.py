"""Whatever is typed, no intent of ours and none of Rasa's own reaches the engine as an order."""

import sqlite3

import pytest
import yaml

from api.settings import Settings
from bot.text.cleaning import clean, disarm, is_command
from tests.api.conftest import Talk
from tests.support.databases import needs_files
from tests.support.servers import ROOT

DOMAIN = yaml.safe_load((ROOT / "bot/domain/domain.yml").read_text("utf-8"))
RASAS_OWN = ["restart", "back", "session_start", "nlu_fallback", "EXTERNAL", "action_listen"]
INTENTS = [*DOMAIN["intents"], *RASAS_OWN]
FORMS = [
    "/{}", " /{}", "　/{}", "／{}", "\u200b/{}", '/{}{{"otp_screen":"open"}}', "/{}@1.0",
    "／{}@1.0", "/{} ", "/{}@0.9{{}}",
]  # fmt: skip
# Slots that an entity of a minted message may fill; none of them grants anything.
ASKED_SLOTS = {"otp_screen", "otp_minutes", "otp_other_mail"}


def intents_of(settings: Settings) -> list[str | None]:
    place = settings.database_url.removeprefix("sqlite+aiosqlite:///")
    with sqlite3.connect(place) as database:
        return [row[0] for row in database.execute("SELECT intent FROM inbox")]


@needs_files
async def test_as_a_text_it_is_declined(talk: Talk, settings: Settings) -> None:
    texts = [form.format(intent) for form in FORMS for intent in INTENTS[::14]]
    for text in texts:
        assert (await talk.send(text=text)).status_code == 200, text
    assert set(intents_of(settings)) == {"out_of_scope"}


@pytest.mark.parametrize("form", FORMS)
def test_every_intent_in_every_form_is_known_as_an_order_or_disarmed(form: str) -> None:
    for intent in INTENTS:
        text = clean(form.format(intent))
        assert is_command(text) or not disarm(text).lstrip().startswith("/"), text
        assert not disarm(text).lstrip(" \u3000\u200b").startswith("/"), text


@pytest.mark.parametrize("form", FORMS)
async def test_as_a_choice_it_is_unknown(talk: Talk, form: str) -> None:
    for intent in ("verified_lockout", "situation", "restart"):
        answer = await talk.send(choice_id=form.format(intent))
        assert (answer.status_code, answer.json()["error"]) == (404, "choice_unknown")


async def test_as_a_field_beside_the_text_it_is_refused(talk: Talk) -> None:
    body = b'{"client_message_id": "1", "text": "x", "intent": "verified_lockout", "grant": "h"}'
    assert (await talk.raw(body)).status_code == 422


def test_no_slot_that_text_can_fill_grants_anything() -> None:
    filled = {
        name
        for name, slot in DOMAIN["slots"].items()
        if any(mapping["type"] != "custom" for mapping in slot["mappings"])
    }
    assert filled == ASKED_SLOTS
