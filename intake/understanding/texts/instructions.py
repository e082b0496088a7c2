"""Pure: words by which an organiser acts, each at the start of a line of the new text: `2 release`,
`ACE-0042 extend to 27 August`, `answer: We will ring you.`

Between quoted lines a word without a number is about the number that stands last above it. What
stands below a signature is not followed, and its writer told so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from intake.understanding.texts.continued import Follows, how_it_follows, may_be_broken
from intake.understanding.texts.courtesies import is_courtesy, opens_courteously
from intake.understanding.texts.instructed import NO_COLON, words_behind
from intake.understanding.texts.lines import part_read, split_lines
from intake.understanding.texts.pieces import Piece, PieceKind, kinds_of, merge
from storage.domain.acting import LONGEST_ANSWER, Instruction, Instructions, Unread, Verb
from storage.domain.people import Address
from storage.domain.spoken_days import names_day

MOST_INSTRUCTIONS = 50
MOST_TARGETS = 20
MOST_CODES = 5
"""A thread of letters that quote each other; a hostile message names thousands."""
_ABOVE = 2_000
"""Characters of quoted text above a word in which its number is looked for."""

BELOW_SIGNATURE = "it stands below your signature, where nothing is followed: write it above"
OTHER_WORDS = "other words stand right below it: put a blank line between"

_CODE = re.compile(r"(?<![A-Za-z0-9])[a-z2-7]{32}(?![A-Za-z0-9])")
_SHOWN = re.compile(r"\[(\d{1,3})\]")
_DRESS = re.compile(r"^[\s>*_•·–—-]+|(?<![\s*_])[\s*_]+$")
_POLITE = re.compile(r"^(?:please|pls|kindly|and|ok|okay|yes)[,:]? +", re.IGNORECASE)
_VERB = re.compile(rf"(?P<verb>{'|'.join(Verb)})\b(?!['’-]\w)", re.IGNORECASE)
_BETWEEN = re.compile(r"[ ,;&+]{0,5}(?:and\b)?[ ,;&]{0,5}", re.IGNORECASE)
_END = re.compile(r"[ ]{0,3}(?:[:.)–—-]|->)?[ ]{0,3}")
_LISTED = re.compile(r"\d{1,3}[.)]")
_SIGNED = (PieceKind.SIGNATURE, PieceKind.SENT_FROM)
_WITH_WORDS = (Verb.EXTEND, Verb.ASSIGN, Verb.ANSWER, Verb.DISCARD, Verb.ARRIVED)


def read_instructions(text: str, prefix: str, writer: Address | None = None) -> Instructions:
    """What the new text of a reply has us do; `prefix` is that of the programme's references,
    `writer` who it is from."""
    read = part_read(text)
    lines, name, email = split_lines(read), "", ""
    if writer is not None:
        name, email = writer.name, writer.email
    pieces = merge(lines, kinds_of(lines, names=[name] if name else [], email=email), len(read))
    codes = tuple(dict.fromkeys(_CODE.findall(read)))[:MOST_CODES]
    reader = _Reader(re.compile(_target(prefix), re.IGNORECASE), name)
    for before, piece in zip((None, *pieces), pieces, strict=False):
        if piece.kind in (PieceKind.NEW, PieceKind.CLOSING):
            reader.read(read[piece.start : piece.end], _number_above(read, before), piece.kind)
    lost = _below_signature(read, pieces, reader)
    found = tuple([*reader.found, *lost][:MOST_INSTRUCTIONS])
    new = (read[p.start : p.end] for p in pieces if p.kind is PieceKind.NEW)
    if any(_CODE.search(part) for part in new):
        problem = "we can't tell your words from those of the letter that you quote"
        found = tuple(replace(one, problem=problem) for one in found)
        return Instructions(found, codes, reader.says_more)
    unread = tuple(reader.unread[:MOST_INSTRUCTIONS])
    return Instructions(found, codes, reader.says_more, unread)


def _below_signature(
    text: str, pieces: Sequence[Piece], reader: "_Reader"
) -> Iterator[Instruction]:
    """Clear words where only a signature is looked for."""
    signed = reader.alike()
    for piece in pieces:
        if piece.kind in _SIGNED:
            signed.read(text[piece.start : piece.end], None, piece.kind)
    for one in signed.found:
        if one.problem is None:
            yield replace(one, problem=BELOW_SIGNATURE)


def _target(prefix: str) -> str:
    span = r"(?P<first>\d{1,3})[ ]?[-–][ ]?(?P<last>\d{1,3})(?![\d/-]|:\d)(?!\w)"
    number = r"(?:(?:item|number|no\.?|nr\.?)[ ]?|#)?\[?(?P<number>\d{1,3})\]?(?![\d/-]|:\d)(?!\w)"
    return rf"(?:\[?(?P<reference>{re.escape(prefix)}-\d{{4,7}})\]?(?!\d)|{span}|{number})"


def _number_above(text: str, before: Piece | None) -> str | None:
    """The number of the item under which something was written, None outside quotes."""
    if before is None or before.kind is not PieceKind.QUOTED:
        return None
    shown = _SHOWN.findall(text[max(before.start, before.end - _ABOVE) : before.end])
    return shown[-1] if shown else None


@dataclass(slots=True)
class _Begun:
    """An instruction to which the lines below may belong; `last` is the newest that does."""

    instruction: Instruction
    last: str
    below: list[str]
    has_ended: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is an answer, to which all belongs up to the next instruction."""
        return self.instruction.verb is Verb.ANSWER

    def take(self, line: str) -> None:
        self.below.append(line.strip())
        self.last = line

    def doubt(self, line: str) -> None:
        """`line` may be of its words: it is not followed."""
        whose = "the text of your answer" if self.is_text else "it: put a blank line between"
        told = f"we can't tell whether “{_short(line)[:60]}” belongs to {whose}"
        self.instruction = replace(self.instruction, problem=told)


