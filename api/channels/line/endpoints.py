"""LINE's webhook."""

from fastapi import APIRouter, Request

from api.channels.intake import Intake
from api.channels.line.channel import NAME

router = APIRouter(prefix="/channels/line", include_in_schema=False)


@router.post("/webhook")
async def webhook(request: Request) -> dict[str, str]:
    """Write down what happened; LINE gives up after two seconds."""
    intake = Intake(request, NAME)
    await intake.take(await intake.checked())
    return {}
