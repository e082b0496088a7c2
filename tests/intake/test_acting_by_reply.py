"""Words by which organisers act in a reply: followed from a genuine organiser, however their mail
program quotes; from nobody else, and never twice."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, update

from intake.acting.receiving import ANSWERED_ALREADY, UNPROVEN
from storage import events, outbox
from storage.domain.acting import ActEffect
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.message import INSTRUCTIONS, MessageKind, RecordedMessage
from storage.domain.people import Address
from storage.domain.programme import Organiser
from storage.rows import LetterRow
from tests.support.acting_desk import (
    ASKED,
    HELD,
    IDRIS,
    PROGRAMME,
    TOMASZ,
    VOUCHED,
    Desk,
    Stands,
    make_ledger,
    open_desk,
)
from tests.support.ledger import make_draft
from tests.support.reply_office import PASS, ROSALIND, TRUSTED
from tests.support.reply_styles import STYLES, Style, Written, thread

RESULTS = "Authentication-Results: "
HOME = "leadership.nhs.example"
WORDS = f"{HELD} release\n{ASKED} answer: Yes, you may."


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_ledger(tmp_path_factory.mktemp("morning"))


@pytest.fixture
def desk(ledger: bytes, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, ledger) as desk:
        yield desk


def _pass_for(domain: str) -> str:
    return f"{RESULTS}{TRUSTED}; dmarc=pass header.from={domain}"


def _from(sender: str, vouched: str | None = VOUCHED) -> Callable[[Desk], RecordedMessage]:
    """Somebody else, with the thread and the code of Rosalind's digest."""
    return lambda desk: desk.act(WORDS, sender=sender, vouched=vouched)


def _vouched(results: str | None) -> Callable[[Desk], RecordedMessage]:
    """In Rosalind's name, with these fields about who vouches for it."""
    return lambda desk: desk.act(WORDS, vouched=results)


def _head(*fields: str) -> Callable[[Desk], RecordedMessage]:
    """Rosalind's own address, and something in the head that gives a machine away."""
    return lambda desk: desk.act(WORDS, fields=(*thread(desk.digest()), *fields))


def _bare(text: str, *fields: str) -> Callable[[Desk], RecordedMessage]:
    """From Rosalind, but in answer to nothing that we wrote to her."""
    return lambda desk: desk.receive(
        text, VOUCHED, *fields, sender=f"Rosalind Okoro <{ROSALIND}>", subject="Re: ACE"
    )


