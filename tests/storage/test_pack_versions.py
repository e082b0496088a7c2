from datetime import timedelta

from storage import events, packs
from storage.database import Database
from storage.packs import PackVersion
from tests.support.ledger import MONDAY

FILES = ("form.docx", "guidance.docx", "dates.ics")


def test_new_content_is_the_next_version_and_equal_content_the_same(database: Database) -> None:
    published = []
    for day, letter in enumerate("aabba"):
        with database.writing() as session:
            pack = packs.publish(
                session,
                programme="ace",
                sha256=letter * 64,
                size=1_000,
                files=FILES,
                now=MONDAY + timedelta(days=day),
            )
            published.append(pack)
            assert packs.current(session, "ace") == pack

    assert [pack.version for pack in published] == [1, 1, 2, 2, 3]
    assert published[1] == PackVersion("ace", 1, "a" * 64, 1_000, FILES, MONDAY)
    with database.reading() as session:
        history = [event.detail["version"] for event in events.recent(session)]
    assert history == ["3", "2", "1"]


def test_programmes_have_packs_of_their_own(database: Database) -> None:
    with database.writing() as session:
        for programme in ("ace", "s5"):
            packs.publish(
                session, programme=programme, sha256="a" * 64, size=1, files=(), now=MONDAY
            )
        assert packs.current(session, "other") is None
        current = packs.current(session, "s5")

    assert current is not None
    assert (current.programme, current.version) == ("s5", 1)
