"""Pure: machines that show by their wording alone: absent people, help desks, sellers, cheats."""

from intake.understanding.mime.senders import find_answerable, find_other_addresses
from intake.understanding.texts.instructions import read_instructions
from intake.understanding.texts.pieces import PieceKind, split
from intake.understanding.triage import automatic_words as words
from intake.understanding.triage import bulk_words, cheating_words, selling_words
from intake.understanding.triage.context_words import IS_REPLY
from intake.understanding.triage.cue_phrases import score
from intake.understanding.triage.cues import plain
from intake.understanding.triage.evidence import Evidence, Reading

_OTHERS = (PieceKind.QUOTED, PieceKind.ATTRIBUTION, PieceKind.FORWARD_HEADER)
_LONGEST_NOTICE = 1_800  # characters; longer text is somebody's own
_SHORT_NOTICE = 400  # characters; a reply of a calendar has hardly a word with it
_LOW, _SAID, _ENOUGH, _PLENTY = 2, 3, 4, 6  # scores of the cues
_OPENING = 160  # characters in which a note of absence says so
_A_STORY = 70  # words that tell about something; notes of the absent have fewer


def _text(reading: Reading) -> str:
    """What there is to read for wording: the new text, or all where nothing else is new."""
    evidence = reading.evidence
    return plain((evidence.new_text or evidence.message.text)[: 2 * _LONGEST_NOTICE])


def _is_about_project(reading: Reading) -> bool:
    """A person's own matter, in spite of words that absent people use too."""
    cues = reading.cues
    told = cues.interest >= _SAID or cues.withdrawal >= _SAID
    return reading.evidence.has_form or reading.evidence.labels >= _SAID or told


def _may_be_notice(reading: Reading) -> bool:
    """Short enough to have been left for whoever writes, and about nothing of the writer's own."""
    return len(reading.evidence.new_text) <= _LONGEST_NOTICE and not _is_about_project(reading)


def _comes_back(reading: Reading) -> bool:
    """Answers something, and tells no story: where robots' notes are to be expected."""
    return bool(reading.evidence.message.head.in_reply_to) and reading.cues.narrative < _A_STORY


def _speaks_of_ours(reading: Reading) -> bool:
    """Speaks of what we sent: who does has read it, whether away or not."""
    return words.WHAT_WE_SENT.search(_text(reading)) is not None


def _says_nothing_new(reading: Reading) -> bool:
    """Neither asks, adds nor tells anything of a project."""
    evidence, cues = reading.evidence, reading.cues
    told = evidence.particulars or evidence.summary or cues.asks or cues.follow_up or cues.proposal
    return not told


def _is_there(reading: Reading) -> bool:
    """Says so, or tells a story in answer to a letter: a note below it was for others."""
    is_answer = reading.cues.quotes_letter and reading.evidence.summary is not None
    tells = is_answer and reading.cues.narrative >= 2 * _A_STORY
    if _has_us_act(reading):
        return True
    if words.ASKS_US.search(_text(reading)) and reading.cues.news >= _SAID:
        return True
    return tells or words.NO_ABSENCE.search(_text(reading)) is not None


def _has_us_act(reading: Reading) -> bool:
    """An organiser's first line says what to do with something: the absence is another's."""
    evidence = reading.evidence
    sender, programme = evidence.message.head.sender, evidence.programme
    if sender is None or programme.organiser(sender.email) is None:
        return False
    first, _, _ = evidence.new_text.strip().partition("\n")
    found = read_instructions(first, programme.reference_prefix).found
    return any(one.targets and one.problem is None for one in found)


def _opens_absent(reading: Reading) -> bool:
    """Nothing but absence in the first words, and nothing added to what was sent before."""
    first = _text(reading)[:_OPENING]
    cues = reading.cues
    said = score(words.ABSENCE, first) >= _SAID
    return said and not (cues.follow_up or cues.asks or words.BUT.search(first))


def tells_absence(reading: Reading) -> bool:
    """A note that somebody is away, has left, or reads no mail here."""
    if not _may_be_notice(reading) or _is_there(reading):
        return False
    told = score(words.ABSENCE, _text(reading))
    if words.ABSENT_SUBJECT.match(reading.evidence.message.head.subject):
        return told >= _LOW
    if _comes_back(reading) and _opens_absent(reading) and told >= _PLENTY:
        return True
    if words.OF_ITSELF.search(_text(reading)) and _comes_back(reading):
        return told >= _ENOUGH
    if _speaks_of_ours(reading):
        return told >= (_PLENTY + _ENOUGH if words.FIRST_PERSON.search(_text(reading)) else _ENOUGH)
    is_own = words.OF_ONESELF.search(_text(reading)) is not None
    adds = reading.evidence.particulars > 1 or (reading.cues.follow_up >= _SAID and not is_own)
    if not _comes_back(reading) or adds:
        return told >= _PLENTY and not _writes_for_absent(reading)
    return told >= (_LOW if _says_nothing_new(reading) else _SAID)


