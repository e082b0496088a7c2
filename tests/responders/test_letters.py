"""Every letter whole, as its reader reads it. `WRITE_LETTERS=1 pytest` writes them anew: then read
what changed."""

import email
import hashlib
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document

from responders.kinds import letters_due
from responders.mime import encode_enclosure
from responders.packs import build_pack
from responders.rendering import Renderer
from storage.archive import Archive
from storage.domain.answers import Answer
from storage.domain.case import CaseState
from storage.domain.decision import Effect, Outcome, ReleasedOutcome, Ruling
from storage.domain.letter import LetterDraft, LetterKind
from storage.domain.message import MessageKind
from storage.domain.people import Contact
from storage.domain.programme import Reminders
from storage.domain.returned_sheet import SheetResult
from storage.domain.situation import Situation
from storage.domain.watch import TroubleKind
from storage.packs import PackVersion
from tests.support import awarding, organisers_acts, placing
from tests.support.alarms import relieved, troubled
from tests.support.moves import a_packed, a_reissue, an_extension, moved
from tests.support.organising import (
    a_busy_morning,
    a_busy_week,
    a_closed_round,
    a_quiet_morning,
)
from tests.support.panelling import (
    FORM_CONTENT,
    a_first_sheet,
    a_missing_member,
    a_second_sheet,
    scores_told,
)
from tests.support.situations import (
    ACE,
    AFTER_CLOSING,
    AMINA,
    BEFORE_OPENING,
    FORM,
    JOAN,
    JULY,
    PIOTR,
    SUMMARY,
    a_case,
    a_letter,
    a_message,
    a_nomination,
    a_nominee_case,
    a_situation,
    after,
)

TEMPLATES = Path(__file__).parents[2] / "templates"
FORM_SHA256 = hashlib.sha256(FORM_CONTENT).hexdigest()
LETTERS = Path(__file__).parents[1] / "letters"
SECRET = b"a secret for tests"
HEADERS = (
    *("Date", "From", "To", "Message-ID", "Subject", "In-Reply-To", "References"),
    *("Auto-Submitted", "X-Auto-Response-Suppress", "X-Postroom-Loop"),
)

WITHOUT_PHONE = Contact(AMINA.name, AMINA.email, None, AMINA.role, AMINA.organisation)


PROTECTED = replace(FORM, problem="it is protected by a password")
ANSWERS = (
    Answer("issue", SUMMARY),
    Answer("people", "We, the libraries and the parents."),
    Answer("plan", "word " * 412),
    Answer("money", ""),
)


def _application(received_at=JULY, attachments=(FORM,), answers=()):
    message = a_message(
        MessageKind.APPLICATION, received_at=received_at, attachments=list(attachments)
    )
    return a_situation(_with(message, answers), case=a_case(state=CaseState.APPLIED))


def _with(message, answers, summary=None):
    return replace(
        message, understanding=replace(message.understanding, answers=answers, summary=summary)
    )


def _second_form():
    """A form that is complete but for two answers, after the expression and a first form."""
    first = a_message(MessageKind.EXPRESSION, id=5, received_at=JULY - timedelta(days=8))
    before = a_message(MessageKind.APPLICATION, id=6, received_at=JULY - timedelta(days=1))
    now = a_message(MessageKind.APPLICATION, attachments=[FORM, PROTECTED])
    told = a_situation(
        _with(first, (), SUMMARY),
        _with(before, (*ANSWERS[:1], Answer("people", "We."), *ANSWERS[2:])),
        _with(now, ANSWERS),
        case=a_case(state=CaseState.APPLIED),
    )
    earlier = [due for due in letters_due(told) if due.cause in (5, 6)]
    return after(told, *earlier)


def _expression(received_at=JULY, **case):
    message = a_message(
        MessageKind.EXPRESSION, received_at=received_at, references=["<first@nhs.example>"]
    )
    return a_situation(message, case=a_case(opened_at=received_at, **case))


def _update():
    packed = _expression()
    addition = a_message(
        MessageKind.FOLLOW_UP,
        id=9,
        received_at=JULY + timedelta(days=1),
        changed=["contact.phone", "area"],
    )
    told = a_situation(*packed.messages, addition, case=packed.case)
    return after(told, *letters_due(packed))


FEEDBACK = (
    "The panel liked how fathers had shaped the idea, and that three agencies share the work.\n\n"
    "It would like to know how the work goes on after March."
)
OUTCOMES_AT = datetime(2021, 9, 27, 8, tzinfo=UTC)


