"""Pure: what a message is, by one ordered tuple of named rules: the first that matches decides.

Machines first (bounces, automatic mail, bulk), then what people want: withdrawal, application,
nomination, follow-up, question, expression. What none of them claims is unclear.
"""

from dataclasses import replace

from intake.understanding.texts.pieces import new_text, split
from intake.understanding.triage import bulk_words, selling_words
from intake.understanding.triage import context_words as words
from intake.understanding.triage.automatic import MACHINE_RULES
from intake.understanding.triage.automatic_wording import is_newsletter, may_be_circular
from intake.understanding.triage.cue_phrases import score
from intake.understanding.triage.cues import STORY, plain, read_cues
from intake.understanding.triage.evidence import Evidence as Evidence
from intake.understanding.triage.evidence import Reading, Rule
from intake.understanding.triage.holds import find_hold
from storage.domain.case import find_references
from storage.domain.marks import is_our_message_id
from storage.domain.message import MessageKind, Verdict
from storage.domain.programme import ProgrammeKind

_MAX_QUOTED = 20_000
_OPENING = 200  # characters
_NEARLY, _OUTRIGHT, _SURE = 2, 3, 5  # scores of the cues
_SOME_WORDS, _STORY = STORY, 60  # words that tell about an issue
_LONG_QUESTION = 90  # words that people tell before they ask


def classify(evidence: Evidence) -> Verdict:
    """The kind of a message, the rule that decided it, and why its answer is held, if it is."""
    reading = _read(evidence)
    yielded: str | None = None
    for rule in RULES:
        if not rule.matches(reading):
            continue
        if rule.yields and _is_genuine(reading):
            yielded = yielded or rule.name
            continue
        hold = None if rule.kind.is_machine else yielded or find_hold(evidence)
        return Verdict(rule.kind, rule.name, hold)
    return Verdict(MessageKind.UNCLEAR, "nothing_matches", yielded or find_hold(evidence))


def _read(evidence: Evidence) -> Reading:
    head, programme = evidence.message.head, evidence.programme
    names = (programme.name, programme.slug, programme.reference_prefix)
    cues = read_cues(evidence.new_text, head.subject, names=names)
    if evidence.forwarded and cues.narrative < _SOME_WORDS and cues.interest < _NEARLY:
        cover = new_text(evidence.message.text, split(evidence.message.text))
        cues = read_cues(cover, head.subject, names=names)
    is_note = cues.narrative < _SOME_WORDS and cues.interest < _NEARLY and not cues.follow_up
    if is_note and evidence.summary and evidence.letter and not evidence.has_form:
        text = f"{evidence.new_text}\n\n{evidence.letter[:_MAX_QUOTED]}"
        cues = read_cues(text, head.subject, names=names)
    if evidence.summary and not evidence.new_text.strip():
        cues = replace(cues, narrative=len(evidence.summary.split()))
    quoted = plain(evidence.message.text[:_MAX_QUOTED])
    new = plain(evidence.new_text[:_MAX_QUOTED])
    topic = plain(head.subject)
    is_reply = words.IS_REPLY.match(head.subject) is not None
    answers_call = words.ANSWERS_CALL.search(f"{new} {topic}") is not None or (
        words.OUR_CALL.search(f"{quoted} {topic if is_reply else ''}") is not None
        and words.OUR_CALL.search(new) is None
    )
    ids = {*head.in_reply_to, *head.references}
    home = programme.inbox.rpartition("@")[2]
    answers_us = any(message_id.lower().rstrip(">").endswith(f"@{home}") for message_id in ids)
    quotes_letter = (
        any(is_our_message_id(message_id, programme.inbox) for message_id in ids)
        or bool(find_references(head.subject, programme.reference_prefix))
        or (is_reply and not answers_call and words.OUR_LETTER.search(quoted) is not None)
    )
    follows = (is_reply or answers_us) and (answers_us or len(ids) > 1) and not answers_call
    cues = replace(
        cues,
        answers_call=answers_call,
        quotes_letter=quotes_letter,
        in_thread=quotes_letter or follows,
    )
    return Reading(evidence, cues)


def _is_genuine(reading: Reading) -> bool:
    """Whether it reads as somebody's own expression, nomination, application or withdrawal."""
    evidence, cues = reading.evidence, reading.cues
    told = (
        cues.interest >= _OUTRIGHT or evidence.labels >= _OUTRIGHT or cues.nomination >= _OUTRIGHT
    )
    text = plain(evidence.new_text[:_MAX_QUOTED])
    news = score(bulk_words.NEWSLETTER, text)
    if news >= _OUTRIGHT or (news >= _NEARLY and is_newsletter(reading)):
        return False
    if words.OUR_CALL.search(text) or score(selling_words.MARKETING, text) >= 2 * _OUTRIGHT:
        return False
    about = bool(evidence.summary) or evidence.has_form or evidence.nominee_count > 0
    return told and (about or cues.narrative >= _SOME_WORDS)


