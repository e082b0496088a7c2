"""Sections of the configuration → the facts and accounts that everything else works with."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

from holidays import country_holidays

from intake.configuration.awards import make_award, make_event
from intake.configuration.credentials import find_secret, missing_secret, token_reader
from intake.configuration.custom import FieldSection, RuleSection
from intake.configuration.fields import instant
from intake.configuration.people import OrganiserSection, PanelMemberSection, PersonSection
from intake.configuration.places import CohortSection, PlacingSection
from intake.configuration.programmes import (
    AreaSection,
    CriterionSection,
    ProgrammeSection,
    RoundSection,
)
from intake.configuration.rhythm import (
    DigestsSection,
    Nation,
    RemindersSection,
    Weekday,
)
from intake.configuration.servers import MailboxSection
from intake.mailboxes.base import GraphAccount, ImapAccount, MailboxRefused, MaildirAccount
from responders.transports.graph import ROOM_FOR_FILES
from storage.domain.message import MessageKind
from storage.domain.people import Address
from storage.domain.programme import (
    MOST_ENCLOSED,
    Area,
    Cohort,
    Criterion,
    CustomField,
    CustomRule,
    DigestRhythm,
    Digests,
    Milestone,
    Organiser,
    PanelMember,
    Placing,
    Programme,
    ProgrammeKind,
    Question,
    Reminders,
    Round,
)

MailboxAccount = ImapAccount | GraphAccount | MaildirAccount

_NATIONS: dict[Nation, str] = {
    "england": "ENG",
    "wales": "WLS",
    "scotland": "SCT",
    "northern-ireland": "NIR",
}

IMAP_PORTS = {"tls": 993, "starttls": 143, "plain": 143}


def make_programme(slug: str, section: ProgrammeSection) -> Programme:
    """The programme that a table describes; all its instants are in UTC."""
    zone = ZoneInfo(section.zone)
    return Programme(
        slug=slug,
        name=section.name,
        kind=ProgrammeKind(section.kind),
        inbox=section.inbox,
        team=section.team,
        reference_prefix=section.reference_prefix,
        zone=zone,
        round=_round(section.round, zone),
        person=_address(section.person),
        person_phone=section.person.phone,
        introduction=section.introduction.strip(),
        areas=tuple(_area(area, section) for area in section.areas),
        organisers=tuple(_organiser(organiser) for organiser in section.organisers),
        panel=tuple(_panel_member(member) for member in section.panel),
        criteria=tuple(_criterion(criterion) for criterion in section.criteria),
        questions=tuple(Question(q.key, q.text, q.help, q.max_words) for q in section.questions),
        amount=section.amount,
        currency=section.currency,
        awards=section.awards,
        awards_per_area=section.awards_per_area,
        budget=section.budget,
        places=section.places,
        cohorts=tuple(_cohort(cohort, zone) for cohort in section.cohorts),
        answer_within_days=section.answer_within_days,
        keep_months=section.keep_months,
        pack_link=section.pack_link,
        fields=tuple(map(_field, section.fields)),
        rules=tuple(_rule(rule) for rule in section.rules),
        reminders=_reminders(section.reminders),
        digests=_digests(section.digests),
        chase_after_days=section.chase_after_days,
        placing=_placing(section.placing),
        award=make_award(section.award, zone),
        events=tuple(make_event(event, zone) for event in section.events),
        holidays=_holidays(section),
        most_enclosed=_most_enclosed(section),
    )


def _most_enclosed(section: ProgrammeSection) -> int:
    """As much as the transport takes."""
    is_graph = section.transport is not None and section.transport.kind == "graph"
    return ROOM_FOR_FILES if is_graph else MOST_ENCLOSED


def make_mailbox(
    slug: str,
    section: MailboxSection,
    *,
    inbox: str,
    folder: Path,
    token: Callable[[], str] | None = None,
) -> MailboxAccount:
    """The account of a programme's mailbox over IMAP or on this machine, named by its inbox.
    `folder` is what relative paths start from, `token` gives access tokens in place of a secret of
    the section. Raises ConfigError when a secret's file can't be read."""
    max_bytes = section.max_megabytes * 2**20
    if section.kind == "maildir":
        return MaildirAccount(
            name=inbox,
            path=folder / (section.path or ""),
            processed=section.processed,
            quarantine=section.quarantine,
            max_bytes=max_bytes,
        )
    table, credential = f"programmes.{slug}.mailbox", f"{slug}-mailbox-password"
    key = f"{table}.password"
    password = find_secret(
        section.password,
        folder / section.password_file if section.password_file else None,
        key=key,
        credential=credential,
    )
    if section.token_file:
        token = token_reader(folder / section.token_file, f"{table}.token_file", MailboxRefused)
    elif password is None and token is None:
        token = missing_secret(key, credential, MailboxRefused)
    return ImapAccount(
        name=inbox,
        host=section.host or "",
        port=section.port or IMAP_PORTS[section.security],
        username=section.username or inbox,
        password=None if token else password,
        token=token,
        security=section.security,
        cafile=folder / section.cafile if section.cafile else None,
        folder=section.folder,
        processed=section.processed,
        quarantine=section.quarantine,
        sent=section.sent,
        max_bytes=max_bytes,
    )


def _round(section: RoundSection, zone: ZoneInfo) -> Round:
    return Round(
        key=section.key,
        opens_at=_utc(section.opens_at, zone),
        closes_at=_utc(section.closes_at, zone),
        outcomes_at=_utc(section.outcomes_at, zone) if section.outcomes_at else None,
        scores_by=_utc(section.scores_by, zone) if section.scores_by else None,
        grace=timedelta(minutes=section.grace_minutes),
        timeline=tuple(Milestone(line.when, line.what) for line in section.timeline),
    )


def _organiser(section: OrganiserSection) -> Organiser:
    return Organiser(_address(section), DigestRhythm(section.digest), section.areas)


def _panel_member(section: PanelMemberSection) -> PanelMember:
    return PanelMember(_address(section), section.organisation or "")


def _criterion(section: CriterionSection) -> Criterion:
    return Criterion(section.key, section.name, section.solid, section.strong, section.weight)


def _reminders(section: RemindersSection) -> Reminders:
    return Reminders(
        days_before=section.days_before,
        at=section.at,
        working_days_only=section.working_days_only,
        after_pack=timedelta(days=section.after_pack_days),
        scores_days_before=section.scores_days_before,
    )


def _digests(section: DigestsSection) -> Digests:
    return Digests(
        at=section.at,
        weekday=get_args(Weekday).index(section.weekday),
        at_risk=timedelta(days=section.at_risk_days),
        stuck_after=timedelta(hours=section.stuck_after_hours),
    )


def _placing(section: PlacingSection) -> Placing:
    return Placing(
        reply_within_days=section.reply_within_days,
        chase_after_days=section.chase_after_days,
        joining_days_before=section.joining_days_before,
        reminder_days_before=section.reminder_days_before,
        at=section.at,
        tells_leads=section.tell_leads,
    )


def _cohort(section: CohortSection, zone: ZoneInfo) -> Cohort:
    starts_at = _utc(section.starts_at, zone)
    joining = section.joining.strip()
    return Cohort(section.number, starts_at, section.places, section.venue or "", joining)


def _holidays(section: ProgrammeSection) -> frozenset[date]:
    """Bank holidays from the year before the opening to two after it, and the other days off."""
    if section.bank_holidays is None:
        return frozenset(section.days_off)
    opens = section.round.opens_at.year
    found = country_holidays(
        "GB", subdiv=_NATIONS[section.bank_holidays], years=range(opens - 1, opens + 3)
    )
    return frozenset(section.days_off) | frozenset(found)


def _area(area: AreaSection, programme: ProgrammeSection) -> Area:
    lead = programme.nomination_leads.get(area.key)
    return Area(
        key=area.key,
        name=area.name,
        aliases=area.aliases,
        places=area.places,
        nomination_lead=_address(lead) if lead else None,
        most_in_all=area.most_in_all,
        most_in_a_cohort=area.most_in_a_cohort,
    )


def _field(field: FieldSection) -> CustomField:
    return CustomField(
        field.key, field.label, field.labels, field.pattern, field.choices, field.anywhere
    )


def _rule(rule: RuleSection) -> CustomRule:
    return CustomRule(
        name=rule.name,
        place=rule.where,
        pattern=rule.pattern,
        kind=MessageKind(rule.kind) if rule.kind else None,
        hold=rule.hold,
        values=tuple(rule.values.items()),
        stop=rule.stop,
    )


def _address(person: PersonSection) -> Address:
    return Address(person.email, person.name)


def _utc(moment: datetime, zone: ZoneInfo) -> datetime:
    return instant(moment, zone).astimezone(UTC)
