"""What follows an award in a simulated year: applicants tell who receives the money, sign, and say
whether they come; an organiser countersigns what came back."""

import io
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePath

from docx import Document

from intake.commands.simulating.correspondence import Arrival, files_of
from intake.commands.simulating.envelopes import Enclosure, Written
from intake.commands.simulating.grant.cast import Person
from intake.commands.simulating.grant.house import House
from intake.commands.simulating.grant.lives import Act, Deed
from intake.commands.simulating.grant.receivers import (
    ANSWERS_AFTER,
    COMPLETES_AFTER,
    SIGNS_AFTER,
    TELLS_AFTER,
    Pace,
    finance_address,
    in_lines,
    receiver_of,
)
from intake.commands.simulating.timeline import counted
from responders.packs import WORD
from storage import awards
from storage.archive import Archive
from storage.award_lines import award_lines
from storage.domain.award import INTRODUCTIONS, YES, AgreementStage, SignedFile
from storage.domain.award_standing import AwardStep

ASKED = "Please tell us who receives the money:"
INCOMPLETE = "Thank you, and what is still missing:"
TO_SIGN = "Your agreement to sign:"
TO_SIGN_AGAIN = "Please sign your agreement:"
INVITED = "Invitation:"
"""How the subjects of the letters begin that make somebody write."""

STAYS_AWAY = 3
"""Every so many'th answer to an invitation is a no."""

PHOTOGRAPH = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40


@dataclass(slots=True)
class Awarding:
    """Applicants and an organiser at work. It remembers who takes which pace, by the number of the
    person, how often each was asked, and how many invitations were answered."""

    house: House
    archive: Archive
    _paces: dict[int, Pace] = field(default_factory=dict)
    _asked: Counter[int] = field(default_factory=Counter)
    _invited: int = 0

    def plan(self) -> None:
        """Look each afternoon at what came back signed."""
        season = self.house.season
        at = season.on(season.outcomes_at, 15, 20)
        while at < season.ends_at:
            self.house.play.plan(at, self.countersign)
            at = season.on(at + timedelta(days=1), 15, 20)

    def countersign(self, now: datetime) -> str | None:
        """As `postroom award countersign` does."""
        house = self.house
        with house.database.writing() as session:
            known = {case.id: (n, case) for n, case in house.cases(session).items()}
            lines = award_lines(session, house.programme)
            signed = [one.case_id for one in lines if one.step is AwardStep.COUNTERSIGNATURE]
            for case_id in signed:
                number, case = known[case_id]
                back = awards.agreements_of(session, [case_id])[-1]
                content = self.archive.get(back.sha256) + b"\n"
                name = f"by both{PurePath(back.name).suffix}"
                sha256 = self.archive.put(content)
                file = SignedFile(name, back.media_type, len(content), sha256)
                stage, by = AgreementStage.COUNTERSIGNED, house.organisers[0].email
                awards.file(session, case, stage, [file], by=by, now=now)
                house.diary.countersigned[number] = now
        agreements = counted(len(signed), "agreement is", "agreements are")
        return f"{agreements} countersigned" if signed else None

    def read(self, person: Person, arrival: Arrival) -> None:
        """Somebody reads a letter about their award, and does what their pace is."""
        subject = arrival.subject
        if subject.startswith(ASKED):
            self._be_asked(person, arrival)
        elif subject.startswith(INCOMPLETE):
            self._tell(person, arrival, COMPLETES_AFTER)
        elif subject.startswith(TO_SIGN) and self._paces[person.number] is not Pace.SIGNS_LATE:
            self._sign(person, arrival, SIGNS_AFTER)
        elif subject.startswith(TO_SIGN_AGAIN):
            self._sign(person, arrival, ANSWERS_AFTER)
        elif subject.startswith(INVITED):
            self._invited += 1
            stays_away = self._invited % STAYS_AWAY == 0
            deed = Deed.STAY_AWAY if stays_away else Deed.COME
            text = "I am sorry, we can't come." if stays_away else "Yes, we will come."
            self._reply(person, arrival, deed, text, ANSWERS_AFTER)

    def _be_asked(self, person: Person, arrival: Arrival) -> None:
        """The first in the year to be asked takes the first pace, and so on."""
        paces = tuple(Pace)
        self._paces.setdefault(person.number, paces[len(self._paces) % len(paces)])
        self._asked[person.number] += 1
        if self._paces[person.number] is Pace.TELLS_LATE and self._asked[person.number] < 2:
            return
        self._tell(person, arrival, TELLS_AFTER)

    def _tell(self, person: Person, arrival: Arrival, after: timedelta) -> None:
        receiver = receiver_of(person, self._paces[person.number])
        is_first = arrival.subject.startswith(ASKED)
        keys = receiver.first if is_first else tuple(receiver.told.keys() - set(receiver.first))
        told = {key: value for key, value in receiver.told.items() if key in keys}
        is_whole = not is_first or receiver.first == tuple(receiver.told)
        deed = Deed.TELL_DETAILS if is_whole else Deed.TELL_SOME
        text = f"Here are the details.\n\n{in_lines(told, self.house.programme)}"
        at = self._reply(person, arrival, deed, text, after)
        if told.get(INTRODUCTIONS.key) == YES:
            self.house.diary.agreed[person.number] = (at, person.email)
        if "email" in told:
            self.house.diary.finance[person.number] = finance_address(person)

    def _sign(self, person: Person, arrival: Arrival, after: timedelta) -> None:
        """Half of them type their name into the document, the others photograph it signed."""
        agreement = self._agreement(person)
        file = Enclosure("agreement signed.jpg", "image/jpeg", PHOTOGRAPH)
        if person.number % 2:
            document = Document(io.BytesIO(agreement.content))
            document.add_paragraph(f"Signed: {person.leader}")
            stream = io.BytesIO()
            document.save(stream)
            file = Enclosure(f"signed {agreement.name}", WORD, stream.getvalue())
        self._reply(person, arrival, Deed.SIGN, "The signed copy is attached.", after, file)

    def _agreement(self, person: Person) -> Enclosure:
        """The newest that came. Nobody signs before one has."""
        letters = (x for x in reversed(self.house.play.letterbox.arrivals))
        mine = (
            x for x in letters if person.email in x.recipients and x.subject.startswith(TO_SIGN)
        )
        return next(file for x in mine for file in files_of(x.raw) if file.name.endswith(".docx"))

    def _reply(
        self,
        person: Person,
        arrival: Arrival,
        deed: Deed,
        text: str,
        after: timedelta,
        *files: Enclosure,
    ) -> datetime:
        """Plan the answer to a letter; when it is sent."""
        at = (arrival.at + after).replace(microsecond=0)
        diary = self.house.diary
        diary.later[person.number] = (*diary.later.get(person.number, ()), Act(at, deed))
        written = Written(
            person.name,
            person.email,
            f"Re: {arrival.subject}",
            f"{text}\n\n{person.signoff}\n{person.name}\n",
            files=files,
            answers=arrival.answered,
        )
        self.house.play.plan_letter(at, deed, written, who=person.number)
        return at