SENDERS = {
    "nobody vouches": _vouched(None),
    "another server vouches": _vouched(_pass_for(HOME).replace("mx2", "mx3")),
    "a server whose name begins like ours": _vouched(
        f"{RESULTS}{TRUSTED}.evil.example; dmarc=pass header.from={HOME}"
    ),
    "a server whose name ends like ours": _vouched(
        f"{RESULTS}x{TRUSTED}; dmarc=pass header.from={HOME}"
    ),
    "it failed": _vouched(f"{RESULTS}{TRUSTED}; dmarc=fail header.from={HOME}"),
    "there was no policy": _vouched(f"{RESULTS}{TRUSTED}; dmarc=none header.from={HOME}"),
    "it could not be judged": _vouched(f"{RESULTS}{TRUSTED}; dmarc=temperror header.from={HOME}"),
    "it can not be judged": _vouched(f"{RESULTS}{TRUSTED}; dmarc=permerror header.from={HOME}"),
    "a guess": _vouched(f"{RESULTS}{TRUSTED}; dmarc=bestguesspass header.from={HOME}"),
    "it passed for another domain": _vouched(_pass_for("evil.example")),
    "it passed for a subdomain": _vouched(_pass_for(f"mail.{HOME}")),
    "it passed for the parent": _vouched(_pass_for("nhs.example")),
    "it passed for no domain": _vouched(f"{RESULTS}{TRUSTED}; dmarc=pass"),
    "it passed for an envelope": _vouched(f"{RESULTS}{TRUSTED}; dmarc=pass smtp.mailfrom={HOME}"),
    "only SPF passed": _vouched(f"{RESULTS}{TRUSTED}; spf=pass smtp.mailfrom={HOME}"),
    "only DKIM passed": _vouched(f"{RESULTS}{TRUSTED}; dkim=pass header.d={HOME}"),
    "in a comment": _vouched(f"{RESULTS}{TRUSTED} (dmarc=pass header.from={HOME}); spf=pass"),
    "in a broken field": _vouched(f"{RESULTS}{TRUSTED}; ;; dmarc=pass header.from={HOME} (("),
    "in another field": _vouched(f"X-Authentication-Results: {PASS}"),
    "in a chain": _vouched(f"ARC-Authentication-Results: i=1; {PASS}"),
    "a forged pass below a failure": _vouched(
        f"{RESULTS}{TRUSTED}; dmarc=fail header.from={HOME}\r\n{VOUCHED}"
    ),
    "a forged pass above a failure": _vouched(
        f"{VOUCHED}\r\n{RESULTS}{TRUSTED}; dmarc=fail header.from={HOME}"
    ),
    "a forged pass below no policy": _vouched(
        f"{RESULTS}{TRUSTED}; dmarc=none\r\n"
        f"{RESULTS}mx9.evil.example; dmarc=pass header.from={HOME}"
    ),
    "the pass in the text": lambda desk: desk.act(f"{VOUCHED}\n\n{WORDS}", vouched=None),
    "her address as a name": _from(f'"{ROSALIND}" <a@evil.example>', _pass_for("evil.example")),
    "her name": _from("Rosalind Okoro <a@evil.example>", _pass_for("evil.example")),
    "two addresses": _from(f"{ROSALIND}, a@evil.example"),
    "two addresses, hers last": _from(f"a@evil.example, {ROSALIND}"),
    "two fields": _from(f"{ROSALIND}\r\nFrom: a@evil.example"),
    "a group": _from(f"Organisers: {ROSALIND};"),
    "an encoded address": _from(f"=?utf-8?q?{ROSALIND.replace('@', '=40')}?="),
    "a comment": _from(f"a@evil.example ({ROSALIND})", _pass_for("evil.example")),
    "a route": _from(f"<@evil.example:{ROSALIND}>"),
    "a subdomain": _from(f"rosalind.okoro@mail.{HOME}", _pass_for(f"mail.{HOME}")),
    "a domain that looks like hers": _from(
        "rosalind.okoro@leadershlp.nhs.example", _pass_for("leadershlp.nhs.example")
    ),
    "a letter of another script": _from(f"r\u043esalind.okoro@{HOME}"),
    "a tag behind a plus": _from(f"rosalind.okoro+x@{HOME}"),
    "another of her domain": _from(f"jo@{HOME}"),
    "the mail server of her domain": _from(f"postmaster@{HOME}"),
    "our own inbox": _from(PROGRAMME.inbox),
    "hers only as Sender": _from(
        f"a@evil.example\r\nSender: {ROSALIND}", _pass_for("evil.example")
    ),
    "hers only as Reply-To": _from(
        f"a@evil.example\r\nReply-To: {ROSALIND}", _pass_for("evil.example")
    ),
    "nobody at all": _from("<>"),
    "an applicant": _from("lead1@trust1.example", _pass_for("trust1.example")),
    "a member of the panel": _from(IDRIS, _pass_for("borough.example")),
    "another organiser": _from(f"Tomasz Brandt <{TOMASZ}>"),
    "her holiday": _head("Auto-Submitted: auto-replied"),
    "a rule of her mailbox": _head("Auto-Submitted: auto-generated"),
    "a list": _head("List-Id: <team.leadership.nhs.example>", "Precedence: list"),
    "our own letter": _head(f"X-Postroom-Loop: {PROGRAMME.inbox}"),
    "her out-of-office reply": lambda desk: desk.receive(
        WORDS,
        VOUCHED,
        *thread(desk.digest()),
        sender=ROSALIND,
        subject="Automatic reply: 2 need you: ACE",
    ),
}
"""Who writes, or seems to, with the words, the thread and the code of Rosalind's digest."""