class _Reader:
    """Reads the parts of a message that are new, line by line."""

    def __init__(self, target: re.Pattern[str], name: str) -> None:
        self._target = target
        self._name = frozenset(name.casefold().replace(",", " ").split())
        self.found: list[Instruction] = []
        self.unread: list[Unread] = []
        self.says_more = False

    def alike(self) -> "_Reader":
        """One that has read nothing yet."""
        return _Reader(self._target, "")

    def read(self, part: str, above: str | None, kind: PieceKind) -> None:
        """A part of this kind, below the item of the number `above`."""
        begun: _Begun | None = None
        in_prose = False
        for line in split_lines(part):
            text = _DRESS.sub("", line.text.replace("\u00a0", " "))
            is_text = begun is not None and begun.is_text
            instruction = self._instruction(text, line.text, wants_target=is_text)
            targets = () if instruction is not None else self._unread(text, is_text, in_prose)
            if instruction is not None:
                if begun is not None and is_text and not _is_clear(instruction):
                    begun.doubt(line.text)
                    instruction = replace(instruction, problem=begun.instruction.problem)
                self._finish(begun, above)
                begun = _Begun(instruction, line.text, [])
            elif targets:
                self._finish(begun, above)
                self._keep_unread(targets, line.text, begun)
                begun = None
            elif begun is not None and self._belongs(text, line.text, begun):
                begun.take(line.text)
            elif text:
                is_read = kind is PieceKind.NEW or opens_courteously(text)
                self.says_more |= is_read and not self._is_courtesy(text)
            elif begun is not None:
                begun.has_ended = True
            in_prose = bool(text) and begun is None and not targets
        self._finish(begun, above)

    def _belongs(self, text: str, line: str, begun: _Begun) -> bool:
        """Whether a line without a word of ours is of the instruction above it. Behind the words of
        one only what a mail program has broken off is: they are told to others."""
        if begun.is_text:
            return True
        if not text or begun.has_ended:
            return False
        if begun.instruction.verb not in _WITH_WORDS:
            return True
        follows = how_it_follows(text, begun.last)
        if follows is Follows.IN_DOUBT and not self._is_courtesy(text):
            begun.doubt(line)
        begun.has_ended = follows is not Follows.REST
        return follows is Follows.REST

    def _unread(self, text: str, is_text: bool, in_prose: bool) -> tuple[str, ...]:
        """What a line names that holds no word of ours; none where it is of a list in an answer, or
        in the middle of a paragraph that happens to go on with a number."""
        targets, _ = self._targets(_POLITE.sub("", text))
        is_loose = in_prose or (is_text and _LISTED.match(text) is not None)
        return () if is_loose and not _names_case(targets) else targets

    def _keep_unread(self, targets: tuple[str, ...], line: str, begun: _Begun | None) -> None:
        """Call it when what was begun is finished, and the last of those found."""
        below = None
        if begun is not None and not _names_case(targets):
            is_right_below = begun.is_text or not begun.has_ended
            if is_right_below and may_be_broken(begun.last):
                begun.doubt(line)
                self.found[-1] = replace(self.found[-1], problem=begun.instruction.problem)
            if is_right_below and (begun.is_text or begun.instruction.verb not in _WITH_WORDS):
                below = len(self.found) - 1
        self.unread.append(Unread(targets, _short(line), below))

    def _finish(self, begun: _Begun | None, above: str | None) -> None:
        if begun is None:
            return
        one, below = begun.instruction, begun.below
        if not one.targets and above is not None:
            one = replace(one, targets=(above,))
        if one.verb is Verb.ANSWER:
            words = "\n".join([one.words, *below]).strip()
            problem = one.problem or _problem_of(words)
            one = replace(one, words=words[:LONGEST_ANSWER], problem=problem)
        elif one.verb in _WITH_WORDS:
            one = replace(one, words=" ".join([one.words, *below]).strip())
        elif below and not self._is_courtesy(" ".join(below)):
            one = replace(one, problem=OTHER_WORDS)
        self.found.append(one)

    def _is_courtesy(self, text: str) -> bool:
        """A greeting, thanks, or no more than the writer's name."""
        is_name = self._name.issuperset(text.casefold().strip(" .,").split())
        return is_name or is_courtesy(text)

    def _instruction(self, text: str, line: str, *, wants_target: bool) -> Instruction | None:
        """What a line says, None where it begins with no word of ours. A line of prose that
        happens to, such as `Hold on`, names nothing that it could be about."""
        targets, rest = self._targets(_POLITE.sub("", text))
        rest = _POLITE.sub("", _END.sub("", rest, count=1) if targets else rest)
        found = _VERB.match(rest)
        if found is None or (wants_target and not targets):
            return None
        verb = Verb(found["verb"].lower())
        words = rest[found.end() :]
        is_text = verb is Verb.ANSWER and words.lstrip().startswith(":")
        can_name = not targets and not is_text
        behind, others = self._targets(words.lstrip(" :") if can_name else "")
        words = others if behind else words
        read = words_behind(verb, words, has_mark=bool(behind or targets))
        if read is None or (wants_target and read[1] == NO_COLON):
            return None
        said, problem = read
        problem = problem or _problem_of_range(targets or behind)
        return Instruction(verb, targets or behind, said, _short(line), problem)

    def _targets(self, text: str) -> tuple[tuple[str, ...], str]:
        """The numbers and references with which a text begins, and what stands behind them."""
        targets: list[str] = []
        at = 0
        while len(targets) < MOST_TARGETS:
            between = _BETWEEN.match(text, at)
            start = between.end() if between and targets else at
            found = self._target.match(text, start)
            if found is None:
                break
            targets += _named(found)
            at = found.end()
        return tuple(dict.fromkeys(targets)), text[at:].lstrip()


