"""The service with its clock and its source of randomness passed in."""

import pytest

from api.accounts.directory import Directory, read_persons
from api.accounts.schemas import VerificationRequest
from api.accounts.service import AccountService
from api.accounts.tries import LockRules
from tests.api.accounts.conftest import TOKEN


@pytest.fixture
def service(database, settings, clock):
    def make(**options):
        locks = LockRules(settings.lock_after, settings.lock_ceiling, settings.lock_time)
        return AccountService(database, Directory(read_persons(), TOKEN), locks, clock, **options)

    return make


def asked(person):
    return VerificationRequest(purpose="lockout", demo_person=person)


async def test_the_handle_comes_from_the_source_passed_in(service):
    assert (await service(tokens=bytes).verify(asked("fine"))).handle == "0" * 40


async def test_the_answer_is_committed_when_it_is_given(service):
    handle = (await service().verify(asked("locked"))).handle
    assert (await service().lockout(handle)).state == "locked"