def _once_more(desk: Desk) -> RecordedMessage:
    desk.act(f"{ASKED} discard")
    return desk.act(f"{HELD} release")


def _after_long(desk: Desk) -> RecordedMessage:
    desk.now += timedelta(days=15)
    return desk.act(WORDS)


def _same_message_id(desk: Desk) -> RecordedMessage:
    digest = desk.digest()
    mine = {"sender": f"Rosalind Okoro <{ROSALIND}>", "message_id": "<same@people.example>"}
    desk.receive("Thank you all.", VOUCHED, **mine)
    return desk.receive(WORDS, VOUCHED, *thread(digest), **mine)


def _unsent(state: LetterState) -> Callable[[Desk], RecordedMessage]:
    """In answer to a digest that never left."""

    def act(desk: Desk) -> RecordedMessage:
        code = "a" * 32
        draft = make_draft("digest/daily/x", kind=LetterKind.DIGEST, recipient=ROSALIND)
        draft = replace(draft, message_id=f"<letter.{code}@postroom.{HOME}>")
        with desk.database.writing() as session:
            letter = outbox.enqueue(session, draft, desk.now)
            assert letter is not None
            if state is LetterState.DISCARDED:
                outbox.discard(session, letter.id, desk.now, ROSALIND, "no")
        return desk.act(WORDS, fields=thread(letter))

    return act


def _code_of(letter: Letter) -> str:
    return letter.message_id[len("<letter.") :].partition("@")[0]


def _by_code(change: Callable[[str], str]) -> Callable[[Desk], RecordedMessage]:
    return lambda desk: _bare(f"{WORDS}\n\n> Code: {change(_code_of(desk.digest()))}")(desk)


def _nearest_is_spent(desk: Desk) -> RecordedMessage:
    """The receipt of one reply would be open; the digest that is answered again is not."""
    desk.act(f"{ASKED} discard")
    desk.send()
    (receipt,) = [
        x for x in desk.letters(LetterKind.ACTION_RECEIPT) if x.recipient.email == ROSALIND
    ]
    digest = desk.digest()
    fields = (f"In-Reply-To: {digest.message_id}", f"References: {receipt.message_id}")
    return desk.act(f"{HELD} release", fields=fields)


def _of_others_receipt(desk: Desk) -> RecordedMessage:
    sender = f"Tomasz Brandt <{TOMASZ}>"
    desk.act(f"{ASKED} discard", on=desk.digest(TOMASZ), sender=sender)
    desk.send()
    receipt = desk.letters(LetterKind.ACTION_RECEIPT)[-1]
    return desk.act("undo", on=receipt)


def _of_another_programme(desk: Desk) -> RecordedMessage:
    digest = desk.digest()
    with desk.database.writing() as session:
        moved = update(LetterRow).where(col(LetterRow.id) == digest.id)
        session.exec(moved.values(programme="surrey500"))
    return desk.act(WORDS, on=digest)


def _in_a_file(desk: Desk) -> RecordedMessage:
    text = (
        f"--b\nContent-Type: text/plain\n\n{WORDS}\n--b\nContent-Type: text/plain\n"
        f'Content-Disposition: attachment; filename="a.txt"\n\n{desk.text(desk.digest())}\n--b--\n'
    )
    sender = f"Rosalind Okoro <{ROSALIND}>"
    return desk.receive(text, VOUCHED, sender=sender, content_type="multipart/mixed; boundary=b")


