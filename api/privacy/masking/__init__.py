"""Masking of personal data in what people type, before anything is written or sent on."""

from api.privacy.masking.mask import Masked, mask

__all__ = ["Masked", "mask"]
