"""Pure: the walk of one message from its bytes to what it says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake.understanding.awards import read_award
from intake.understanding.echoes import make_fingerprint
from intake.understanding.files.attachments import Opened, open_attachments
from intake.understanding.files.decision_sheets import NotADecisionSheet, read_decision_sheet
from intake.understanding.files.form_answers import fullest, read_answers
from intake.understanding.files.forms import LETTERS
from intake.understanding.finders.contact import Writer, of_writer
from intake.understanding.finders.facts import Facts, find_facts, ruled
from intake.understanding.finders.findings import MOST_FINDINGS
from intake.understanding.finders.origins import place_in_headers
from intake.understanding.layout import Layout, lay_out
from intake.understanding.mime.authentication import Authentication, authenticate
from intake.understanding.mime.message import Message, parse_message
from intake.understanding.mime.senders import find_answerable
from intake.understanding.routing import route
from intake.understanding.scores import find_scores, judge_as_panel
from intake.understanding.texts.instructions import read_instructions
from intake.understanding.texts.writing import Writing, find_writing
from intake.understanding.triage.bounces import Bounce, find_bounce
from intake.understanding.triage.custom_rules import apply_rules
from intake.understanding.triage.evidence import Evidence
from intake.understanding.triage.holds import organisation_of
from intake.understanding.triage.replies import (
    asks_for_lead,
    find_award_reply,
    find_reply,
    find_told_address,
)
from intake.understanding.triage.triage import classify
from storage.domain.acting import Instructions
from storage.domain.answers import Answer
from storage.domain.decision_sheet import DecisionSheet
from storage.domain.message import (
    DECISION_SHEET,
    TOO_BIG,
    MessageKind,
    Understanding,
    Verdict,
)
from storage.domain.people import Address
from storage.domain.programme import Programme, ProgrammeKind

_TELLS_OF_A_PROJECT = (
    MessageKind.EXPRESSION,
    MessageKind.NOMINATION,
    MessageKind.APPLICATION,
    MessageKind.FOLLOW_UP,
)


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a message, the slug of its programme, and the contents of
    `understanding.attachments` in their order, for the archive. `layout` is for those who ask
    what stands where."""

    programme: str
    understanding: Understanding
    files: tuple[bytes, ...]
    layout: Layout | None = None


def understand(
    raw: bytes,
    *,
    programmes: Sequence[Programme],
    fallback: Programme | None = None,
    trusted_authserv_ids: frozenset[str] = frozenset(),
    is_head: bool = False,
    lays_out: bool = False,
) -> Understood:
    """What `raw` says, standing alone. `fallback` is the programme of the mailbox it came from;
    a message that is addressed to no programme is the first one's. `is_head`: it is the headers
    of a message too big to be read. `lays_out`: tell what stands where. Raises Unreadable."""
    message = parse_message(raw)
    programme = route(message.headers, programmes, fallback) or fallback or programmes[0]
    ours = frozenset(p.inbox for p in programmes)
    writing = find_writing(message, ours=ours)
    files = open_attachments(message.attachments, keeps_photographs=bool(programme.award))
    bounce = find_bounce(message, raw)
    counts = writing if bounce is None else _unread(writing)
    read = files if bounce is None else ()
    facts = find_facts(counts, read, programme, subject=message.head.subject)
    authentication = authenticate(message, trusted_authserv_ids)
    evidence = _gather(message, counts, read, facts, programme, bounce, authentication, ours)
    ruling = apply_rules(programme.rules, message, writing.new_text)
    sheet = _returned_sheet(read, message, programme)
    scores = find_scores(message.head, counts, read, programme) if sheet is None else None
    verdict = judge_as_panel(ruling.overrule(classify(evidence)), message.head, programme, scores)
    if (sheet is not None or is_head) and not verdict.kind.is_machine:
        rule = TOO_BIG if is_head else DECISION_SHEET
        verdict = replace(verdict, kind=MessageKind.UNCLEAR, rule=rule)
    understanding = _settle(message, verdict, writing, ruled(facts, ruling.values), bounce, files)
    is_form = facts.has_form or verdict.kind is MessageKind.APPLICATION
    answers = _read_answers(files, writing, programme) if is_form else ()
    writer = writing.author if verdict.kind in _TELLS_OF_A_PROJECT else writing.sender
    placed = place_in_headers(
        understanding.findings, message.headers, message.text, author=writer.address
    )
    understanding = replace(
        understanding,
        rules=ruling.names,
        answers=answers,
        findings=placed,
        is_vouched=authentication.domain is not None,
        decision_sheet=sheet,
        scores=scores,
        award=read_award(message, writing, read, verdict, programme),
    )
    if not verdict.kind.is_machine:
        understanding = _with_reply(understanding, message, writing, facts, programme, ours)
    texts = [opened.text for opened in files]
    layout = lay_out(message, writing, texts) if lays_out else None
    return Understood(programme.slug, understanding, tuple(o.content for o in files), layout)


