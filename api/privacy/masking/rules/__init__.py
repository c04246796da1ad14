"""One file per family of rules; `RULES` is their order.

A rule reads the folded text and yields what it found, from left to right, without overlap.
What a rule takes is a barrier for the later ones. To add a kind: a file here, a line in
`RULES`, a label in data/masks.yml, rows in tests/data/masking/.
"""

from api.privacy.masking.rules.address import find_addresses
from api.privacy.masking.rules.announced import find_announced
from api.privacy.masking.rules.before import find_before
from api.privacy.masking.rules.card import find_beside_cards
from api.privacy.masking.rules.code import find_codes
from api.privacy.masking.rules.expected import find_expected_codes, find_expected_passwords
from api.privacy.masking.rules.foreign import find_foreign_phones
from api.privacy.masking.rules.found import Found, Rule
from api.privacy.masking.rules.kanji import find_kanji_numbers
from api.privacy.masking.rules.link import find_links
from api.privacy.masking.rules.mail import find_mails
from api.privacy.masking.rules.number import find_numbers
from api.privacy.masking.rules.person import find_persons
from api.privacy.masking.rules.phone import find_phones
from api.privacy.masking.rules.shields import (
    shield_dates_and_money,
    shield_job_numbers,
    shield_public,
)
from api.privacy.masking.rules.spelled import find_spelled

__all__ = ["AFTER_TALK_OF_CODES", "AFTER_TALK_OF_PASSWORDS", "RULES", "Found", "Rule"]

# Cues go first: a password may look like a mail address or a number, never the reverse.
# Dates are shielded only after them, because people use dates as passwords.
RULES: tuple[Rule, ...] = (
    shield_public,
    shield_job_numbers,
    find_links,
    find_persons,
    find_addresses,
    find_announced,
    find_before,
    find_spelled,
    find_codes,
    find_mails,
    shield_dates_and_money,
    find_phones,
    find_foreign_phones,
    find_numbers,
    find_kanji_numbers,
    find_beside_cards,
)
# Where the bot has just spoken of codes, bare digits are one; of passwords, letters and digits.
AFTER_TALK_OF_CODES: tuple[Rule, ...] = (find_expected_codes,)
AFTER_TALK_OF_PASSWORDS: tuple[Rule, ...] = (find_expected_passwords,)
