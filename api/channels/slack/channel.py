"""Put Slack together, where it is set up."""

from api.channels.contract import House, Way
from api.channels.slack.adapter import SlackAdapter
from api.channels.slack.sender import SlackSender

NAME = "slack"


def build(house: House) -> Way | None:
    """Return Slack's way, or None without its two secrets."""
    settings = house.settings
    secret, token = settings.slack_signing_secret, settings.slack_bot_token
    if secret is None or token is None:
        return None
    # Only who uses Slack waits for its SDK.
    from api.channels.slack.client import SlackClient

    client = SlackClient(token.get_secret_value(), settings.slack_api_base)
    return Way(SlackAdapter(secret.get_secret_value()), SlackSender(client))
