"""What can be wrong with a message."""

from api.kit.errors import HelpbotError


class TextEmpty(HelpbotError):
    """Nothing is left of the text once blanks and unusable characters are gone."""

    code, status = "text_empty", 422


class TextTooLong(HelpbotError):
    """The text is longer than one message may be."""

    code, status = "text_too_long", 422


class TooManyRequests(HelpbotError):
    """More messages came than a person writes."""

    code, status = "too_many_requests", 429


class ChoiceUnknown(HelpbotError):
    """The choice does not belong to this conversation."""

    code, status = "choice_unknown", 404