def _is_empty(reading: Reading) -> bool:
    evidence = reading.evidence
    readable = evidence.new_text.strip() or evidence.summary or evidence.has_form
    return not readable and evidence.nominee_count == 0


def _withdraws(reading: Reading) -> bool:
    """Takes leave; the more it tells, the more outright it has to say so."""
    evidence, cues = reading.evidence, reading.cues
    if evidence.has_form or evidence.labels >= _OUTRIGHT or cues.news > cues.withdrawal:
        return False
    if cues.asks and cues.undecided >= _NEARLY:
        return False
    tells = cues.narrative >= _SOME_WORDS
    if tells and cues.withdrawal < cues.interest:
        return False
    return cues.withdrawal >= _OUTRIGHT + (cues.asks > 0) + tells + (cues.narrative > 3 * _STORY)


def _applies(reading: Reading) -> bool:
    """The form came, or is said to be attached and something a person can open is."""
    if reading.evidence.has_form:
        return True
    if reading.evidence.nominee_count > 0:
        return False
    cues, message = reading.cues, reading.evidence.message
    files = [part for part in message.attachments if part.content_id is None and part.content]
    return bool(files) and cues.application >= _OUTRIGHT and cues.interest < _OUTRIGHT


def _lacks_form(reading: Reading) -> bool:
    """The form is said to be attached and nothing is."""
    cues, message = reading.cues, reading.evidence.message
    if reading.evidence.programme.kind is ProgrammeKind.COHORT:
        return False
    says = cues.application >= _OUTRIGHT + 1 and cues.narrative < _SOME_WORDS and cues.asks == 0
    return says and cues.interest < _OUTRIGHT and not message.attachments and not cues.in_thread


def _nominates(reading: Reading) -> bool:
    """Puts people forward: by name, by their addresses, or by a story of what they do."""
    evidence, cues = reading.evidence, reading.cues
    changes = cues.in_thread or (cues.narrative < _SOME_WORDS and cues.follow_up >= cues.nomination)
    if cues.follow_up >= _OUTRIGHT and changes:
        return False
    if evidence.programme.kind is not ProgrammeKind.COHORT:
        outright = cues.nomination >= _OUTRIGHT and cues.interest < _NEARLY
        return evidence.nominee_count > 0 and outright
    tells_who = evidence.nominee_count > 0 and cues.narrative >= _STORY
    if cues.asks and cues.undecided >= (_NEARLY if tells_who else 1):
        return False
    shows = cues.addresses > 1 or (cues.nomination >= _OUTRIGHT and not cues.asks)
    if shows and cues.narrative >= _SOME_WORDS and cues.asks < _NEARLY:
        return True
    if cues.asks and evidence.nominee_count < _NEARLY and not (cues.narrative or cues.addresses):
        return False
    if evidence.nominee_count > 0:
        outright = cues.nomination >= _OUTRIGHT or evidence.nominee_count > 1
        return outright or not cues.asks
    if cues.addresses > 0 and cues.nomination >= _NEARLY and not cues.follow_up:
        return True
    if cues.asks or cues.in_thread:
        return False
    if cues.answers_call and evidence.particulars:
        return True
    tells = cues.narrative >= _SOME_WORDS or (cues.addresses > 0 and cues.narrative > 0)
    if tells and (cues.relevant or cues.nomination or cues.addresses or evidence.particulars):
        return True
    return cues.nomination + cues.interest >= _OUTRIGHT


def _is_ours(reading: Reading) -> bool:
    """Speaks of the programme, or of what people send to one, not of something between others."""
    cues = reading.cues
    told = cues.relevant or cues.names_detail or cues.addresses > 0
    told = told or (cues.news >= _OUTRIGHT and cues.follow_up >= _SURE)
    return told or reading.evidence.particulars >= _OUTRIGHT


def _adds(reading: Reading) -> bool:
    """A correction or an addition, whether in the thread or in a new one."""
    cues = reading.cues
    if cues.in_thread:
        told = cues.follow_up >= (_SURE if cues.asks else _NEARLY)
        told = told and (cues.news >= _OUTRIGHT or not cues.asks)
        return told and cues.interest < cues.follow_up + _OUTRIGHT
    is_list = reading.evidence.labels >= _OUTRIGHT and not _says_it_adds(reading)
    if is_list or cues.undecided or not _is_ours(reading):
        return False
    tells = cues.narrative >= _SOME_WORDS and (cues.interest > 0 or cues.proposal > 1)
    strong = cues.follow_up >= _OUTRIGHT + tells + (cues.asks > 0) and cues.narrative < 2 * _STORY
    return strong and cues.follow_up > cues.interest


def _says_it_adds(reading: Reading) -> bool:
    """Whether labelled details are said to be added to what was sent before."""
    cues = reading.cues
    is_told = cues.news >= _OUTRIGHT and cues.follow_up >= _SURE
    return is_told and cues.interest < _NEARLY and not reading.evidence.summary


