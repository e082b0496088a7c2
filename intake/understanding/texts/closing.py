"""Pure: where a letter-writer's text ends and the sign-off with the signature begins."""

import re
from collections.abc import Sequence

from intake.understanding.finders.names import clean_name, fold, is_same_person, matches_address
from intake.understanding.texts.lines import Line, is_bullet
from intake.understanding.texts.patterns import cues
from intake.understanding.texts.phrases import is_signature_rule
from intake.understanding.texts.sign_offs import find_sign_off

_VALEDICTION = cues(
    r"(?:with |and |my |our )?(?:(?:the |my |our |all |very |many |kind(?:est)?|best"
    r"|warm(?:est)?|good) ?)*(?:wishes|regards|rgds|thanks)\b.{0,30}",
    r"(?:kind|warm)(?:est)?(?: regards| wishes)?|(?:all (?:the |my |our )?|very )?best|kr|br"
    r"|mt|ta|tia|thx|cheers.{0,20}|thank you.{0,24}|thanks.{0,24}",
    r"yours?(?: (?:sincerely|faithfully|truly|ever|aye|hopefully|gratefully|respectfully"
    r"|in (?:\w+ ){0,3}\w+|etc|very \w+|\w+ly))?|i remain,? yours? \w+.{0,10}",
    r"(?:yours )?(?:sincerely|faithfully|respectfully|gratefully|cordially|fraternally|warmly"
    r"|in (?:hope|solidarity|peace|friendship|faith|anticipation))(?: yours)?",
    r"(?:with (?:much |lots of )?)?(?:love|respect|gratitude|thanks|hope|warmth|blessings?"
    r"|best)(?:,? (?:and|to|from|for|in|as|always|again|all|wishes|regards)\b.{0,24})?|(?:god"
    r"|every|many) bless(?:ing|ings|es)?.{0,12}|bless you|peace(?: (?:and|be|to|in)\b.{0,16})?",
    r"(?:i )?(?:look(?:ing)? forward to (?:hearing|meeting|your|working|it|receiving).{0,40})"
    r"|take care.{0,12}|speak soon.{0,12}|hope (?:to hear|this helps).{0,20}",
    r"i (?:have the honour to (?:be|remain)|beg to remain|remain),?.{0,40}",
    r"le (?:gach dea-ghuí|meas).{0,10}|slán.{0,12}|is mise.{0,10}|hwyl.{0,8}|yr eiddoch.{0,12}"
    r"|bien à vous|was+alaa?m.{0,20}|shukran.{0,10}|khuda hafiz|namaste|in sha allah",
    # Words that close letters in other languages, a few words before and behind them.
    r"(?:[^\W\d_]{1,14} ){0,3}(?:gr(?:ü|u|ue)(?:ß|ss)\w*|hilsen\w*|h[äa]lsning\w*|terveis\w*"
    r"|groet\w*|cordial\w*|salutations?|salut[io]|saludos?|abra[zç]\w*|aten[ct]\w*|cumprimentos"
    r"|pozdr\w*|poważaniem|úctou|üdvözlettel|tisztelettel|saygılar\w*|sevgiler\w*|cofion|gywir"
    r"|уважени\w*|повагою|χαιρετισμ\w*|pagarbiai|cieņu|lugupidamine)(?:,? [^\W\d_]{1,14}){0,3}",
    r"(?:merci|gracias|grazie|obrigad[oa]|danke|dank|bedankt|tack|takk|tak|kiitos|dzięk\w*|díky"
    r"|diolch|спасибо|дякую|teşekkürler)(?: [^\W\d_]{1,14}){0,2}"
    r"|(?:mvh|mfg|vg|lg|kh|vh)(?: [^\W\d_]{1,14}){0,2}|x[xo]{2,5}",
    r"敬具|(?:\w{1,6}、)?(?:どうぞ)?よろしく\w*|此致|敬礼|谢谢|祝\w{0,3}|감사\w*|בברכה"
    r"|مع التحية|تحياتي|धन्यवाद",
)
_KISSES = re.compile(r"[,.! ]{1,3}[xX]{1,5}[.! ]{0,2}$")
_LONGEST_VALEDICTION = 60
_LONGEST_NAME_LINE = 160
_ENDS_OF_NAME = " \t\xa0.!*_"
_LONGEST_TAIL = 30
_PROSE_WORDS = 26
"""Words from which a line is prose, hence no part of a signature."""


