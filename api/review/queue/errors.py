"""What can be wrong with a verdict."""

from api.kit.errors import HelpbotError


class TopicMissing(HelpbotError):
    """A wrong answer needs the right topic."""

    code, status = "staff_topic_missing", 422


class HeldByAnother(HelpbotError):
    """Somebody else has this message before them."""

    code, status = "staff_held_by_another", 409
