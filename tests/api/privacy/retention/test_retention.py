"""Purge, erasure and restore, proven by looking into the files."""

import shutil
import sqlite3
from pathlib import Path

from api.chat.conversations.models import Conversation
from api.chat.inbox.service import Incoming
from api.privacy.erasure.ledger import Ledger
from api.privacy.retention.service import TEXT
from api.wiring import Services
from tests.api.conftest import MovingClock
from tests.api.review.conftest import app, read_once, teller, wired
from tests.api.review.told import Teller, Told
from tests.support.databases import needs_files
from tools.backup import copy

__all__ = ["app", "read_once", "teller", "wired"]
SAID = "きゅうじんのふしぎなはなし"


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("gateway.db*"))


async def row(wired: Services, conversation_id: str) -> Conversation:
    async with wired.database.reading() as session:
        found = await session.get(Conversation, conversation_id)
    assert found is not None
    return found


@needs_files
async def test_text_is_in_no_file_after_ninety_days(
    wired: Services, teller: Teller, clock: MovingClock, tmp_path: Path
) -> None:
    await teller.tell(Told(SAID))
    clock.move(days=91)
    await teller.tell(Told("きょうのはなし"))
    await wired.retention.purge()
    assert SAID.encode() not in everything(tmp_path)
    assert "きょうのはなし".encode() in everything(tmp_path)


@needs_files
async def test_counts_stay_when_text_goes(
    wired: Services, teller: Teller, clock: MovingClock, tmp_path: Path
) -> None:
    await teller.tell(Told(SAID), Told(SAID, intent="otp_expired"))
    clock.move(days=91)
    await wired.retention.purge()
    with sqlite3.connect(tmp_path / "gateway.db") as database:
        kept = database.execute("select topic, count from kept_counts order by topic").fetchall()
    assert kept == [("otp_expired", 1), ("otp_not_received", 1)]


async def test_a_dry_run_counts_and_deletes_nothing(
    wired: Services, teller: Teller, clock: MovingClock
) -> None:
    await teller.tell(Told(SAID))
    clock.move(days=91)
    assert (await wired.retention.dry_run()).conversations == 1
    assert (await wired.retention.dry_run()).conversations == 1


async def test_a_conversation_that_goes_on_is_kept(
    wired: Services, teller: Teller, clock: MovingClock
) -> None:
    await teller.tell(Told(SAID))
    clock.move(days=89)
    assert (await wired.retention.purge()).conversations == 0


@needs_files
async def test_a_restore_forgets_again_what_was_erased_since(
    wired: Services, teller: Teller, tmp_path: Path
) -> None:
    wired.erasure._ledger = ledger = Ledger(tmp_path / "erasures.ledger")
    kept, _ = await teller.tell(Told("のこるはなし"))
    gone, _ = await teller.tell(Told(SAID))
    (tmp_path / "backup").mkdir()
    copy(tmp_path / "gateway.db", tmp_path / "backup" / "gateway.db")
    await wired.erasure.erase(await row(wired, gone))
    await wired.database.close()
    for ending in ("", "-wal", "-shm"):
        (tmp_path / f"gateway.db{ending}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup" / "gateway.db", tmp_path / "gateway.db")
    assert SAID.encode() in everything(tmp_path)
    assert await ledger.replay(wired.erasure) == 1
    assert SAID.encode() not in everything(tmp_path)
    assert (await row(wired, kept)).id == kept


def test_the_ledger_holds_no_id(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "l")
    ledger.note(["c-secret"])
    assert "c-secret" in ledger
    assert "c-secret" not in (tmp_path / "l").read_text()


async def test_who_comes_back_while_it_is_purged_loses_nothing(
    wired: Services, teller: Teller, clock: MovingClock
) -> None:
    back, _ = await teller.tell(Told(SAID))
    await teller.tell(Told(SAID))
    clock.move(days=91)
    old = await wired.retention._old(clock() - TEXT)
    await wired.inbox.accept(await row(wired, back), Incoming("again", "またきました", None))
    assert await wired.retention._let_go(old, clock() - TEXT) == 1
    assert (await row(wired, back)).id == back


async def test_two_gateways_that_purge_count_nothing_twice(
    wired: Services, teller: Teller, clock: MovingClock
) -> None:
    await teller.tell(Told(SAID))
    clock.move(days=91)
    old = await wired.retention._old(clock() - TEXT)
    gone = [await wired.retention._let_go(old, clock() - TEXT) for _ in range(2)]
    assert gone == [1, 0]
