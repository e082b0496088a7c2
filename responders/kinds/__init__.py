"""The letter kinds, one module each: pure answers to "which letters ought to exist now?"."""

from collections.abc import Iterable
from datetime import datetime

from responders.kinds import (
    acknowledgement,
    action_receipt,
    application_pack,
    application_receipt,
    attachment_problem,
    award_chase,
    award_details,
    award_receipt,
    closed,
    closing_notice,
    cohort_reminder,
    deadline_reminder,
    decisions_receipt,
    details_request,
    digest,
    extension_notice,
    introduction,
    invitation,
    joining_instructions,
    late_receipt,
    lead_answer,
    mou,
    mou_chase,
    mou_countersigned,
    mou_receipt,
    nomination_outcome,
    nomination_picture,
    nomination_receipt,
    not_yet_open,
    organiser_answer,
    outcome_chase,
    outcome_funded,
    outcome_not_funded,
    outcome_reserve,
    pack_reissue,
    place_chase,
    place_confirmed,
    place_invitation,
    place_offer,
    scoring_receipt,
    scoring_reminder,
    scoring_sheet,
    update_receipt,
    waiting_list,
    watch_all_clear,
    watch_notice,
    withdrawal_confirmation,
)
from responders.kinds.base import Kind
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation

KINDS: tuple[Kind, ...] = (
    extension_notice.KIND,
    application_pack.KIND,
    details_request.KIND,
    nomination_receipt.KIND,
    place_confirmed.KIND,
    lead_answer.KIND,
    application_receipt.KIND,
    late_receipt.KIND,
    attachment_problem.KIND,
    withdrawal_confirmation.KIND,
    update_receipt.KIND,
    not_yet_open.KIND,
    closed.KIND,
    acknowledgement.KIND,
    pack_reissue.KIND,
    deadline_reminder.KIND,
    outcome_funded.KIND,
    outcome_reserve.KIND,
    outcome_not_funded.KIND,
    outcome_chase.KIND,
    award_details.KIND,
    award_receipt.KIND,
    award_chase.KIND,
    mou_receipt.KIND,
    mou.KIND,
    mou_chase.KIND,
    mou_countersigned.KIND,
    introduction.KIND,
    invitation.KIND,
    place_invitation.KIND,
    place_offer.KIND,
    place_chase.KIND,
    waiting_list.KIND,
    joining_instructions.KIND,
    cohort_reminder.KIND,
    nomination_outcome.KIND,
    watch_notice.KIND,
    watch_all_clear.KIND,
    closing_notice.KIND,
    digest.KIND,
    nomination_picture.KIND,
    decisions_receipt.KIND,
    organiser_answer.KIND,
    action_receipt.KIND,
    scoring_sheet.KIND,
    scoring_receipt.KIND,
    scoring_reminder.KIND,
)
"""Every kind; where several letters are due at once, they leave in this order."""

_BY_NAME = {kind.kind: kind for kind in KINDS}


def get_kind(name: LetterKind) -> Kind:
    """The kind of this name; every LetterKind has one."""
    return _BY_NAME[name]


def letters_due(s: Situation, kinds: Iterable[Kind] = KINDS) -> tuple[Due, ...]:
    """The letters that ought to exist now and don't, in the order of the kinds."""
    return tuple(due for kind in kinds for due in kind.due(s))


def next_attention(s: Situation) -> datetime | None:
    """The next instant at which time alone could make a letter due, None for never. To be asked
    after the letters due now are in the outbox."""
    wakes = (kind.wakes_at(s) for kind in KINDS)
    return min((at for at in wakes if at is not None and at > s.now), default=None)