TOKENS = {
    "no letter at all": _bare(WORDS),
    "a guessed Message-ID": _bare(WORDS, f"In-Reply-To: <letter.{'a' * 32}@postroom.{HOME}>"),
    "a guessed code": _bare(f"{WORDS}\n\n> Code: {'b' * 32}"),
    "one letter off": _by_code(lambda code: ("a" if code[0] != "a" else "b") + code[1:]),
    "in capitals": _by_code(str.upper),
    "cut short": _by_code(lambda code: code[:-1]),
    "run into another": _by_code(lambda code: f"a{code}"),
    "another domain": lambda desk: _bare(
        WORDS, f"In-Reply-To: {desk.digest().message_id.replace('postroom.', 'postbox.')}"
    )(desk),
    "used": _once_more,
    "expired": _after_long,
    "another message with its Message-ID came before": _same_message_id,
    "another's digest": lambda desk: desk.act(WORDS, on=desk.digest(TOMASZ)),
    "another's receipt": _of_others_receipt,
    "the nearest letter is spent": _nearest_is_spent,
    "a digest that waits": _unsent(LetterState.QUEUED),
    "a digest that was discarded": _unsent(LetterState.DISCARDED),
    "a digest of another programme": _of_another_programme,
    "a letter to an applicant": lambda desk: desk.act(
        WORDS, on=next(x for x in desk.letters(LetterKind.ACKNOWLEDGEMENT))
    ),
    "the code in a file": _in_a_file,
}
"""Rosalind herself, with something wrong about what she answers."""


def _is_left_alone(desk: Desk, before: Stands, message: RecordedMessage) -> bool:
    answered = [x.kind for x in desk.caused(message)]
    return desk.stands() == before and answered == [] and message.acted is None


def _before(desk: Desk, act: Callable[[Desk], RecordedMessage]) -> tuple[Stands, RecordedMessage]:
    """How things stood before the last message came."""
    stood: list[Stands] = []
    take = desk.take

    def watched(raw: bytes) -> RecordedMessage:
        stood.append(desk.stands())
        return take(raw)

    desk.take = watched  # type: ignore[method-assign]
    message = act(desk)
    return stood[-1], message


@pytest.mark.parametrize("act", [*SENDERS.values()], ids=[*SENDERS])
def test_words_in_an_organisers_name_do_nothing(
    desk: Desk, act: Callable[[Desk], RecordedMessage]
) -> None:
    before, message = _before(desk, act)

    assert _is_left_alone(desk, before, message)
    assert desk.waits(message) or message.understanding.verdict.kind.is_machine


@pytest.mark.parametrize("act", [*TOKENS.values()], ids=[*TOKENS])
def test_words_that_answer_no_open_letter_do_nothing(
    desk: Desk, act: Callable[[Desk], RecordedMessage]
) -> None:
    before, message = _before(desk, act)

    assert _is_left_alone(desk, before, message)
    assert desk.waits(message)


@pytest.mark.parametrize("kept", [(), (TOMASZ,)])
def test_organiser_who_is_none_any_more_does_nothing(
    ledger: bytes, tmp_path: Path, kept: tuple[str, ...]
) -> None:
    left = tuple(one for one in PROGRAMME.organisers if one.address.email in kept)
    left = left or (Organiser(Address(f"jo@{HOME}", "Jo Adeyemi")),)
    with open_desk(tmp_path, ledger, replace(PROGRAMME, organisers=left)) as desk:
        desk.plan()  # what the other configuration makes due

        before, message = _before(desk, _vouched(VOUCHED))

        assert _is_left_alone(desk, before, message)
        assert desk.waits(message)


def test_answer_to_what_was_acted_upon_says_so(desk: Desk) -> None:
    message = _once_more(desk)

    assert message.understanding.verdict.hold == ANSWERED_ALREADY


def test_stranger_is_not_told_that_it_was_acted_upon(desk: Desk) -> None:
    desk.act(f"{ASKED} discard")
    message = desk.act(f"{HELD} release", vouched=None)

    assert message.understanding.verdict.hold == UNPROVEN


def test_table_of_attacks_is_as_long_as_it_is_said_to_be() -> None:
    assert len(SENDERS) + len(TOKENS) + 2 == 72


def _state(desk: Desk, letter_id: int) -> LetterState:
    return dict(desk.stands().letters)[letter_id]


