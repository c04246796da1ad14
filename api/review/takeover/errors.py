"""What can go wrong when somebody takes over."""

from api.kit.errors import HelpbotError


class TakenAlready(HelpbotError):
    """Somebody else was quicker, or the wait is over."""

    code, status = "staff_taken_already", 409


class NothingToSay(HelpbotError):
    """The message is empty or too long."""

    code, status = "staff_nothing_to_say", 422
