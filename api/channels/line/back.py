"""The way back from a page of ours into the talk on LINE. Pure.

https://developers.line.biz/en/docs/messaging-api/using-line-url-scheme/ : opens the talk with the
words written out; the person sends them, so the answer costs nothing.
"""

from urllib.parse import quote


def back_link(basic_id: str, text: str) -> str:
    """Return the link; `basic_id` is the account's LINE ID with its @."""
    return f"https://line.me/R/oaMessage/{quote(basic_id, safe='')}/?{quote(text)}"