def _decided(outcome, *, amount=None, feedback=FEEDBACK):
    """Amina's form was answered, and the day of the outcomes has come."""
    applied = _application()
    told = after(applied, *letters_due(applied))
    released = ReleasedOutcome(
        1, 42, Ruling(outcome, amount, feedback), AMINA.email, OUTCOMES_AT, OUTCOMES_AT
    )
    return replace(told, outcomes=(released,), now=OUTCOMES_AT)


def _unconfirmed():
    """Three working days after the good news nobody has said a word."""
    decided = _decided(Outcome.FUNDED, amount=18_500)
    told = after(decided, *letters_due(decided))
    letters = tuple(replace(letter, sent_at=OUTCOMES_AT) for letter in told.letters)
    programme = replace(ACE, chase_after_days=(3,))
    return replace(told, programme=programme, letters=letters, now=OUTCOMES_AT + timedelta(days=3))


def _reminded():
    """The closing is a week away, and no form has come."""
    programme = replace(ACE, reminders=Reminders(days_before=(7,)))
    return replace(a_packed(), programme=programme, now=datetime(2021, 8, 13, 8, tzinfo=UTC))


def _reissued(**settings):
    """A new version of the pack is to go out to those who hold the one before."""
    reissue = a_reissue(**settings)
    return replace(a_packed(), reissue=reissue, now=reissue.at)


def _late_no_longer():
    """Amina's form was answered as late; then her case was given another day."""
    late = _application(AFTER_CLOSING)
    (receipt,) = letters_due(late)
    letter = replace(a_letter(receipt), created_at=late.now)
    extension = an_extension(case_id=42, at=AFTER_CLOSING + timedelta(hours=17))
    return moved(replace(late, letters=(letter,)), extension)


def _sheet_returned():
    """Rosalind sent the decision sheet; three rows are new, one is not as it should be."""
    rosalind = Contact("Rosalind Okoro", "rosalind.okoro@leadership.nhs.example")
    message = a_message(
        MessageKind.UNCLEAR,
        contact=rosalind,
        answer_to=ACE.organisers[0].address,
        hold="organiser",
        case_ids=(),
    )
    results = (
        SheetResult("ACE-0007", Effect.NEW, Outcome.FUNDED, 18_500),
        SheetResult("ACE-0042", Effect.CHANGED, Outcome.RESERVE),
        SheetResult("ACE-0011", Effect.UNCHANGED),
        SheetResult("ACE-0012", Effect.NEW, Outcome.NOT_FUNDED),
        SheetResult("ACE-0013", Effect.REFUSED, problems=("its state is withdrawn",)),
    )
    return a_situation(replace(message, results=results))


SITUATIONS: dict[LetterKind, Situation] = {
    LetterKind.APPLICATION_PACK: _expression(contact=WITHOUT_PHONE, area=None),
    LetterKind.DETAILS_REQUEST: _expression(summary=None, contact=WITHOUT_PHONE),
    LetterKind.NOMINATION_RECEIPT: a_nomination(JOAN, PIOTR),
    LetterKind.APPLICATION_RECEIPT: _second_form(),
    LetterKind.ATTACHMENT_PROBLEM: _application(attachments=(PROTECTED,)),
    LetterKind.LATE_RECEIPT: _application(AFTER_CLOSING),
    LetterKind.ACKNOWLEDGEMENT: a_situation(a_message(MessageKind.QUESTION, case_ids=())),
    LetterKind.UPDATE_RECEIPT: _update(),
    LetterKind.WITHDRAWAL_CONFIRMATION: a_situation(
        a_message(MessageKind.WITHDRAWAL), case=a_case(state=CaseState.WITHDRAWN)
    ),
    LetterKind.NOT_YET_OPEN: _expression(BEFORE_OPENING),
    LetterKind.CLOSED: _expression(AFTER_CLOSING),
    LetterKind.DEADLINE_REMINDER: _reminded(),
    LetterKind.EXTENSION_NOTICE: moved(a_packed(), an_extension()),
    LetterKind.PACK_REISSUE: _reissued(),
    LetterKind.OUTCOME_FUNDED: _decided(Outcome.FUNDED, amount=18_500),
    LetterKind.OUTCOME_RESERVE: _decided(Outcome.RESERVE),
    LetterKind.OUTCOME_NOT_FUNDED: _decided(Outcome.NOT_FUNDED),
    LetterKind.OUTCOME_CHASE: _unconfirmed(),
    LetterKind.DECISIONS_RECEIPT: _sheet_returned(),
    LetterKind.DIGEST: a_busy_morning(),
    LetterKind.CLOSING_NOTICE: a_closed_round(),
    LetterKind.ACTION_RECEIPT: organisers_acts.some_of_it(),
    LetterKind.ORGANISER_ANSWER: organisers_acts.an_answer(),
    LetterKind.WATCH_NOTICE: troubled(TroubleKind.READING_STOPPED),
    LetterKind.WATCH_ALL_CLEAR: relieved(TroubleKind.READING_STOPPED),
    LetterKind.PLACE_INVITATION: placing.invited(),
    LetterKind.PLACE_OFFER: placing.offered(),
    LetterKind.PLACE_CHASE: placing.silent(),
    LetterKind.PLACE_CONFIRMED: placing.confirmed(),
    LetterKind.WAITING_LIST: placing.a_nominee(placing.a_placement(None, rank=1)),
    LetterKind.JOINING_INSTRUCTIONS: placing.nearly_there(),
    LetterKind.COHORT_REMINDER: placing.days_away(),
    LetterKind.NOMINATION_OUTCOME: placing.all_known(),
    LetterKind.NOMINATION_PICTURE: placing.a_week_of_east_surrey(),
    LetterKind.LEAD_ANSWER: placing.who_leads(),
    LetterKind.SCORING_SHEET: a_first_sheet(),
    LetterKind.SCORING_RECEIPT: scores_told(),
    LetterKind.SCORING_REMINDER: a_missing_member(),
    LetterKind.AWARD_DETAILS: awarding.took_up(),
    LetterKind.AWARD_RECEIPT: awarding.told_in_part(),
    LetterKind.AWARD_CHASE: awarding.asked(now=awarding.TAKEN_AT + 8 * awarding.DAY),
    LetterKind.MOU: awarding.told_all(),
    LetterKind.MOU_RECEIPT: awarding.returned(),
    LetterKind.MOU_CHASE: awarding.out_to_sign(now=awarding.TAKEN_AT + 10 * awarding.DAY),
    LetterKind.MOU_COUNTERSIGNED: awarding.told_of_both(FORM_SHA256),
    LetterKind.INTRODUCTION: awarding.introduced(awarding.a_fellow(0), awarding.a_fellow(1)),
    LetterKind.INVITATION: awarding.invited(),
}