def _named(target: re.Match[str]) -> list[str]:
    """The numbers or the reference of a target; as it stands what is no range, such as a day
    (27-8), or is a range of more than one may name."""
    if target["first"] is None:
        return [target["number"] or target["reference"].upper()]
    first, last = int(target["first"]), int(target["last"])
    if not first < last < first + MOST_TARGETS:
        return [f"{first}-{last}"]
    return [str(number) for number in range(first, last + 1)]


def _is_clear(instruction: Instruction) -> bool:
    """False for a line below the text of an answer that may be of that text, such as `1. Extend
    your project`."""
    if instruction.verb is Verb.EXTEND:
        return names_day(instruction.words)
    if instruction.verb is Verb.ASSIGN:
        return " to " in instruction.line.lower()
    return instruction.problem is None


def _names_case(targets: Sequence[str]) -> bool:
    return any(not target[:1].isdigit() for target in targets)


def _short(line: str) -> str:
    return " ".join(line.split())[:120]


def _problem_of_range(targets: Sequence[str]) -> str | None:
    wrong = next((x for x in targets if x[:1].isdigit() and not x.isdigit()), None)
    return f"“{wrong}” is no range of numbers, such as 1-3" if wrong is not None else None


def _problem_of(answer: str) -> str | None:
    if len(answer) > LONGEST_ANSWER:
        return f"its text has {len(answer):,} characters, and {LONGEST_ANSWER:,} is the most"
    return None if answer else "it has no text"
