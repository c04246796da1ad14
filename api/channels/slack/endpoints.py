"""Slack's two addresses."""

from fastapi import APIRouter, Request

from api.channels.intake import Intake
from api.channels.slack.channel import NAME
from api.channels.slack.form import payload
from api.channels.slack.parse import challenge, parse_interaction

router = APIRouter(prefix="/channels/slack", include_in_schema=False)


@router.post("/events")
async def events(request: Request) -> dict[str, str]:
    """Write down what was said; Slack gives up after three seconds."""
    intake = Intake(request, NAME)
    raw = await intake.checked()
    if (asked := challenge(raw)) is not None:
        return {"challenge": asked}
    await intake.take(raw)
    return {}


@router.post("/interactions")
async def interactions(request: Request) -> dict[str, str]:
    """Write down which button was tapped."""
    intake = Intake(request, NAME)
    await intake.take(payload(await intake.checked()), parse_interaction)
    return {}
