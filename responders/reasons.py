"""Why a letter waits for a person, failed or was left out, in the words of those who read of it.

Tests hold the tables to the rules that there are.
"""

from responders.rule_words import RULE_WORDS

HOLD_WORDS = {
    "second_address_in_from": "From shows a second address",
    "no_single_sender": "From gives no single address",
    "own_address": "it comes from, or would be answered to, one of our own inboxes",
    "dmarc_fail": "the sender's domain disowns it (DMARC)",
    "reply_to_elsewhere": "answers would go to another organisation",
    "organiser": "an organiser wrote it",
    "panel_member": "a member of the panel wrote it",
}
"""Name of a rule that holds an answer → why."""

LEDGER_HOLD_WORDS = {
    "repeated": "another message with its Message-ID has come before",
    "stranger": "its writer does not belong to the case that it names or answers",
    "unknown_thread": "it adds to or withdraws something, and its writer has no case",
    "withdrawn_case": "its case was withdrawn",
    "same_text": "several addresses sent the same text, as machines do",
    "acknowledged_already": "its writer was promised a person's answer a short while ago",
    "unproven": "it would have us act, and may not be an organiser's word, or not a fresh one",
    "answered_already": "it answers a letter that was acted upon already: reply to the newest",
    "answers_our_letter": "it answers a letter of ours and tells nothing new, as machines do",
}
"""Rule that holds a message once the ledger has been asked → why."""

LETTER_RULE_WORDS = {
    "safety.only_to": "its addressee is not among those whom letters may reach",
    "budget.address": "its addressee has had as many letters today as one may",
    "budget.case": "its case has had as many letters today as one may",
    "budget.domain": "its addressee's domain has had as many letters today as one may",
    "budget.overall": "as many letters as may have left today",
    "budget.breaker": "too many letters left within an hour; all wait until these are judged",
    "in_doubt": "sending was broken off, and it may have arrived",
    "gave_up": "its server refused it for now again and again, for two days",
    "refused": "its server refused it for good",
    "enclosure_lost": "its enclosed pack is missing from the archive or damaged",
    "bounced": "what went to its address before came back",
    "kept_back": "an organiser keeps it back",
    "restored": "the ledger was put back from a backup, and it may have left since",
    "award_review": "the programme wants a person to look at each agreement before it leaves",
    "answers_not_agreed": "no organiser has agreed that this is answered without a person",
}
"""Rule under which a letter is held or fails → why."""

SKIP_WORDS = {
    "bounced": "what went to its address before came back",
    "overtaken": "a later one was due as well",
    "withdrawn": "its case was withdrawn",
    "closed": "the closing came before it",
    "too_soon_after_pack": "the pack had only just left",
    "too_soon_after_sheet": "the scoring sheet had only just left",
    "told_within_a_day": "another letter told the closing time within a day",
    "form_came": "the form had come",
    "scores_came": "the scores had come",
    "answered": "they had answered",
    "started": "the cohort, or the event, had started",
    "replaced": "they were given another place, or answered, or something newer takes its turn",
    "details_came": "what was missing had come",
    "signed_came": "the signed copy had come",
}
"""Rule by which a letter is left out for good → why."""


TROUBLE_WORDS = {
    "reading_stopped": "the mailbox can’t be read",
    "sending_stopped": "letters can’t leave",
    "breaker_tripped": "automatic letters are held back",
    "token_ending": "the access token is not renewed",
    "disk_nearly_full": "the disk is nearly full",
}
"""Kind of trouble → what is so while it lasts."""


def why_not_sent(rule: str) -> str:
    """Why a letter did not leave: `its case was withdrawn (withdrawn)`. Any other is a
    rule of the programme's own, and goes by its name."""
    for table in (LETTER_RULE_WORDS, LEDGER_HOLD_WORDS, HOLD_WORDS):
        if rule in table:
            return f"{table[rule]} ({rule})"
    if rule in RULE_WORDS:
        return f"{RULE_WORDS[rule]}, and still reads as a person's own ({rule})"
    return f"the rule {rule}"


def why_left_out(rule: str) -> str:
    """Why a letter was left out for good; another reason is what a person gave."""
    return SKIP_WORDS.get(rule, rule.replace("_", " "))
