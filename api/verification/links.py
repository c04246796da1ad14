"""Links to the form. They are worked out, not stored: tables hold the id and a digest."""

import hashlib
import hmac

from api.kit.ids import digest


class Links:
    """Turns a verification's id into its link and back into what the table can look up."""

    def __init__(self, secret: str, public_url: str) -> None:
        self._secret, self._public_url = secret.encode(), public_url

    def token(self, verification_id: str) -> str:
        """Return the token of a verification, the same every time."""
        return hmac.new(self._secret, verification_id.encode(), hashlib.sha256).hexdigest()

    def token_digest(self, verification_id: str) -> str:
        """Return the form of the token that the table keeps."""
        return digest(self.token(verification_id))

    def fits(self, verification_id: str, token: str) -> bool:
        """Say whether `token` is that verification's, in constant time."""
        return hmac.compare_digest(self.token(verification_id).encode(), token.encode())

    def url(self, verification_id: str) -> str:
        """Return the address to show to the person."""
        return f"{self._public_url}/verify/{self.token(verification_id)}"
