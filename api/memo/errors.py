"""What can go wrong with a memo page."""

from api.kit.errors import HelpbotError


class MemoMissing(HelpbotError):
    """The link is foreign or edited, or the conversation was erased."""

    code, status = "memo_missing", 404
