"""Slack sends interactions as a form with one field that holds JSON."""

from urllib.parse import parse_qs

from api.kit.errors import InvalidRequest


def payload(raw: bytes) -> bytes:
    """Return the JSON in the form; raises InvalidRequest for another form."""
    try:
        fields = parse_qs(raw.decode("utf-8", "replace"), max_num_fields=10)
    except ValueError as error:
        raise InvalidRequest(type(error).__name__) from None
    return fields.get("payload", [""])[0].encode("utf-8", "replace")
