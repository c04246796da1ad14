"""What the app has to be allowed in Slack: docs/channels.md has it as a manifest.

https://docs.slack.dev/reference/scopes
"""

# Which events we read, and the scope without which Slack does not send them.
EVENTS = {"app_mention": "app_mentions:read", "message.im": "im:history"}
# Which calls we make, and the scopes that they want.
_WRITES = frozenset({"chat:write"})
CALLS = {
    "chat_postMessage": _WRITES,
    "chat_postEphemeral": _WRITES,
    "chat_update": _WRITES,
    "conversations_history": frozenset({"im:history"}),
    "conversations_replies": frozenset({"channels:history", "groups:history"}),
}
SCOPES = frozenset(EVENTS.values()).union(*CALLS.values())
