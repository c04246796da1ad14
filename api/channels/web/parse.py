"""From raw bytes to what the core accepts. Pure."""

import re
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from api.channels.body import read_json
from api.channels.web.schemas import SendMessage
from api.chat.inbox.service import Incoming
from api.kit.errors import InvalidRequest
from api.kit.ids import digest

Model = TypeVar("Model", bound=BaseModel)
_WAIT = re.compile(r"(?:^|[,;\s])wait=(\d{1,4})(?:$|[,;\s])")
_LONGEST_WAIT = 20


def parse_json(raw: bytes, model: type[Model]) -> Model:
    """Return `raw` as `model`; raises InvalidRequest for anything else, whatever it is."""
    try:
        return model.model_validate(read_json(raw))
    except (ValidationError, RecursionError) as error:
        raise InvalidRequest(type(error).__name__) from None


def parse_message(conversation_id: str, raw: bytes) -> Incoming:
    """Return the message in a request body."""
    message = parse_json(raw, SendMessage)
    event = event_id(conversation_id, message.client_message_id)
    return Incoming(event, message.text, message.choice_id)


def event_id(conversation_id: str, client_message_id: str) -> str:
    """Work out the event id from the client's id, which may be anything, and the conversation.

    So two people's ids never meet.
    """
    return f"{conversation_id}:{digest(client_message_id)[:32]}"


def parse_wait(prefer: str | None) -> float:
    """Return the seconds of `Prefer: wait=N` (RFC 7240), 1 to 20; 0 where it is not given."""
    found = _WAIT.search(prefer or "")
    return float(min(max(int(found[1]), 1), _LONGEST_WAIT)) if found else 0.0


def parse_token(authorization: str | None) -> str:
    """Return the bearer token, empty where there is none."""
    scheme, _, token = (authorization or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
