"""Links for guests: the model and the last day stand in them, signed; they are stored nowhere."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from api.kit.clock import Clock

GOOD_FOR = timedelta(days=7)


class GuestLinks:
    """Signs and reads."""

    def __init__(self, secret: str, public_url: str, clock: Clock) -> None:
        self._secret, self._public_url, self._clock = secret.encode(), public_url, clock

    def url(self, row_id: str) -> str:
        """Return an address that leads to a model for a week."""
        named = f"{row_id}.{int((self._clock() + GOOD_FOR).timestamp())}"
        return f"{self._public_url}/guest/{named}.{self._sign(named)}"

    def model(self, token: str) -> str | None:
        """Return which model `token` leads to; None for one that is foreign, edited or over."""
        named, _, signature = token.rpartition(".")
        row_id, _, until = named.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._sign(named).encode()):
            return None
        over = datetime.fromtimestamp(int(until), UTC) <= self._clock()
        return None if over else row_id

    def _sign(self, named: str) -> str:
        return hmac.new(self._secret, f"guest:{named}".encode(), hashlib.sha256).hexdigest()[:32]
