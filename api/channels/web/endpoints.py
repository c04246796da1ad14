"""Addresses of the public chat API: parse, delegate, nothing else."""

from typing import Annotated, Any

from fastapi import APIRouter, Cookie, Depends, Header, Query, Request, Response
from pydantic import BaseModel
from sse_starlette import EventSourceResponse

from api.channels.web.parse import parse_json, parse_message, parse_token, parse_wait
from api.channels.web.schemas import (
    Accepted,
    Answered,
    ConversationOut,
    Erased,
    ErrorOut,
    GiveFeedback,
    HistoryOut,
    MemoOut,
    OpenConversation,
    PrivateOut,
    SendMessage,
)
from api.chat.conversations.models import Conversation
from api.kit.body import read_body
from api.wiring import Services, services

router = APIRouter(prefix="/chat/conversations", tags=["chat"])
Wired = Annotated[Services, Depends(services)]


def _body_of(model: type[BaseModel], *, required: bool) -> dict[str, Any]:
    """Document a body that is read raw, so that broken bytes get our own refusal."""
    content = {"application/json": {"schema": model.model_json_schema()}}
    return {"requestBody": {"required": required, "content": content}}


def _refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Document these; `default` stands for what any address may say (405, 415, 431, 500).

    Without `default` the framework adds a 422 of its own shape, which is never sent.
    """
    answers: dict[int | str, dict[str, Any]] = {each: {"model": ErrorOut} for each in statuses}
    return answers | {"default": {"model": ErrorOut, "description": "Any other failure"}}


async def _owned(
    conversation_id: str, wired: Wired, authorization: Annotated[str | None, Header()] = None
) -> Conversation:
    return await wired.conversations.authorize(conversation_id, parse_token(authorization))


async def _written_in(
    conversation_id: str, wired: Wired, authorization: Annotated[str | None, Header()] = None
) -> Conversation:
    token = parse_token(authorization)
    return await wired.conversations.authorize_writing(conversation_id, token)


Owned = Annotated[Conversation, Depends(_owned)]
WrittenIn = Annotated[Conversation, Depends(_written_in)]


@router.post(
    "",
    status_code=201,
    summary="Begin a conversation",
    responses=_refusals(413, 422, 503),
    openapi_extra=_body_of(OpenConversation, required=False),
)
async def open_conversation(request: Request, wired: Wired) -> ConversationOut:
    """Return the conversation's id, its token and the greeting."""
    raw = await read_body(request)
    wanted = parse_json(raw, OpenConversation) if raw.strip() else OpenConversation()
    return wired.web.opened(await wired.conversations.open(wanted.channel))


async def _unhurried(conversation_id: str, wired: Wired) -> None:
    """Refuse who was told to wait, before anything is looked up."""
    wired.inbox.refuse_again(conversation_id)


@router.post(
    "/{conversation_id}/messages",
    status_code=202,
    summary="Send a message or a choice",
    dependencies=[Depends(_unhurried)],
    responses={200: {"model": Answered}, **_refusals(401, 404, 413, 422, 429, 503)},
    response_model=Accepted,
    openapi_extra=_body_of(SendMessage, required=True),
)
async def send(
    request: Request,
    response: Response,
    conversation: WrittenIn,
    wired: Wired,
    prefer: Annotated[str | None, Header()] = None,
) -> Any:
    """Write the message down; with `Prefer: wait=N`, wait for its answer up to N seconds."""
    incoming = parse_message(conversation.id, await read_body(request))
    message = await wired.inbox.accept(conversation, incoming)
    finished = await wired.waiting.answer(message, wait) if (wait := parse_wait(prefer)) else None
    if finished is None:
        return Accepted(message_id=message.id)
    replies = [wired.web.reply(said) for said in finished.said]
    answered = Answered.model_validate(
        {"message_id": message.id, "outcome": finished.outcome, "replies": replies}
    )
    return Response(answered.model_dump_json(), media_type="application/json")


@router.get(
    "/{conversation_id}/messages",
    summary="Read the conversation",
    responses=_refusals(401, 503),
)
async def history(
    conversation: Owned, wired: Wired, after: Annotated[str | None, Query()] = None
) -> HistoryOut:
    """Return both sides in order of time, from behind `after` on."""
    return wired.web.history(await wired.conversations.history(conversation.id), after)


@router.get(
    "/{conversation_id}/events",
    summary="Hear of replies as they come",
    response_class=EventSourceResponse,
    responses=_refusals(401, 503),
)
async def events(
    conversation: Owned,
    wired: Wired,
    last_event_id: Annotated[str | None, Header()] = None,
) -> EventSourceResponse:
    """Send `typing`, `reply`, `notice`; `Last-Event-ID` continues where the line broke."""
    return EventSourceResponse(wired.events.follow(conversation.id, last_event_id), ping=15)


@router.get(
    "/{conversation_id}/private",
    summary="Read the private answer in the browser that verified",
    responses=_refusals(401, 503),
)
async def private(
    conversation: Owned,
    response: Response,
    wired: Wired,
    held: Annotated[str | None, Cookie(alias="helpbot_private", max_length=2000)] = None,
    handed: Annotated[str | None, Header(alias="Helpbot-Pass", max_length=2000)] = None,
) -> PrivateOut:
    """Return it with the values of this moment; nothing for a browser that has not verified."""
    response.headers["Cache-Control"] = "no-store"
    shown = await wired.private.of_conversation(conversation.id, handed or held)
    return PrivateOut(
        replies=[wired.web.private(each.placeholder, each.rendered) for each in shown]
    )


@router.get(
    "/{conversation_id}/memo", summary="Find the page to print", responses=_refusals(401, 503)
)
async def memo(conversation: Owned, wired: Wired) -> MemoOut:
    """Return the address of the 相談メモ, which is made when it is opened."""
    return MemoOut(url=wired.web.memo_url(conversation.id))


@router.delete(
    "/{conversation_id}", summary="Forget the conversation", responses=_refusals(401, 503)
)
async def erase(conversation: Owned, wired: Wired) -> Erased:
    """Delete everything said; the token opens nothing afterwards."""
    return Erased(receipt=await wired.erasure.erase(conversation))


@router.post(
    "/{conversation_id}/replies/{reply_id}/feedback",
    status_code=204,
    summary="Say whether a reply solved it",
    responses=_refusals(401, 404, 413, 422, 503),
    openapi_extra=_body_of(GiveFeedback, required=True),
)
async def feedback(request: Request, reply_id: str, conversation: Owned, wired: Wired) -> Response:
    """Write it down, masked; the last word on a reply counts."""
    given = parse_json(await read_body(request), GiveFeedback)
    await wired.feedback.give(conversation.id, reply_id, given.solved, given.comment)
    return Response(status_code=204)
