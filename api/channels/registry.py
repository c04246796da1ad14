"""The platforms the application speaks with. A new one is one more line here."""

from api.channels.contract import Channel
from api.channels.line import channel as line
from api.channels.line.endpoints import router as line_router
from api.channels.slack import channel as slack
from api.channels.slack.endpoints import router as slack_router

CHANNELS = (
    Channel(line.NAME, line_router, line.build),
    Channel(slack.NAME, slack_router, slack.build),
)
