"""Pure: what somebody says who may have been offered a place or an award, and who asks for the lead
of the nominations. Whether anything was offered at all, the ledger knows."""

import re
from collections.abc import Collection

from intake.understanding.texts.patterns import low_cues
from intake.understanding.triage import award_words
from intake.understanding.triage import reply_words as words
from intake.understanding.triage.cues import plain, split_paragraphs, split_sentences
from storage.domain.placement import Reply

LONGEST_REPLY = 200
"""Words from which a message is a letter that a person has to read."""
_LONGEST_SENTENCE = 400
_MOST_READ = 8_000
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")

_LEADS = (
    r"(?:leads?|leading|heads?|heading|coordinat\w+|co-ordinat\w+|runs?|in charge|responsible"
    r"|manages?|looks? after|handles?|deals?|oversees?)"
)
ASKS_FOR_LEAD = low_cues(
    rf"\bwho(?:'s| is| are|'re)?\b.{{0,40}}\b{_LEADS}\b.{{0,40}}\bnominat",
    r"\bwho(?:'s| is| are)?\b.{0,30}\bnominations? (?:lead|leader|contact|coordinator"
    r"|co-ordinator|person)",
    r"\b(?:name|names|contact details|details|address|email|e-mail) (?:of|for)"
    r" .{0,40}\bnominations? (?:lead|leader"
    r"|contact|coordinator|co-ordinator)",
    r"\b(?:name|names|contact details|details) of .{0,40}\b(?:leads?"
    r"|leading)\b.{0,30}\bnominat",
    r"\bwhich (?:person|colleague|one of you)\b.{0,40}\b(?:leads?|leading)\b.{0,40}\bnominat",
    r"\b(?:tell|let) (?:me|us) (?:know )?who .{0,40}\bnominations?\b.{0,20}\b(?:lead|leads"
    r"|leader|contact)\b",
    r"\bwho .{0,30}\bnominations? (?:is|are) led by\b|\bby whom .{0,20}\bnominations?"
    r" .{0,20}\bled\b",
    r"\bwho (?:is|are) .{0,30}\blead(?:er)? (?:for|on|of) .{0,30}\bnominat",
)


def find_reply(new_text: str) -> Reply | None:
    """Yes, no, or something that only a person can judge; None: it says neither. `new_text` is
    without quoted history."""
    return _find(new_text, yes=words.YES, no=words.NO)


def find_award_reply(new_text: str) -> Reply | None:
    """The same of somebody who may have been told that they are funded, or a reserve: to come or
    not to come somewhere is no answer to that."""
    found = _find(new_text, yes=award_words.YES, no=award_words.NO)
    stated = (s for s in _sentences(new_text) if not s.rstrip("\"') ").endswith("?"))
    is_doubted = found is not None and any(award_words.DOUBT.search(s) for s in stated)
    return Reply.UNCLEAR if is_doubted else found


def _find(new_text: str, *, yes: re.Pattern[str], no: re.Pattern[str]) -> Reply | None:
    sentences = _sentences(new_text)
    if not sentences:
        return None
    stated = [s for s in sentences if not s.rstrip("\"') ").endswith("?")]
    says_yes = any(yes.search(s) for s in stated)
    says_no = any(no.search(s) for s in stated)
    if not says_yes and not says_no:
        return None
    is_doubted = any(words.DOUBT.search(s) for s in sentences)
    takes_back = says_yes and any(words.BUT.search(s) for s in stated)
    is_long = len(new_text.split()) > LONGEST_REPLY
    if (says_yes and says_no) or is_doubted or takes_back or is_long:
        return Reply.UNCLEAR
    return Reply.YES if says_yes else Reply.NO


def asks_for_lead(new_text: str, subject: str) -> bool:
    """True where who leads the nominations is all that it asks."""
    sentences = [*_sentences(new_text), plain(subject)[:_LONGEST_SENTENCE]]
    asking = [s for s in sentences if ASKS_FOR_LEAD.search(s)]
    others = [s for s in sentences[:-1] if s.endswith("?") and s not in asking]
    return bool(asking) and not others


def find_told_address(new_text: str, known: Collection[str]) -> str | None:
    """The one address in the text that is none of the `known`, lower case; None for none and for
    several."""
    found = {match.lower().rstrip(".") for match in _ADDRESS.findall(new_text[:_MOST_READ])}
    others = found - {address.lower() for address in known}
    return others.pop() if len(others) == 1 else None


def _sentences(text: str) -> list[str]:
    paragraphs = split_paragraphs(text[:_MOST_READ])
    return [s[:_LONGEST_SENTENCE] for paragraph in paragraphs for s in split_sentences(paragraph)]
