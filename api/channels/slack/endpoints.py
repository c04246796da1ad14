"""Slack's two addresses."""

from fastapi import APIRouter, Request

from api.channels.intake import Intake
from api.channels.slack.channel import NAME
from api.channels.slack.form import payload
from api.channels.slack.parse import challenge, parse_interaction

# An answer within a second is promised, and some of it goes before and after the writing.
_PATIENCE_SECONDS = 0.8

router = APIRouter(prefix="/channels/slack", include_in_schema=False)


@router.post("/events")
async def events(request: Request) -> dict[str, str]:
    """Write down what was said; Slack gives up after three seconds."""
    intake = Intake(request, NAME)
    raw = await intake.checked()
    if (asked := challenge(raw)) is not None:
        return {"challenge": asked}
    await intake.take(raw, patience=_PATIENCE_SECONDS)
    return {}


@router.post("/interactions")
async def interactions(request: Request) -> dict[str, str]:
    """Write down which button was tapped."""
    intake = Intake(request, NAME)
    raw = payload(await intake.checked())
    await intake.take(raw, parse_interaction, _PATIENCE_SECONDS)
    return {}