def _writes_for_absent(reading: Reading) -> bool:
    """Somebody else is away, for whom a project is put in."""
    evidence, cues = reading.evidence, reading.cues
    tells = bool(evidence.summary) and (cues.interest > 0 or cues.proposal > 0)
    return tells and words.OWN_ABSENCE.search(_text(reading)) is None


def acknowledges(reading: Reading) -> bool:
    """What a help desk answers before anybody has read."""
    if not _may_be_notice(reading):
        return False
    told = score(words.ACKNOWLEDGEMENT, _text(reading))
    is_ticket = words.TICKET_SUBJECT.search(reading.evidence.message.head.subject) is not None
    if is_ticket and not reading.cues.quotes_letter:
        return told >= _LOW
    if _speaks_of_ours(reading):
        return told >= _PLENTY
    return told >= (_SAID if _comes_back(reading) else _ENOUGH + 1)


def notifies(reading: Reading) -> bool:
    """An answer of a calendar, a receipt, a recall, and hardly a word with it."""
    subject = reading.evidence.message.head.subject
    if words.NOTICE_SUBJECT.match(subject) is None or len(_text(reading)) >= _SHORT_NOTICE:
        return False
    return score(cheating_words.CHEATING, _text(reading)) < _ENOUGH


def _unquoted(reading: Reading) -> str:
    """The text with its small print, without what a person quotes; all where nothing is new."""
    text = reading.evidence.message.text[:20_000]
    if not reading.evidence.new_text:
        return text
    own = (piece for piece in split(text) if piece.kind not in _OTHERS)
    return "".join(text[piece.start : piece.end] for piece in own)


def is_newsletter(reading: Reading) -> bool:
    """What goes to subscribers, also where no field of a list says so."""
    text = plain(f"{reading.evidence.message.head.subject} \n {_unquoted(reading)}")
    return score(bulk_words.NEWSLETTER, text) >= _ENOUGH


def goes_round(reading: Reading) -> bool:
    """A private letter to everybody whom its writer knows; it need not show to whom it went."""
    evidence = reading.evidence
    is_hidden = "undisclosed" in " ".join(evidence.message.headers.get_raw("To")).lower()
    text = f"{plain(evidence.message.head.subject)} {_text(reading)}"
    told = score(bulk_words.ROUND_ROBIN, text)
    return told + is_hidden > _ENOUGH and not _is_about_project(reading)


def may_be_circular(reading: Reading) -> bool:
    """Sells or announces a little, and is about nothing of ours."""
    subject = reading.evidence.message.head.subject
    answers = reading.cues.in_thread or IS_REPLY.match(subject) is not None
    if answers or not _may_be_notice(reading):
        return False
    text = f"{plain(reading.evidence.message.head.subject)} {_text(reading)}"
    tables = (
        *(selling_words.MARKETING, bulk_words.NEWSLETTER),
        *(cheating_words.CHEATING, bulk_words.ROUND_ROBIN, bulk_words.PUBLIC),
    )
    shows_project = reading.cues.relevant or reading.cues.proposal or reading.evidence.particulars
    needed = _PLENTY if shows_project else _ENOUGH
    return sum(score(table, text) for table in tables) >= needed


def _shows_project(reading: Reading) -> bool:
    """Somebody who can be reached tells of what they want, on the ground of such programmes."""
    cues = reading.cues
    return cues.proposal > 0 and reading.evidence.particulars > 0 and cues.on_ground >= _LOW


def is_marketing(reading: Reading) -> bool:
    """What wants to sell; nobody does so in answer to a letter of ours."""
    text = f"{plain(reading.evidence.message.head.subject)} {_text(reading)}"
    told = score(selling_words.MARKETING, text)
    if _is_about_project(reading) or _shows_project(reading):
        needed = _PLENTY
    else:
        needed = _ENOUGH
        told += max(0, score(bulk_words.PUBLIC, text) - _LOW) if told >= _LOW else 0
    return told >= needed and not reading.evidence.has_form and not reading.cues.in_thread


def _poses(evidence: Evidence) -> bool:
    """Shows an address of another domain than its own, as one of ours."""
    headers = evidence.message.headers
    sender = find_answerable(headers)
    shown = {email.rpartition("@")[2] for email in find_other_addresses(headers)}
    return sender is not None and bool(shown - {sender.domain})


def cheats(reading: Reading) -> bool:
    """What wants a password or money; a sender who poses is believed less."""
    evidence = reading.evidence
    text = f"{plain(evidence.message.head.subject)} {_text(reading)}"
    told = score(cheating_words.CHEATING, text)
    suspect = 2 * (evidence.authentication.dmarc == "fail") + 2 * _poses(evidence)
    cues = reading.cues
    is_own = evidence.has_form or evidence.labels >= _SAID or cues.interest >= _SAID
    is_own = is_own or (cues.withdrawal >= _SAID and told <= _ENOUGH)
    return told >= _ENOUGH + 1 - min(suspect, 3) and told > 0 and not is_own