def _asks(reading: Reading) -> bool:
    """Wants to know something; whoever tells enough of a project asks in passing."""
    evidence, cues = reading.evidence, reading.cues
    asks = cues.asks > 0 or cues.undecided > _OUTRIGHT
    goes_on = words.AS_DISCUSSED.match(plain(evidence.new_text[:_OPENING]))
    wants = max(cues.nomination, cues.interest) >= _NEARLY and not goes_on
    is_to_the_point = cues.relevant or cues.in_thread or cues.undecided or cues.on_topic
    if not asks or not (is_to_the_point or wants):
        return False
    if evidence.labels >= _OUTRIGHT or cues.interest >= _OUTRIGHT + (cues.undecided > 0):
        return False
    if cues.undecided >= _NEARLY:
        return True
    if evidence.particulars >= _OUTRIGHT and cues.interest:
        return False
    has_project = evidence.summary and evidence.particulars and cues.proposal
    if has_project and cues.narrative >= _SOME_WORDS:
        return False
    return cues.narrative < (_STORY if cues.asks == 1 else _LONG_QUESTION)


def _answers(reading: Reading) -> bool:
    """Something short, or what was asked for, under one of our letters."""
    cues = reading.cues
    if cues.narrative >= _STORY and not cues.follow_up and not cues.quotes_letter:
        return False
    return cues.in_thread and not (cues.interest >= _OUTRIGHT and cues.narrative >= _STORY)


def _expresses(reading: Reading) -> bool:
    """Says that it wants to take part, or tells of an issue and of a project about it."""
    evidence, cues = reading.evidence, reading.cues
    if evidence.programme.kind is ProgrammeKind.COHORT:
        return False
    if evidence.labels >= _OUTRIGHT or cues.interest >= _OUTRIGHT:
        return True
    if evidence.summary and evidence.particulars and cues.interest >= _NEARLY:
        return True
    tells = bool(evidence.summary) or cues.narrative >= _SOME_WORDS
    if cues.relevant or cues.answers_call:
        is_filled = min(evidence.labels, evidence.particulars) >= _NEARLY
        return tells or is_filled or cues.interest >= _NEARLY
    if evidence.summary and evidence.particulars and cues.on_ground >= _OUTRIGHT:
        return True
    if cues.proposal and evidence.particulars and cues.on_ground + cues.proposal > _NEARLY:
        tells = tells or cues.narrative > 0
    placed = cues.on_ground >= _NEARLY or evidence.particulars > 0
    return tells and placed and (cues.proposal > 0 or cues.narrative >= _STORY)


def _wonders(reading: Reading) -> bool:
    """Asks about the programme, at whatever length."""
    cues = reading.cues
    return cues.relevant and (cues.asks > 0 or cues.undecided >= _NEARLY)


def _may_withdraw(reading: Reading) -> bool:
    """Seems to take leave, and says nothing else."""
    cues = reading.cues
    says_more = cues.asks or cues.interest or cues.nomination or reading.evidence.summary
    return cues.withdrawal >= _NEARLY and cues.withdrawal > cues.follow_up and not says_more


def _may_add(reading: Reading) -> bool:
    """Speaks as to somebody who knows already, and nothing else is to be made of it."""
    cues = reading.cues
    return cues.follow_up >= _NEARLY and not cues.asks and _is_ours(reading)


RULES = (
    Rule(
        "delivery_delayed",
        MessageKind.BOUNCE,
        lambda reading: reading.evidence.bounce is not None and reading.evidence.bounce.is_delay,
    ),
    Rule(
        "delivery_failed",
        MessageKind.BOUNCE,
        lambda reading: reading.evidence.bounce is not None,
    ),
    *MACHINE_RULES,
    Rule("nothing_to_read", MessageKind.UNCLEAR, _is_empty),
    Rule("withdrawal_told", MessageKind.WITHDRAWAL, _withdraws),
    Rule("form_returned", MessageKind.APPLICATION, _applies),
    Rule("form_missing", MessageKind.UNCLEAR, _lacks_form),
    Rule("people_nominated", MessageKind.NOMINATION, _nominates),
    Rule("letter_puzzled", MessageKind.UNCLEAR, lambda reading: reading.cues.is_puzzled),
    Rule("addition_told", MessageKind.FOLLOW_UP, _adds),
    Rule("question_asked", MessageKind.QUESTION, _asks),
    Rule("withdrawal_meant", MessageKind.WITHDRAWAL, _may_withdraw),
    Rule("letter_answered", MessageKind.FOLLOW_UP, _answers),
    Rule("interest_expressed", MessageKind.EXPRESSION, _expresses),
    Rule("circular", MessageKind.BULK, may_be_circular),
    Rule("question_wondered", MessageKind.QUESTION, _wonders),
    Rule("addition_meant", MessageKind.FOLLOW_UP, _may_add),
)
"""All rules of triage in their order."""