_AT = datetime(2021, 8, 30, 16, tzinfo=UTC)
DONE: dict[str, tuple[str, Callable[[Desk], bool]]] = {
    "release": (f"{HELD} release", lambda desk: _state(desk, 1) is LetterState.QUEUED),
    "release by reference": (
        "Release ACE-0002, please.",
        lambda desk: _state(desk, 1) is LetterState.QUEUED,
    ),
    "accept a letter": ("ACE-0002: accept", lambda desk: _state(desk, 1) is LetterState.QUEUED),
    "discard": (
        f"#{HELD} discard: answered by telephone",
        lambda desk: _state(desk, 1) is LetterState.DISCARDED,
    ),
    "hold": ("ACE-0004 hold", lambda desk: _state(desk, 8) is LetterState.HELD),
    "answer": (
        f"{ASKED} answer: Yes, you may.\n\nPlease name both of them.",
        lambda desk: (
            desk.stands().answers == (("Yes, you may.\n\nPlease name both of them.", True),)
            and desk.stands().settled == (6,)
        ),
    ),
    "extend": ("ACE-0004 extend to 30 August", lambda desk: (4, _AT) in desk.stands().closings),
    "accept a late form": ("ACE-0003 accept", lambda desk: desk.stands().closings[0][0] == 3),
    "assign to the panel": (
        "ACE-0003 assign to Idris Bello",
        lambda desk: desk.stands().readers == ((IDRIS, 3),),
    ),
    "assign to an organiser": (
        f"{ASKED} assign Tomasz",
        lambda desk: desk.stands().handed == (TOMASZ,),
    ),
    "several": (
        f"{HELD} release\n{ASKED} discard",
        lambda desk: _state(desk, 1) is LetterState.QUEUED and desk.stands().settled == (6,),
    ),
}


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__)
@pytest.mark.parametrize(("typed", "is_done"), [*DONE.values()], ids=[*DONE])
def test_organisers_word_is_followed(
    desk: Desk, typed: str, is_done: Callable[[Desk], bool], style: Style
) -> None:
    message = desk.act(typed, style=style)

    assert message.acted is not None
    assert [act.problem for act in message.acted.acts if act.problem] == []
    assert is_done(desk)
    (receipt,) = [x for x in desk.caused(message) if x.kind is LetterKind.ACTION_RECEIPT]
    assert (receipt.recipient.email, receipt.state) == (ROSALIND, LetterState.QUEUED)
    assert message.understanding.verdict.kind is MessageKind.ORGANISER
    assert not desk.waits(message)


def test_range_is_each_of_its_items(desk: Desk) -> None:
    message = desk.act(f"{HELD}-{ASKED} discard")

    assert message.acted is not None
    assert [act.effect for act in message.acted.acts] == [ActEffect.DONE] * 2
    assert _state(desk, 1) is LetterState.DISCARDED
    assert desk.stands().settled == (6,)


def _receipt(desk: Desk, message: RecordedMessage) -> Letter:
    (receipt,) = [x for x in desk.caused(message) if x.kind is LetterKind.ACTION_RECEIPT]
    return receipt


def test_answer_leaves_after_a_while_in_the_thread_of_the_question(desk: Desk) -> None:
    desk.act(f"{ASKED} answer: Yes, *you* may <b>now</b>.\n\nSee [here](http://x.example).")
    before = desk.letters(LetterKind.ORGANISER_ANSWER)
    desk.now += timedelta(minutes=10)

    (answer,) = [x for x in desk.plan() if x.kind is LetterKind.ORGANISER_ANSWER]

    assert before == []
    assert (answer.recipient.email, answer.state) == ("lead1@trust1.example", LetterState.QUEUED)
    wire = desk.wire(answer).decode()
    assert "In-Reply-To: <101@people.example>" in wire
    assert "*you* may <b>now</b>" in desk.text(answer)
    assert "<b>now" not in wire.partition("text/html")[2]
    assert 'href=3D"http://x.example' not in wire


