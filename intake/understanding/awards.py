"""Pure: what a message says that counts if its case has an award: details of whoever receives the
money, in the text or in a form, a signed agreement, an answer to an invitation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake.understanding.files.attachments import Opened
from intake.understanding.files.filetypes import READABLE
from intake.understanding.finders.contact import Writer
from intake.understanding.finders.custom import read_custom
from intake.understanding.finders.phones import find_phones
from intake.understanding.finders.signature import EMAIL
from intake.understanding.mime.message import Message
from intake.understanding.texts.lines import Line, split_lines, strip_all_quotes
from intake.understanding.texts.patterns import cues
from intake.understanding.texts.writing import Writing
from intake.understanding.triage.replies import find_reply
from storage.domain.award import (
    LONGEST_DETAIL,
    NO,
    YES,
    AwardDetail,
    AwardReply,
    DetailShape,
    SignedFile,
)
from storage.domain.case import find_references
from storage.domain.form import PROMPT
from storage.domain.message import SCAN, TOO_BIG, Verdict
from storage.domain.placement import Reply
from storage.domain.programme import CustomField, Programme

_MOST_READ = 20_000
_MOST_LINES = 600
_FEWEST_DETAILS = 2
"""Details from which an attached document is one that answers our letter."""
_PAPERS = ("pdf", "docx", "odt", "rtf")
_PICTURES = ("jpg", "jpeg", "png", "heic", "heif", "tif", "tiff")
_AGREEMENT = cues(r"\bmemorandum of understanding\b", r"\bgrant agreement\b")
_NAMED_SIGNED = re.compile(r"(?<![a-z])(?:mou|signed|signature|agreement|memorandum)", re.I)
_SAYS_SIGNED = cues(
    r"\b(?:signed|countersigned)\b",
    r"\bsignature\b",
    r"\b(?:agreement|mou|memorandum)\b.{0,60}\b(?:attached|enclosed|here|return)",
    r"\b(?:attach|attached|attaching|enclose|enclosed|enclosing|return|returning|find|here is)\b"
    r".{0,60}\b(?:agreement|mou|memorandum)\b",
)
_DOUBTED = cues(
    r"\b(?:not|isn't|hasn't|haven't|can't|cannot|won't|unable to|before|until|unsigned|still)\b"
    r".{0,40}\bsign",
    r"\b(?:unsigned|track(?:ed)? changes|mark(?:ed)?[- ]up|amend(?:ed|ments?)|redline[sd]?"
    r"|propose[sd]? (?:some |a few |the )?changes|draft)\b",
)
_BANK = re.compile(
    r"\b(?:sort ?-?code|account (?:no|number)|acc(?:oun)?t\.? ?(?:no|number)|iban)\b"
    r"[^\n\d]{0,40}(?:[A-Z]{2})?\d",
    re.I,
)
_ACCOUNT = re.compile(r"\b\d{2}[- ]\d{2}[- ]\d{2}\b|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}\b")
_OUR_HINT = re.compile(r"^\([^()]{0,300}(?:\)|$)\s*")
"""What our letters say of a detail behind its label, whole or up to where a line was wrapped."""
_TELLS_NOTHING = cues(
    r"^\W*(?:n/?a|none|tb[ca]|unknown|nil|not (?:yet|known|sure|applicable)\b.{0,60}"
    r"|to (?:follow|be confirmed)|will follow|don'?t know|yes or no)?\W*$"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """Details out of one text: what they are, and the keys of those that can't be right."""

    values: dict[str, str]
    unread: tuple[str, ...] = ()