def split_closing(
    lines: Sequence[Line], *, names: Sequence[str], email: str
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The text and what follows its last word: valediction, name, signature. `names` and `email`
    are what is known of the writer beforehand."""
    at = _closing_start(lines, names, email)
    return tuple(lines[:at]), tuple(lines[at:])


def closing_start(
    lines: Sequence[Line], *, after: int = 0, names: Sequence[str] = (), email: str = ""
) -> int:
    """The index, `after` or later, of the first line that closes a text; the number of lines
    where nothing does. `names` and `email` are those of its writer, as far as they are known."""
    floor = max(after, _tail_floor(lines))
    end = find_sign_off(lines, floor, is_valediction)
    known = (
        at
        for at in range(floor, end)
        if (names or email)
        and not _is_in_list(lines, at)
        and is_name_line(lines[at].text, names=names, email=email)
    )
    return next(known, end)


def is_valediction(text: str) -> bool:
    """Whether a line is a courtesy that closes a letter, in several languages."""
    bare = _KISSES.sub("", text.strip()[: 2 * _LONGEST_VALEDICTION].strip("*_~ "))
    bare = bare.rstrip(",.!:;-– 。！，")
    parts = [part.strip(" ,") for part in bare.split("/")]
    return 0 < len(bare) <= _LONGEST_VALEDICTION and all(
        _VALEDICTION.fullmatch(part) is not None for part in parts
    )


def is_name_line(text: str, *, names: Sequence[str], email: str) -> bool:
    """Whether a line starts with the name of the writer, as far as it is known: `Tom`, `Tom
    Arkwright RGN`, `Mel Fairbrass, Stanmore Carers Hub, 07700 900142`."""
    text = text[: 4 * _LONGEST_NAME_LINE].strip()[:_LONGEST_NAME_LINE]
    head = re.split(r"[,|(:\d]|\s[-–—]\s|\s{3,}", text.lstrip("(-–— "), maxsplit=1)[0]
    head = head or re.sub(r"^\((?:Mrs?|Ms|Miss|Dr|Fr|Rev\w*)\)\s*", "", text)
    head = re.sub(r"\s[xX+]{1,4}$", "", head.rstrip(_ENDS_OF_NAME)).rstrip(_ENDS_OF_NAME)
    name = clean_name(head)
    if name is None or len(name.split()) > 5:
        return False
    nickname = re.search(r"[\"“(](\w{2,20})[\"”)]", text[:80])
    known = [name, nickname[1]] if nickname else [name]
    if any(is_same_person(one, other) for one in known for other in names):
        return True
    first = fold(name.split()[0])
    return len(first) > 2 and matches_address(name, email) and name[:1].isupper()


def _closing_start(lines: Sequence[Line], names: Sequence[str], email: str) -> int:
    """The index of the first line of the closing, the number of lines where there is none."""
    end = len(lines)
    earliest = _tail_floor(lines)
    rule = next((at for at in range(earliest, end) if is_signature_rule(lines[at].text)), end)
    stop = min(rule, end)
    for at in range(earliest, stop):
        if is_valediction(lines[at].text) and _closes(lines, at, stop):
            return at
    for at in range(earliest, stop):
        text = lines[at].text
        if _is_in_list(lines, at):
            continue
        if len(text) <= _LONGEST_NAME_LINE and is_name_line(text, names=names, email=email):
            return at
    return min(rule, find_sign_off(lines, earliest, is_valediction))


def _closes(lines: Sequence[Line], at: int, stop: int) -> bool:
    """Whether what follows a valediction starts like a signature, with a short line, or is none."""
    following = [line.text for line in lines[at + 1 : stop] if not line.is_blank]
    return not following or len(following[0].split()) <= 12


def _is_in_list(lines: Sequence[Line], at: int) -> bool:
    """Whether a line opens an item of a list that goes on, as a list of people does in which the
    writer stands too."""
    near = (*lines[max(0, at - 4) : at], *lines[at + 1 : at + 5])
    return is_bullet(lines[at].text) and any(is_bullet(line.text) for line in near)


def _tail_floor(lines: Sequence[Line]) -> int:
    """The first line after the last one that is prose, at most so many lines from the end."""
    floor = max(0, len(lines) - _LONGEST_TAIL)
    for at in range(len(lines) - 1, floor - 1, -1):
        if _is_prose(lines, at):
            return at + 1
    return floor


def _is_prose(lines: Sequence[Line], at: int) -> bool:
    """A long line, or one of a paragraph that was wrapped."""
    text = lines[at].text.strip()
    if len(text.split()) >= _PROSE_WORDS:
        return True
    return (
        at > 0
        and len(text) > 0
        and 56 <= len(lines[at - 1].text.rstrip()) <= 130
        and len(lines[at - 1].text.split()) >= 9
        and "|" not in lines[at - 1].text
        and (text[:1].islower() or text[-1:] in ".?!")
    )
