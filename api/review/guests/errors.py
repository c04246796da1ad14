"""What can go wrong with a talk to try a model."""

from api.kit.errors import HelpbotError


class GuestLinkOver(HelpbotError):
    """The link is foreign, edited or too old, or its model is gone."""

    code, status = "guest_link_over", 404


class GuestModelFailed(HelpbotError):
    """The model does not come up, or gives no answer."""

    code, status = "guest_model_failed", 503