def _gather(
    message: Message,
    writing: Writing,
    files: Sequence[Opened],
    facts: Facts,
    programme: Programme,
    bounce: Bounce | None,
    authentication: Authentication,
    ours: frozenset[str],
) -> Evidence:
    """What triage is to go by."""
    return Evidence(
        message=message,
        new_text=writing.new_text,
        programme=programme,
        has_form=facts.has_form,
        nominee_count=len(facts.nominations.nominees) if facts.nominations.is_told else 0,
        summary=facts.summary,
        title=facts.title,
        labels=facts.labels,
        particulars=facts.particulars,
        letter="\n\n".join(f.text for f in files if f.text and f.extension in LETTERS),
        forwarded=writing.is_forwarded,
        bounce=bounce,
        authentication=authentication,
        our_addresses=ours,
    )


def _unread(writing: Writing) -> Writing:
    """The same sender with nothing to be read: a bounce is settled by what it reports."""
    blank = Writer(writing.sender.address, writing.sender.others, (), (), (), ())
    return Writing(blank, blank, "", "")


def _settle(
    message: Message,
    verdict: Verdict,
    writing: Writing,
    facts: Facts,
    bounce: Bounce | None,
    files: Sequence[Opened],
) -> Understanding:
    """What counts in a message of this kind: a machine tells nothing of anybody, a question only
    who asks."""
    bare = Understanding(message.head, verdict, attachments=tuple(f.attachment for f in files))
    if verdict.kind.is_machine:
        failed = bounce.addresses if bounce and not bounce.is_delay else ()
        return replace(bare, bounced=failed, bounced_letters=bounce.letters if bounce else ())
    answered = replace(
        bare, answer_to=_answer_to(message), fingerprint=make_fingerprint(writing.new_text)
    )
    if verdict.kind not in _TELLS_OF_A_PROJECT:
        writer = of_writer(writing.sender)
        findings = writer.findings[:MOST_FINDINGS]
        return replace(answered, contact=writer.contact, findings=findings)
    nominates = verdict.kind is MessageKind.NOMINATION
    return replace(
        answered,
        contact=facts.contact.contact,
        title=facts.title,
        summary=facts.summary,
        area=facts.area,
        senior_leader=facts.senior_leader,
        partners=facts.partners,
        nominees=facts.nominations.nominees if nominates else (),
        team=facts.nominations.team if nominates else None,
        custom=facts.custom,
        findings=tuple(f for f in facts.findings if nominates or f.field != "nominee")[
            :MOST_FINDINGS
        ],
    )


def _instructions(message: Message, programme: Programme) -> Instructions | None:
    """The words by which an organiser would have us act; of anybody else only where they quote the
    code of a letter to one."""
    sender = message.head.sender
    told = read_instructions(message.text, programme.reference_prefix, sender)
    is_organisers = sender is not None and programme.organiser(sender.email) is not None
    return told if told.codes or (is_organisers and (told.found or told.unread)) else None


def _with_reply(
    understanding: Understanding,
    message: Message,
    writing: Writing,
    facts: Facts,
    programme: Programme,
    ours: frozenset[str],
) -> Understanding:
    """What it says to letters of ours: by words that have us act, if an award or a place was
    offered, and of those who lead the nominations. What was forwarded is nobody's answer."""
    understanding = replace(understanding, instructions=_instructions(message, programme))
    if writing.is_forwarded:
        return understanding
    if programme.kind is ProgrammeKind.GRANT:
        return replace(understanding, reply=find_award_reply(writing.new_text))
    head = understanding.head
    asks = understanding.verdict.kind is MessageKind.QUESTION and asks_for_lead(
        writing.new_text, head.subject
    )
    known = ours | ({head.sender.email} if head.sender else set())
    return replace(
        understanding,
        reply=find_reply(writing.new_text),
        told_address=find_told_address(writing.new_text, known),
        asks_for_lead=asks,
        area=facts.area if asks else understanding.area,
    )


def _read_answers(
    files: Sequence[Opened], writing: Writing, programme: Programme
) -> tuple[Answer, ...]:
    """The answers of the form that came back: of several, the one with most."""
    texts = [opened.text for opened in files if opened.text] + [writing.new_text]
    return fullest([read_answers(text, programme) for text in texts])


def _returned_sheet(
    files: Sequence[Opened], message: Message, programme: Programme
) -> DecisionSheet | None:
    """The first decision sheet that an organiser sends; nobody else's is looked at."""
    sender = message.head.sender
    if sender is None or programme.organiser(sender.email) is None:
        return None
    for opened in files:
        if opened.extension == "xlsx" and opened.attachment.problem is None:
            try:
                return read_decision_sheet(opened.content)
            except NotADecisionSheet:
                continue
    return None


def _answer_to(message: Message) -> Address | None:
    """Where an answer goes: to Reply-To where it names one address of the sender's own
    organisation, else to the sender, or where From points when it is open to doubt, which holds
    the answer. None: From has no address that can be used."""
    sender = message.head.sender
    if sender is None or len(message.reply_to) != 1:
        return find_answerable(message.headers)
    (other,) = message.reply_to
    is_near = organisation_of(other.rpartition("@")[2]) == organisation_of(sender.domain)
    return Address(other, sender.name) if is_near else sender
