"""The service with its clock and its source of randomness passed in."""

from datetime import timedelta

from api.accounts.schemas import Purpose
from api.accounts.service import AccountService


async def test_the_handle_comes_from_the_source_passed_in(database, clock):
    service = AccountService(database, timedelta(minutes=30), clock, tokens=bytes)
    assert (await service.verify(Purpose.LOCKOUT, "fine")).handle == "0" * 40


async def test_the_answer_is_committed_when_it_is_given(database, clock):
    service = AccountService(database, timedelta(minutes=30), clock)
    handle = (await service.verify(Purpose.LOCKOUT, "locked")).handle
    other = AccountService(database, timedelta(minutes=30), clock)
    assert (await other.lockout(handle)).state == "locked"
