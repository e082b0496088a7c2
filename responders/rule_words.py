"""What each rule of triage saw in a message, in the words of those who read of it.

A test holds the table to the rules that there are.
"""

RULE_WORDS = {
    "decision_sheet": "an organiser sends a decision sheet back",
    "organiser_reply": "an organiser answers an applicant, with the inbox in copy",
    "instructions": "it answers a letter to an organiser with words that have us act",
    "scores": "a member of the panel tells scores",
    "panel_member": "a member of the panel wrote it: it is for a person, whatever it reads like",
    "delivery_delayed": "a mail server says that a letter of ours is late",
    "delivery_failed": "a mail server says that a letter of ours did not arrive",
    "own_letter": "it is one of our own letters come back",
    "report": "it is a report that a mail program wrote",
    "empty_return_path": "it has no return path: nobody is to answer it",
    "auto_replied": "it says of itself that it is an automatic reply",
    "robot_field": "it has a field that only automatic replies have",
    "vacation_agent": "a vacation program sent it",
    "calendar_reply": "a calendar answers an invitation",
    "failed_recipients": "it names recipients that could not be reached",
    "automatic_subject": "its subject is that of an automatic reply",
    "returned_subject": "its subject is that of a returned letter",
    "notice_subject": "its subject is that of a notice",
    "too_many_hops": "it has been passed on too often: a loop",
    "list_field": "it came through a mailing list",
    "campaign_field": "it is part of a mail campaign",
    "bulk_precedence": "it says of itself that it is bulk mail",
    "phishing": "it reads like an attempt to steal a password or money",
    "newsletter": "it reads like a newsletter",
    "absence_told": "somebody is away and says so",
    "receipt_acknowledged": "a system says that it received something",
    "absent_subject": "its subject says that somebody is away",
    "auto_generated": "it says of itself that a machine made it",
    "replies_suppressed": "it asks not to be answered automatically",
    "relay_field": "it has a field of a program that relays mail",
    "vacation_ignored": "it asks that vacation programs leave it alone",
    "robot_sender": "its address is one that nobody reads",
    "office_sender": "its address is that of a mailing office",
    "round_robin": "it goes to everybody whom its writer knows",
    "marketing": "it sells something",
    "circular": "it goes round to many and asks nothing of us",
    "nothing_to_read": "there is nothing in it to read",
    "withdrawal_told": "it says that somebody withdraws",
    "form_returned": "the application form came back",
    "form_missing": "it speaks of an attached form, and none is attached",
    "people_nominated": "it puts people forward",
    "addition_told": "it adds to or corrects what was said before",
    "letter_puzzled": "its writer can't tell why we wrote to them",
    "question_asked": "it asks something and expresses no interest yet",
    "letter_answered": "it answers one of our letters",
    "interest_expressed": "it expresses interest, or tells about an issue and an idea",
    "question_wondered": "it asks something",
    "withdrawal_meant": "it leans to a withdrawal, though nothing says so outright",
    "addition_meant": "it leans to an addition, though nothing says so outright",
    "nothing_matches": "no rule matches it",
    "message_too_big": "it is too big to be read; only its headers were",
}
"""Name of a rule → what it saw."""


def rule_in_words(rule: str) -> str:
    """What a rule saw; those of the programme's own go by their names alone."""
    return RULE_WORDS.get(rule, "a rule of your own")
