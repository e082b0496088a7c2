"""The JSON lines of `parse` and `rehearse`: what was understood from each file.

Other programs build on these field names; they may be added to, never changed.
"""

from collections.abc import Sequence
from dataclasses import asdict

from storage.domain.message import Understanding

Prediction = dict[str, object]


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
        "missing": list(understanding.missing),
        "bounce_of": list(understanding.bounced),
        "findings": [asdict(finding) for finding in understanding.findings],
    }


def refuse(file: str, reason: str) -> Prediction:
    """The line of a file that could not be understood: quarantined, with the reason."""
    return {"file": file, "kind": None, "action": "none", "rule": "quarantined", "reason": reason}