FURTHER: dict[str, Situation] = {
    "place_invitation-through_nominator": placing.a_nominee(
        placing.a_placement(1), case=a_nominee_case(PIOTR, 7)
    ),
    "waiting_list-after_silence": placing.a_nominee(
        placing.a_placement(1), placing.a_placement(None, id=18, rank=1)
    ),
    "place_confirmed-started": placing.confirmed(now=placing.STARTS_AT + timedelta(hours=5)),
    "place_confirmed-started_late": placing.confirmed(
        at=placing.STARTS_AT + timedelta(hours=4), now=placing.STARTS_AT + timedelta(hours=5)
    ),
    "lead_answer-unknown_area": placing.who_leads(area=None),
    "extension_notice-late_form": _late_no_longer(),
    "pack_reissue-new_form": _reissued(form_still_fine=False),
    "digest-weekly": a_busy_week(),
    "scoring_sheet-again": a_second_sheet(),
    "digest-nothing_new": a_quiet_morning(),
    "award_receipt-all_told": awarding.all_told(),
    "award_chase-begun": awarding.begun(),
    "mou-again": awarding.amended(),
    "mou_countersigned-to_finance": awarding.told_of_both(FORM_SHA256, to_finance=True),
    "introduction-again": awarding.introduced_again(),
    "invitation-changed": awarding.moved(),
    "invitation-cancelled": awarding.moved(is_cancelled=True),
    "action_receipt-undone": organisers_acts.taken_back(),
    "action_receipt-refused": organisers_acts.nothing_of_it(),
    "organiser_answer-to_a_case": organisers_acts.an_answer_about_a_case(),
    "watch_notice-breaker": troubled(TroubleKind.BREAKER_TRIPPED),
    "watch_notice-disk": troubled(TroubleKind.DISK_NEARLY_FULL),
    "watch_notice-token": troubled(TroubleKind.TOKEN_ENDING),
    "watch_all_clear-sending": relieved(TroubleKind.SENDING_STOPPED),
}
"""Kinds that have more than one face, by the name of the expected letter."""


class Post:
    """A renderer with the pack of ACE out, and its letters as they arrive."""

    def __init__(self, folder: Path) -> None:
        archive = Archive(folder)
        enclosure = encode_enclosure(build_pack(ACE, TEMPLATES).enclosed)
        sha256 = archive.put(enclosure)
        pack = PackVersion("ace", 3, sha256, len(enclosure), ("form",), JULY)
        archive.put(FORM_CONTENT)
        self._archive = archive
        self.renderer = Renderer(TEMPLATES, archive=archive, secret=SECRET, packs={"ace": pack})

    def draft(self, s: Situation) -> LetterDraft:
        (due,) = (due for due in letters_due(s) if due.skip is None)
        return self.renderer.render(s, due)

    def wire(self, draft: LetterDraft) -> bytes:
        enclosed = draft.enclosure_sha256
        return draft.content + (self._archive.get(enclosed) if enclosed else b"")

    def arrive(self, s: Situation) -> EmailMessage:
        message = email.message_from_bytes(self.wire(self.draft(s)), policy=default)
        assert isinstance(message, EmailMessage)
        return message