def read_award(
    message: Message,
    writing: Writing,
    files: Sequence[Opened],
    verdict: Verdict,
    programme: Programme,
) -> AwardReply | None:
    """None for a machine, and where the programme says nothing of what follows an award."""
    if programme.award is None or verdict.kind.is_machine or verdict.rule == TOO_BIG:
        return None
    asked = programme.award.asked
    text = writing.new_text[:_MOST_READ]
    agreements = [file for file in files if _may_be_signed(file, programme)]
    told = _read_writer(writing.author, asked)
    others = [file for file in files if file not in agreements and file.text]
    forms = [_read(split_lines((f.text or "")[:_MOST_READ]), asked) for f in others]
    forms = [form for form in forms if len(form.values) >= _FEWEST_DETAILS]
    texts = [text, *((f.text or "")[:_MOST_READ] for f in others)]
    quoted = [strip_all_quotes(line) for line in split_lines(writing.quoted[:_MOST_READ])]
    filled = _read(quoted, asked)
    values = {key: value for one in (*forms, told) for key, value in one.values.items()}
    unread = [key for one in (*forms, told) for key in one.unread if key not in values]
    subject = message.head.subject
    return AwardReply(
        told=tuple(values.items()),
        filled=tuple(filled.values.items()),
        unread=tuple(dict.fromkeys(unread)),
        has_bank_details=any(_BANK.search(one) for one in texts),
        signed=tuple(map(_to_signed, agreements)),
        says_signed=bool(_SAYS_SIGNED.search(text))
        or ("?" not in text and _names_signed(agreements, subject)),
        is_doubted=bool(_DOUBTED.search(text)),
        reply=find_reply(writing.new_text),
    )


def _read_writer(author: Writer, asked: Sequence[AwardDetail]) -> _Told:
    """What somebody wrote themselves. What looks like their signature counts only behind a label
    as our letter has it: the writer may be the finance contact, and a telephone there is theirs."""
    body = _read(author.body, asked)
    tail = _read(author.tail, [replace(one, labels=()) for one in asked])
    return _Told({**tail.values, **body.values}, (*body.unread, *tail.unread))


def _read(lines: Sequence[Line], asked: Sequence[AwardDetail]) -> _Told:
    """The details behind their labels; of one that is told twice, the first."""
    fields = [CustomField(one.key, one.label, one.labels) for one in asked]
    values: dict[str, str] = {}
    unread: list[str] = []
    by_name = {f"custom.{one.key}": one for one in asked}
    reading = read_custom(lines[:_MOST_LINES], fields, source="body")
    for finding in reading.findings:
        detail = by_name[finding.field]
        told = _OUR_HINT.sub("", " ".join(finding.value.split()).strip(" *_"))
        if detail.key in values or told == PROMPT or _TELLS_NOTHING.search(told):
            continue
        value = read_value(detail, told)
        if value is None:
            unread.append(detail.key)
        else:
            values[detail.key] = value
    return _Told(values, (*unread, *(key for key in reading.too_long if key not in values)))


def read_value(detail: AwardDetail, told: str) -> str | None:
    """What was told as it is kept; None where it can't be what it ought to be, or is too long."""
    if len(told) > LONGEST_DETAIL:
        return None
    match detail.shape:
        case DetailShape.EMAIL:
            found = EMAIL.search(told)
            return found.group().lower().rstrip(".") if found else None
        case DetailShape.PHONE:
            phones = list(find_phones(told))
            return phones[0].number if phones else None
        case DetailShape.YES_NO:
            return {Reply.YES: YES, Reply.NO: NO}.get(find_reply(told) or Reply.UNCLEAR)
        case _:
            return None if _ACCOUNT.search(told) else told


def _may_be_signed(file: Opened, programme: Programme) -> bool:
    """A picture, or a document that is our agreement by its words, its number or its name."""
    if file.attachment.problem not in (None, SCAN):
        return False
    if file.extension in _PICTURES:
        return True
    if file.extension not in _PAPERS or file.extension not in READABLE:
        return False
    text = (file.text or "")[:_MOST_READ]
    if not text.strip():
        return True
    return bool(_AGREEMENT.search(text)) or (
        bool(_NAMED_SIGNED.search(file.attachment.name))
        and bool(find_references(text, programme.reference_prefix))
    )


def _names_signed(files: Sequence[Opened], subject: str) -> bool:
    names = (subject, *(file.attachment.name for file in files))
    return any(_NAMED_SIGNED.search(name) for name in names[:20])


def _to_signed(file: Opened) -> SignedFile:
    kept = file.attachment
    return SignedFile(kept.name, kept.media_type, kept.size, kept.sha256)
