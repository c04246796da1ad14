"""Put LINE together, where it is set up."""

from api.channels.contract import House, Way
from api.channels.line.adapter import LineAdapter
from api.channels.line.loading import Loading
from api.channels.line.sender import LineSender

NAME = "line"


def build(house: House) -> Way | None:
    """Return LINE's way, or None without its two secrets."""
    settings = house.settings
    secret, token = settings.line_channel_secret, settings.line_channel_access_token
    if secret is None or token is None:
        return None
    # LINE's SDK takes two seconds to import: only who uses it waits for that.
    from api.channels.line.client import LineClient

    client = LineClient(token.get_secret_value(), settings.line_api_base)
    loading = Loading(house.database, house.seal, client, house.clock)
    return Way(
        adapter=LineAdapter(secret.get_secret_value(), house.words["line_back_text"]),
        sender=LineSender(client, house.words["not_in_public"]),
        loops=(loading.run,),
        running=client.running,
    )