@pytest.fixture(scope="module")
def post(tmp_path_factory):
    return Post(tmp_path_factory.mktemp("archive"))


def _as_read(message: EmailMessage) -> str:
    headers = "".join(f"{name}: {message[name]}\n" for name in HEADERS if name in message)
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n").rstrip("\n")
    files = "".join(f"[attached: {part.get_filename()}]\n" for part in message.iter_attachments())
    return f"{headers}\n{text}\n" + (f"\n{files}" if files else "")


@pytest.mark.parametrize("name", [*LetterKind, *FURTHER])
def test_letter_reads_as_expected(post, name):
    expected = LETTERS / f"{name}.txt"
    read = _as_read(post.arrive({**SITUATIONS, **FURTHER}[name]))
    if os.environ.get("WRITE_LETTERS"):
        expected.write_text(read, encoding="utf-8")
    assert read == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", list(LetterKind))
def test_letter_is_whole_on_the_wire(post, kind):
    wire = post.wire(post.draft(SITUATIONS[kind]))
    message = email.message_from_bytes(wire, policy=default)

    assert wire.isascii()
    assert b"\n" not in wire.replace(b"\r\n", b"")
    assert max(len(line) for line in wire.split(b"\r\n")) <= 98
    text = message.get_body(("plain",)).get_content()
    assert max(len(line) for line in text.splitlines()) <= 78
    assert [part.defects for part in message.walk()] == [[] for _ in message.walk()]
    assert post.wire(post.draft(SITUATIONS[kind])) == wire


class _Outline(HTMLParser):
    """Which elements open, and with what."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.opened.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data


@pytest.mark.parametrize("kind", list(LetterKind))
def test_html_says_the_same_and_is_accessible(post, kind):
    message = post.arrive(SITUATIONS[kind])
    outline = _Outline()
    outline.feed(message.get_body(("html",)).get_content())
    tags = [tag for tag, _ in outline.opened]

    assert outline.open == []
    assert ("html", {"lang": "en-GB"}) in outline.opened
    assert tags.count("h1") == 1
    assert tags.count("title") == 1
    assert all(attrs.get("scope") == "col" for tag, attrs in outline.opened if tag == "th")
    assert not {"script", "img", "iframe", "form", "link"} & set(tags)
    hrefs = [attrs["href"] for tag, attrs in outline.opened if tag == "a"]
    assert all(href.startswith(("mailto:", "https://")) for href in hrefs)
    said = " ".join(outline.text.split())
    for line in message.get_body(("plain",)).get_content().split("\n\n"):
        words = " ".join(line.split())
        if words.startswith(("Thank you", "Please ", "With ", "Your ", "We ")):
            assert words in said


def test_every_letter_ends_by_saying_that_it_is_automatic(post):
    for situation in SITUATIONS.values():
        text = post.arrive(situation).get_body(("plain",)).get_content()
        last = " ".join(text.strip().replace("\r\n", "\n").rsplit("\n\n", 1)[1].split())
        assert last.endswith(
            "This letter was sent automatically. If you reply to it, a person will read what you "
            "write."
        )


def test_pack_letter_carries_the_filled_form_and_names_its_version(post, tmp_path):
    draft = post.draft(SITUATIONS[LetterKind.APPLICATION_PACK])
    message = email.message_from_bytes(post.wire(draft), policy=default)
    form = next(p for p in message.iter_attachments() if "ACE-0042" in p.get_filename())
    (tmp_path / "form.docx").write_bytes(form.get_content())
    rows = Document(str(tmp_path / "form.docx")).tables[0].rows
    texts = {row.cells[0].text: "".join(t.text for t in _texts(row.cells[1])) for row in rows}

    assert (draft.pack_version, draft.programme) == (3, "ace")
    assert texts["Project lead"] == "Amina Yusuf-Cole"
    assert texts["Telephone"] == "Click here and write"


def _texts(cell):
    return [node for node in cell._tc.iter() if node.tag.endswith("}t")]


def test_preview_is_the_letter_that_is_sent(post):
    situation = SITUATIONS[LetterKind.CLOSED]
    (due,) = letters_due(situation)
    text = post.arrive(situation).get_body(("plain",)).get_content()

    assert post.renderer.preview(situation, due).text.splitlines() == text.rstrip().splitlines()
