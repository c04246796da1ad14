"""What tells other processes what is rung here, and rings here what they tell."""

from typing import Protocol


class Exchange(Protocol):
    """Takes over `Bell.tell_others`. While it works, `Bell.hears_others` is true."""

    async def run(self) -> None:
        """Hear and tell until cancelled; what breaks is made anew."""
        ...
