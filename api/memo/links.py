"""Addresses of memo pages: worked out from the conversation's id, stored nowhere."""

import hashlib
import hmac


class MemoLinks:
    """Signs a conversation's id, so that nobody can open another's page."""

    def __init__(self, secret: str, public_url: str) -> None:
        self._secret, self._public_url = secret.encode(), public_url

    def url(self, conversation_id: str) -> str:
        """Return the page's address."""
        return f"{self._public_url}/memo/{conversation_id}.{self._sign(conversation_id)}"

    def conversation_id(self, token: str) -> str | None:
        """Return the conversation that `token` stands for; None for a foreign or edited one."""
        conversation_id, _, signature = token.rpartition(".")
        good = hmac.compare_digest(signature.encode(), self._sign(conversation_id).encode())
        return conversation_id if good else None

    def _sign(self, conversation_id: str) -> str:
        signed = hmac.new(self._secret, f"memo:{conversation_id}".encode(), hashlib.sha256)
        return signed.hexdigest()[:32]