def test_applicant_is_greeted_once(desk: Desk) -> None:
    desk.act(f"{ASKED} answer:\n\nDear Lead,\n\nYes, you may.\n\nKind regards\nRosalind")
    desk.now += timedelta(minutes=10)

    (answer,) = [x for x in desk.plan() if x.kind is LetterKind.ORGANISER_ANSWER]

    told = desk.text(answer).replace("\r\n", "\n")
    assert told.startswith("Dear Lead,\n\nYes, you may.\n\nRosalind Okoro\n")


def test_released_letter_waits_so_that_it_can_be_taken_back(desk: Desk) -> None:
    message = desk.act(f"{HELD} release")
    desk.send()
    early = _state(desk, 1)

    undone = desk.act("undo", on=_receipt(desk, message))

    assert early is LetterState.QUEUED
    assert undone.acted is not None
    assert [act.effect for act in undone.acted.acts] == [ActEffect.UNDONE]
    assert _state(desk, 1) is LetterState.HELD
    assert _receipt(desk, undone).state is LetterState.QUEUED


@pytest.mark.parametrize(
    ("typed", "undo"),
    [
        (f"{ASKED} answer: Yes.", "undo"),
        (f"{HELD} discard", f"undo {HELD}"),
        (f"{ASKED} discard", "Undo please"),
        ("ACE-0004 hold", "undo ACE-0004"),
        (f"{HELD} release\n{ASKED} discard", "undo"),
    ],
)
def test_what_was_done_is_undone_by_a_word(desk: Desk, typed: str, undo: str) -> None:
    before = desk.stands()
    message = desk.act(typed)
    desk.send()

    undone = desk.act(undo, on=_receipt(desk, message))

    after = desk.stands()
    assert message.acted is not None
    assert undone.acted is not None
    assert {act.effect for act in undone.acted.acts} == {ActEffect.UNDONE}
    letters, told = dict(after.letters), dict(before.letters)
    kept = {id: state for id, state in letters.items() if id in told and id != 8}
    assert kept == {id: state for id, state in told.items() if id != 8}
    assert (after.settled, after.handed) == (before.settled, before.handed)
    assert [text for text, is_standing in after.answers if is_standing] == []


def test_undo_of_one_thing_leaves_the_others(desk: Desk) -> None:
    message = desk.act(f"{HELD} discard\n{ASKED} discard")
    desk.send()

    desk.act(f"undo {ASKED}", on=_receipt(desk, message))

    assert (_state(desk, 1), desk.stands().settled) == (LetterState.DISCARDED, ())


def test_what_has_left_is_not_taken_back(desk: Desk) -> None:
    message = desk.act(f"{HELD} release\n{ASKED} answer: Yes.")
    desk.send()
    desk.now += timedelta(minutes=30)
    desk.plan()
    desk.send()

    undone = desk.act("undo", on=_receipt(desk, message))

    assert undone.acted is not None
    assert {act.effect for act in undone.acted.acts} == {ActEffect.REFUSED}
    assert _state(desk, 1) is LetterState.SENT
    assert desk.waits(undone)


def test_more_time_can_not_be_taken_back(desk: Desk) -> None:
    message = desk.act("ACE-0004 extend to 30 August because of illness")
    desk.send()

    undone = desk.act("undo", on=_receipt(desk, message))

    assert undone.acted is not None
    assert [act.effect for act in undone.acted.acts] == [ActEffect.REFUSED]
    assert (4, _AT) in desk.stands().closings


