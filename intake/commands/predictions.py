"""The JSON lines of `parse` and `rehearse`: what was understood from each file.

Other programs build on these field names; they may be added to, never changed.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from storage.domain.message import Understanding

if TYPE_CHECKING:  # only children load what reads messages
    from intake.understanding.anatomy import Anatomy

Prediction = dict[str, object]

NO_PIECES: Prediction = {
    "is_bounce": False,
    "bounced": [],
    "is_auto_reply": False,
    "subject": "",
    "from_email": None,
    "text": "",
    "attachments": [],
    "reply": "",
    "signature": None,
    "forward": None,
}
"""The pieces of a message that could not be read."""


def predict(
    file: str,
    understanding: Understanding,
    *,
    programme: str,
    references: Sequence[str] = (),
    letters: Sequence[str] = (),
) -> Prediction:
    """One line: `file` as it was named, `references` the cases, `letters` the kinds that answer.

    `findings` are all candidates, the rejected ones too, with where each stands in the message.
    """
    return {
        "file": file,
        "programme": programme,
        "kind": str(understanding.verdict.kind),
        "action": str(understanding.action),
        "rule": understanding.verdict.rule,
        "hold": understanding.verdict.hold,
        "case": references[0] if references else None,
        "cases": list(references),
        "letters": list(letters),
        "contact": asdict(understanding.contact),
        "title": understanding.title,
        "summary": understanding.summary,
        "area": understanding.area,
        "senior_leader": understanding.senior_leader,
        "partners": list(understanding.partners),
        "nominees": [asdict(nominee) for nominee in understanding.nominees],
        "team": understanding.team,
        "custom": dict(understanding.custom),
        "rules": list(understanding.rules),
        "missing": list(understanding.missing),
        "bounce_of": list(understanding.bounced),
        "findings": [asdict(finding) for finding in understanding.findings],
    }


def tell_pieces(anatomy: "Anatomy") -> Prediction:
    """What `--pieces` adds to a line: the parts of the message, whatever it is about."""
    forward = anatomy.forward
    return {
        "is_bounce": anatomy.is_bounce,
        "bounced": list(anatomy.bounced),
        "is_auto_reply": anatomy.is_auto_reply,
        "subject": anatomy.subject,
        "from_email": anatomy.sender,
        "text": anatomy.text,
        "attachments": list(anatomy.attachments),
        "reply": anatomy.reply,
        "signature": anatomy.signature,
        "forward": {"from": forward.sender, "subject": forward.subject, "body": forward.body}
        if forward
        else None,
    }


def refuse(file: str, reason: str) -> Prediction:
    """The line of a file that could not be understood: quarantined, with the reason."""
    return {"file": file, "kind": None, "action": "none", "rule": "quarantined", "reason": reason}
