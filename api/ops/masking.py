"""Count what is masked, on the way through."""

from api.chat.inbox.service import Mask, Masked
from api.ops.meter import Meter


class CountedMask:
    """A `Mask` that tells the meter the kinds, never the text."""

    def __init__(self, mask: Mask, meter: Meter) -> None:
        self._mask, self._meter = mask, meter

    def __call__(
        self, text: str, *, code_expected: bool = False, password_expected: bool = False
    ) -> Masked:
        """See Mask."""
        masked = self._mask(text, code_expected=code_expected, password_expected=password_expected)
        self._meter.masked(masked.kinds)
        return masked