def test_receipt_can_be_answered_about_what_is_left(desk: Desk) -> None:
    message = desk.act(f"{HELD} release")
    desk.send()

    more = desk.act(f"{ASKED} discard", on=_receipt(desk, message))

    assert [task.number for task in _receipt(desk, message).tasks] == [ASKED]
    assert desk.stands().settled == (6,)
    assert _receipt(desk, more).tasks == ()


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("release", "the letter lists 2 things"),
        ("9 release", "the letter has no number 9"),
        ("ACE-0099 release", "there is no case ACE-0099"),
        (f"{ASKED} release", "no letter of it is held"),
        (f"{HELD} release\n{HELD} discard", "you say two things of it"),
        (f"{HELD} release\nBut only on Monday.", "other words stand right below it"),
        (f"{HELD} release on Monday", "it says more than"),
        ("ACE-0004 accept", "no held letter and no late form"),
        ("ACE-0004 extend to Monday", "it names no day"),
        ("ACE-0004 extend to Monday 31 August", "31 August 2021 is a Tuesday"),
        ("ACE-0004 extend to 31 September", "there is no 31 September"),
        ("ACE-0004 extend to 1 August 2021", "it closes as late already"),
        ("ACE-0004 extend to 27 September", "the outcomes are told by then"),
        ("ACE-0003 assign to Nobody Known", "nobody of the panel"),
        ("ACE-0004 assign to Idris Bello", "it has no form"),
        (f"{ASKED} answer:", "it has no text"),
        (f"{ASKED} hold\n{ASKED} answer: Yes.", "you say two things of it"),
        (f"{HELD} release\nACE-0002 answer: Yes.", "you say two things of it"),
        (f"0{HELD} release\n{HELD} discard", "you say two things of it"),
        (f"{ASKED} answer: Either\n{HELD}. Extend your project", "belongs to the text of your"),
        (f"{ASKED} answer: {'long ' * 2000}", "and 8,000 is the most"),
        (f"ACE-0004 extend to 27 August because {'of this ' * 40}", "a reason of 300 characters"),
        ("undo", "in reply to the letter that says what was done"),
        (f"{ASKED} answer Yes, you may.", "put a colon between"),
        (f"Thanks\n\n-- \nRosalind Okoro\n{HELD} release", "it stands below your signature"),
        (f"{HELD}-99 release", f"“{HELD}-99” is no range of numbers"),
    ],
)
def test_word_that_is_not_clear_does_nothing_and_says_why(
    desk: Desk, typed: str, problem: str
) -> None:
    before, message = _before(desk, lambda desk: desk.act(typed))

    assert message.acted is not None
    assert problem in " ".join(act.problem for act in message.acted.acts)
    assert desk.stands() == before
    assert desk.waits(message)
    assert problem in " ".join(desk.text(_receipt(desk, message)).split())
    assert desk.digest().spent_by is None


@pytest.mark.parametrize(
    "text",
    [
        "Hold on, I will look at it tomorrow.",
        "Accept my apologies, I was away.",
        "Release of the list is planned for Monday.",
        "Thank you, all fine.",
    ],
)
def test_prose_is_no_instruction(desk: Desk, text: str) -> None:
    before, message = _before(desk, lambda desk: desk.act(text))

    assert message.acted is None
    settled = [x for x in desk.stands().letters if x in before.letters]
    assert settled == list(before.letters)
    assert [x.state for x in desk.caused(message)] in ([], [LetterState.HELD])


def test_applicants_yes_beside_what_looks_like_a_code_is_read_as_theirs(desk: Desk) -> None:
    link = "https://mail.example/abcdefghijklmnopqrstuvwxyz234567"
    message = desk.receive(
        f"Accept\n\n{link}\n", sender="lead4@trust4.example", subject="Re: ACE [ACE-0004]"
    )

    assert message.understanding.verdict.rule != INSTRUCTIONS
    assert message.case_ids == (4,)


def test_rest_of_the_message_waits_for_a_person(desk: Desk) -> None:
    message = desk.act(f"{HELD} release\n\nCould somebody ring the lead of the fourth project?")

    assert _state(desk, 1) is LetterState.QUEUED
    assert desk.waits(message)
    assert "waits for a person" in " ".join(desk.text(_receipt(desk, message)).split())


def test_history_names_organiser_and_message(desk: Desk) -> None:
    message = desk.act("ACE-0004 extend to 30 August")

    with desk.database.reading() as session:
        told = [(e.actor, e.what, e.message_id) for e in events.of_case(session, 4)]
    assert (ROSALIND, "case_extended", None) in told
    assert (ROSALIND, "acted_by_reply", message.id) in told


