"""Pure: an organiser countersigned: the copy that both have signed goes to the lead, and to whoever
receives the money."""

from pathlib import PurePath

from responders.kinds.awards import (
    a_day,
    award_of,
    award_values,
    facts_of,
    is_new,
    organisation_of,
)
from responders.kinds.base import (
    BOUNCED,
    KeptFile,
    Kind,
    Values,
    dead_addresses,
    its_case,
    tell_case,
)
from storage.domain.award import Agreement, AgreementStage
from storage.domain.letter import Due, LetterKind
from storage.domain.people import Address
from storage.domain.situation import Situation

TO_FINANCE = "/finance"
"""How the keys of letters end that go to whoever receives the money."""


def due(s: Situation) -> tuple[Due, ...]:
    found, files = award_of(s), _files(s)
    if found is None or not files:
        return ()
    award, facts = found
    lead = tell_case(s, LetterKind.MOU_COUNTERSIGNED, f"/{files[0].id}")
    dues = [lead] if lead is not None else []
    finance = award.finance_address(facts.told)
    if finance and all(one.recipient.email != finance for one in dues):
        skip = BOUNCED if finance in dead_addresses(s) else None
        key = f"{LetterKind.MOU_COUNTERSIGNED}/case:{its_case(s).id}/{files[0].id}{TO_FINANCE}"
        to = Address(finance)
        dues.append(Due(LetterKind.MOU_COUNTERSIGNED, key, to, its_case(s).id, skip=skip))
    return tuple(one for one in dues if is_new(s, one))


def values(s: Situation, due: Due) -> Values:
    award, _ = facts_of(s)
    return award_values(s, due) | {
        "is_to_finance": due.key.endswith(TO_FINANCE),
        "organisation": organisation_of(s),
        "starts_on": a_day(s, award.starts_on),
        "ends_on": a_day(s, award.ends_on),
    }


def kept_files(s: Situation, _due: Due) -> tuple[KeptFile, ...]:
    reference, files = its_case(s).reference, _files(s)
    return tuple(
        KeptFile(
            name=f"{reference} signed agreement{f' ({number})' if len(files) > 1 else ''}"
            f"{PurePath(file.name).suffix.lower()}",
            media_type=file.media_type,
            sha256=file.sha256,
        )
        for number, file in enumerate(files, start=1)
    )


def _files(s: Situation) -> tuple[Agreement, ...]:
    """The newest countersigned copy."""
    files = s.award.files(AgreementStage.COUNTERSIGNED) if s.award is not None else ()
    return tuple(one for one in files if one.at == files[-1].at)


KIND = Kind(LetterKind.MOU_COUNTERSIGNED, due, values, kept_files=kept_files)
