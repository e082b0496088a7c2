"""Which columns hold what a person told or was told, and what stands there once it is erased."""

from collections.abc import Mapping

from storage.award_rows import AgreementRow, AwardDetailsRow, EventAnswerRow
from storage.deed_rows import LetterDeedRow
from storage.panel_rows import AssessmentRow, AssignmentRow
from storage.reply_rows import OrganiserAnswerRow, OutcomeAnswerRow
from storage.round_rows import DecisionRow, ExtensionRow, PlacementRow, ReleasedOutcomeRow
from storage.rows import CaseRow, LetterContentRow, LetterRow, MessageRow, Row

NOBODY = "erased@erased.invalid"
"""The addressee of a letter to somebody who was erased (RFC 2606: no such domain can exist)."""

ERASED = "(erased)"

Blanks = Mapping[str, str | bytes | None]
"""Column → what stands there afterwards."""

OF_A_CASE: Mapping[type[Row], Blanks] = {
    DecisionRow: {"feedback": "", "reason": "", "lifted": None},
    ReleasedOutcomeRow: {"feedback": ""},
    ExtensionRow: {"reason": ""},
    PlacementRow: {"reason": "", "lifted": None},
    AwardDetailsRow: {"told": "{}"},
    AgreementRow: {"name": ERASED},
    OrganiserAnswerRow: {"text": ""},
    AssignmentRow: {},
    AssessmentRow: {},  # numbers; the comments are taken out of `scoring` one by one
    EventAnswerRow: {},
    OutcomeAnswerRow: {},
}
"""The tables whose rows are about one case, by their `case_id`."""

CASE: Blanks = {
    "contact_name": None,
    "contact_email": None,
    "contact_phone": None,
    "contact_role": None,
    "contact_organisation": None,
    "name_key": None,
    "title": None,
    "summary": None,
    "senior_leader": None,
    "partners": "[]",
    "team": None,
    "custom": "{}",
    "nominated_by": None,
}

MESSAGE: Blanks = {
    "rfc_message_id": None,
    "sender_email": None,
    "fingerprint": None,
    "reason": None,
    "understanding": None,
    "changed": "[]",
    "results": "[]",
    "scores": "[]",
    "actions": "[]",
    "settled_note": None,
}

LETTER: Blanks = {
    "recipient_email": NOBODY,
    "recipient_name": "",
    "recipient_domain": NOBODY.partition("@")[2],
    "subject": ERASED,
    "server_reply": None,
    "tasks": "[]",
}

CONTENT: Blanks = {
    "content": b"Subject: (erased)\r\n\r\nWhat this letter said has been erased.\r\n",
    "enclosure_sha256": None,
    "source": None,
}

DEED: Blanks = {"reason": "", "before": None}

ACCOUNTABLE = frozenset({"actor", "ended_by", "settled_by", "edited_by", "claimed_by"})
"""Columns that say who of the organisers did something: they stay, as what was decided about
others has to be answered for."""

PLAIN: Mapping[type[Row], frozenset[str]] = {
    CaseRow: frozenset({"reference", "programme", "round", "state", "area"}),
    MessageRow: frozenset(
        {"sha256", "programme", "state", "kind", "rule", "hold", "placement_rule"}
    ),
    LetterRow: frozenset(
        {"key", "kind", "programme", "message_id", "state", "rule", "template_version"}
    ),
    LetterContentRow: frozenset(),
    LetterDeedRow: frozenset({"what"}),
    DecisionRow: frozenset({"outcome"}),
    ReleasedOutcomeRow: frozenset({"outcome"}),
    ExtensionRow: frozenset({"programme", "round"}),
    PlacementRow: frozenset(),
    AwardDetailsRow: frozenset(),
    AgreementRow: frozenset({"stage", "media_type", "sha256"}),
    OrganiserAnswerRow: frozenset(),
    AssignmentRow: frozenset({"member"}),
    AssessmentRow: frozenset({"member", "scoring"}),
    EventAnswerRow: frozenset({"event"}),
    OutcomeAnswerRow: frozenset({"reply"}),
}
"""Columns of the same tables that hold codes and keys of ours. A test holds these tables to the
schema, so that no new column is forgotten."""