def test_word_without_a_number_is_about_the_item_above_it(desk: Desk) -> None:
    """As people answer item by item."""
    quoted = "\n".join(f"> {line}" for line in desk.text(desk.digest()).split("\n"))
    first, _, rest = quoted.partition(f"> - [{ASKED}]")
    below = rest.replace("> To act", "\ndiscard\n\n> To act")
    text = f"{first}\nrelease\n\n> - [{ASKED}]{below}"

    desk.receive(text, VOUCHED, *thread(desk.digest()), sender=f"Rosalind Okoro <{ROSALIND}>")

    assert (_state(desk, 1), desk.stands().settled) == (LetterState.QUEUED, (6,))


def test_code_alone_tells_which_letter_is_answered(desk: Desk) -> None:
    """Some relays give letters another Message-ID."""
    message = desk.act(f"{HELD} release", fields=("In-Reply-To: <rewritten@relay.example>",))

    assert _state(desk, 1) is LetterState.QUEUED
    assert _receipt(desk, message).state is LetterState.QUEUED


def test_words_that_run_into_the_letter_below_do_nothing(desk: Desk) -> None:
    """A mail program that marks no quote at all: nobody can tell whose words they are."""
    before, message = _before(
        desk,
        lambda desk: desk.act(
            f"{HELD} release", style=lambda typed, letter: Written(f"{typed}\n\n{letter}")
        ),
    )

    assert desk.stands() == before
    assert message.acted is not None
    assert "can't tell your words" in message.acted.acts[0].problem


MISSPELT = ["ACE-0003 discrad", f"{ASKED} relase", f"{HELD} please ring them"]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__)
@pytest.mark.parametrize("line", MISSPELT)
def test_misspelt_word_is_told_to_its_writer_and_to_nobody_else(
    desk: Desk, line: str, style: Style
) -> None:
    typed = f"ACE-0004 extend to 30 August because the lead was ill\n{line}"
    message = desk.act(typed, style=style)

    assert message.acted is not None
    done, refused = message.acted.acts
    assert (done.effect, done.text) == (ActEffect.DONE, "The lead was ill")
    assert (refused.effect, refused.about) == (ActEffect.REFUSED, line.split()[0])
    assert f"“{line}” holds no word that we know" in " ".join(
        desk.text(_receipt(desk, message)).split()
    )
    assert desk.waits(message)


@pytest.mark.parametrize("line", MISSPELT)
def test_misspelt_word_alone_is_told(desk: Desk, line: str) -> None:
    before, message = _before(desk, lambda desk: desk.act(line))

    assert desk.stands() == before
    assert "holds no word that we know" in desk.text(_receipt(desk, message))
    assert desk.waits(message)


@pytest.mark.parametrize("above", ["ACE-0004 extend to 30 August because of illness", "1 discard"])
def test_words_beside_are_told_to_nobody_and_wait(desk: Desk, above: str) -> None:
    message = desk.act(f"{above}\nThanks for doing this, Bob is off sick by the way")

    assert message.acted is not None
    assert "Bob" not in "".join(act.text for act in message.acted.acts)
    assert "Bob" not in "".join(desk.text(x) for x in desk.caused(message))
    assert desk.waits(message)


@pytest.mark.parametrize("word", [f"{ASKED} answer: We meet on", f"{HELD} release"])
def test_number_that_the_letter_does_not_have_is_of_the_line_above(desk: Desk, word: str) -> None:
    before, message = _before(desk, lambda desk: desk.act(f"{word}\n10 October"))

    assert message.acted is not None
    assert ["“10 October”" in act.problem for act in message.acted.acts] == [True]
    assert desk.stands() == before


def test_reason_that_speaks_of_absence_is_no_note_of_absence(desk: Desk) -> None:
    message = desk.act("ACE-0004 extend to 30 August because the lead is off sick")

    assert message.acted is not None
    assert [act.text for act in message.acted.acts] == ["The lead is off sick"]


def test_prose_with_a_number_that_the_letter_does_not_have_is_no_instruction(desk: Desk) -> None:
    assert desk.act("10 October is better for all of us.").acted is None
