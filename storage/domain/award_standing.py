"""How far the award of a funded project has come, for organisers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.domain.calendar import working_days_after
from storage.domain.programme import Programme


class AwardStep(StrEnum):
    """What is waited for. COUNTERSIGNATURE is the organisers' own to do, DONE is nobody's."""

    CONFIRMATION = "confirmation"
    DETAILS = "details"
    AGREEMENT = "agreement"
    SIGNATURE = "signature"
    COUNTERSIGNATURE = "countersignature"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One funded project. `told_at` is when the letter left that says so, `confirmed_at` when they
    took it up; `missing` are the keys of details that nobody has told, `details_at` when the last
    were told; `version` begins the hash of the agreement that was sent at `sent_at`, as it came
    back at `returned_at`. `comes` are the events they said yes to, `stays_away` those they said no
    to. `introduces` is None as long as nobody said whether they want to be introduced."""

    case_id: int
    reference: str
    area: str | None
    organisation: str | None
    told_at: datetime | None = None
    confirmed_at: datetime | None = None
    asked_at: datetime | None = None
    details_at: datetime | None = None
    missing: tuple[str, ...] = ()
    version: str | None = None
    sent_at: datetime | None = None
    returned_at: datetime | None = None
    countersigned_at: datetime | None = None
    introduces: bool | None = None
    comes: tuple[str, ...] = ()
    stays_away: tuple[str, ...] = ()

    @property
    def step(self) -> AwardStep:
        if self.countersigned_at is not None:
            return AwardStep.DONE
        if self.returned_at is not None:
            return AwardStep.COUNTERSIGNATURE
        if self.confirmed_at is None:
            return AwardStep.CONFIRMATION
        if self.missing:
            return AwardStep.DETAILS
        return AwardStep.SIGNATURE if self.sent_at is not None else AwardStep.AGREEMENT

    @property
    def waiting_since(self) -> datetime | None:
        """Since when the step is waited for; None: it is not known, or nothing is."""
        match self.step:
            case AwardStep.CONFIRMATION:
                return self.told_at
            case AwardStep.DETAILS:
                return self.asked_at or self.confirmed_at
            case AwardStep.AGREEMENT:
                return self.details_at
            case AwardStep.SIGNATURE:
                return self.sent_at
            case AwardStep.COUNTERSIGNATURE:
                return self.returned_at
            case AwardStep.DONE:
                return None

    def is_overdue(self, programme: Programme, now: datetime) -> bool:
        """True once the time to answer is over, of what applicants are asked for."""
        asked = (AwardStep.DETAILS, AwardStep.SIGNATURE)
        since = self.waiting_since
        if programme.award is None or since is None or self.step not in asked:
            return False
        days = programme.award.reply_within_days
        return now >= working_days_after(since.astimezone(programme.zone), days, programme.holidays)
