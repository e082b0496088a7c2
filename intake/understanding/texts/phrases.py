"""Pure: how mail programs and gateways speak: attributions, rules, banners, small print.

Each pattern reads a bounded start of one line or paragraph and has no nested repetition.
"""

import re

LONGEST_ATTRIBUTION = 300
"""Characters of an attribution over all its lines; a longer one is prose."""
LONGEST_LINE = 2000
"""Characters of a line or paragraph that a pattern reads."""

_WROTE = (
    r"wrote|writes|écrit|schrieb|geschrieben|escribió|scritto|scrisse|schreef|geschreven|escreveu"
    r"|napisał\(?a?\)?|napsal\(?a?\)?|skrev|kirjoitti|írta|a scris|yazdı|đã viết|ysgrifennodd"
    r"|пишет|написал\(?а?\)?|написав|написала|пише|έγραψε|sent|said|ha escrit|napisao|написа"
    r"|작성|rašė|rakstīja"
)
_OPENERS = (
    r"on|le|am|el|il|op|em|den|på|pe|dne|dnia|w dniu|vào|ar|a|på|kl|在|в|στις"
    r"|(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|mo|di|mi|do|fr|sa|so)\w{0,6}[,.]?"
)
_OPENS = re.compile(
    rf"\s*[-*]{{0,3}}\s*(?:(?:{_OPENERS})\b|\d|[^\W\d_]{{1,12}}[,.]? \d{{1,2}}[./])", re.I
)
_OPENS_DATED = re.compile(rf"\s*[-*]{{0,3}}\s*(?:(?:{_OPENERS})[\s,].{{0,30}})?\d", re.I)
_NAMES_WRITER = re.compile(r".{0,80}[<@]|.{0,60}\bwr[oi]te", re.I)
_ENDS_WROTE = re.compile(rf"(?:\b(?:{_WROTE})\b|[写寫]道|كتب).{{0,120}}[:：]\s*[-*]{{0,3}}$", re.I)
_RULED = re.compile(rf"-{{2,8}}\s?\S.{{4,200}}\b(?:{_WROTE})\s?:?\s?-{{2,8}}$", re.I)
_DATED = re.compile(
    r"\W{0,3}(?:[^\W\d_]{1,12}[.,]{0,2} ){0,2}\d{1,4}[./ 年년-].{4,160}"
    r"<\s?[^<>\s@]{1,64}@[^<>\s]{1,255}>(?P<ends>\s?[:：])?\s*$"
)
_MOMENT = re.compile(r"\d{1,2}[:.h]\d{2}|\b(?:19|20)\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
_DAY = re.compile(r"\b(?:19|20)\d{2}\b|\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2}")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?!\d|[./-]\d)")
_BRACKETED = re.compile(r"<\s?[^<>\s@]{1,64}@[^<>\s]{1,255}>")
_UNSAID = re.compile(
    r"(?:On|Le|Am|El|Il|Em|Op|Den|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}) .{0,60}\d{1,2}[:.h]\d{2}"
    r"(?: (?:[AP]M|GMT[+-]?[\d:]{0,5}|[A-ZÀ-Þ][\w.'’-]{0,30})){0,5}:?$"
)
_STAMPED = re.compile(
    r"\d{4}-\d{2}-\d{2} \d{1,2}:\d{2} (?:GMT|UTC)[+-]\d{1,2}:\d{2} [^\W\d_][^<@]{1,60}$"
)
_GROUPWISE = re.compile(r">>> .{1,120}\d{1,2}[/.:-]\d{2}.{0,40}>>>\s*$")

_RULER = re.compile(r"[-_=*]{5,}$")

_SIGNATURE_RULE = re.compile(r"(?:--|—|__|==)\s?$")
_SENT_FROM = re.compile(
    r"(?:sent (?:wirelessly )?(?:from|via|using|with) (?:my |an? |the )?\S|get outlook for "
    r"|von meinem .{2,30} gesendet"
    r"|gesendet (?:von|mit) |envoyé (?:de|depuis|à partir de|sans fil par) "
    r"|enviado (?:desde|do|de) |inviato da(?:l mio)? |verstuurd vanaf"
    r"|verzonden vanaf|wysłane z |skickat från |sendt fra |lähetetty |trimis de pe |odesláno z"
    r"|anfonwyd o |gönderen: iphone|download outlook|sent on the (?:go|move)"
    r"|отправлено (?:с|из) |надіслано з|odoslané z|poslano s|küldve |enviat des |στάλθηκε από "
    r"|saadetud |išsiųsta iš |nosūtīts no |dikirim dari |gửi từ |发自|發自|传送自|נשלח מ"
    r"|.{2,66}(?:gesendet|gönderildi|送信|发送|보냄)\.?$)",
    re.I,
)
_UNKNOWN_DEVICE = re.compile(r"[Ss]ent from my(?: [A-ZÀ-Þ\d][\w+-]{0,15}){1,5}$")
_LONGEST_SENT_FROM = 80
_MOST_WORDS_BEFORE_APOLOGY = 6
"""Words of `Sent from my mobile. Please excuse brevity.` before its full stop."""
_DEVICE = re.compile(
    r"iphon|ipad|ipod|android|galaxy|samsung|blackberry|windows|mail|outlook|phone|mobile"
    r"|device|tablet|huawei|pixel"
    r"|nokia|sony|xperia|htc|lg\b|oneplus|xiaomi|handy|handset|mobil|móvil|movil|t[eé]l[eéè][fp]|smartphone|o2|ee"
    r"|vodafone|three|treo|palm"
    r"|thunderbird|roundcube|app\b|yahoo|gmail|proton|wireless|verizon|motorola|nexus|watch"
    r"|verizon|at&t|mac\b",
    re.I,
)
_BANNER = re.compile(
    r"(?:this|the) (?:e-?mail|message) (?:has |was |is )?(?:originat|sent|come|came|been sent"
    r"|received|from)\w* .{0,40}(?:outside|external)"
    r"|^[\[*( ]{0,4}(?:caution|warning|external|attention|notice|security)\b.{0,30}(?:external"
    r"|outside|e-?mail|sender|:)"
    r".{0,200}(?:click|open|links?|attachments?|sender|trust|care)"
    r"|^[\[*(]{1,3}\s?external(?: e-?mail| sender| message)?\s?[\])*]{1,3}"
    r"|don'?t often (?:get|receive) e-?mails? from"
    r"|do not click (?:on )?(?:any )?links? or open (?:any )?attachments?"
    r"|learn why this is important|originated (?:from )?outside (?:of )?(?:the |your |our )?\w+",
    re.I,
)
_DISCLAIMER = re.compile(
    r"intended (?:solely |only |exclusively )?(?:for|recipient)"
    r"|(?:not|are) (?:one of )?the (?:intended|named) (?:recipient|addressee)"
    r"|(?:e-?mail|message|communication|transmission)\b.{0,80}\b(?:is|are|may be"
    r"|contains?)\b.{0,40}\b(?:confidential|privileged)"
    r"|confidentiality (?:notice|and|note|disclaimer|statement)|(?:legally"
    r"|legal professional) privilege"
    r"|(?:scanned|checked|swept|screened) (?:for|by) .{0,40}(?:virus|malware|antivirus"
    r"|mimecast|threat)|virus[- ]free"
    r"|subject to (?:public )?disclosure|confidentiality of this (?:e-?mail|message)"
    r"|before (?:you print|printing)|printing this|views expressed|received (?:this"
    r"|the) (?:e-?mail|message) in error"
    r"|(?:unauthori[sz]ed|prohibited).{0,60}(?:use|disclos|copy|distribut)"
    r"|accepts? no (?:liability|responsibility) for"
    r"|if you no longer wish to|to unsubscribe|how we (?:use"
    r"|process) your (?:personal )?(?:data|information)|privacy (?:notice|policy)",
    re.I,
)


def may_open_attribution(line: str) -> bool:
    """A cheap first look: whether an attribution could start with this line."""
    return (
        _OPENS.match(line[:LONGEST_ATTRIBUTION]) is not None
        or _NAMES_WRITER.match(line[:LONGEST_ATTRIBUTION]) is not None
        or ">>>" in line[:8]
    )


def opens_attribution(line: str) -> bool:
    """Whether a line starts as an attribution does that names the day first: `On Monday, 5`."""
    return _OPENS_DATED.match(line[:LONGEST_ATTRIBUTION]) is not None


def may_end_attribution(text: str) -> bool:
    """A cheap second look: whether an attribution could end where `text` does."""
    return (
        _UNSAID.match(text) is not None
        or _STAMPED.match(text) is not None
        or text[-8:].rstrip("-* \t\xa0")[-1:] in (":", "：", ">")
        or text.endswith("--")
    )


def is_attribution(text: str, *, quote_follows: bool) -> bool:
    """Whether `text`, its lines joined, introduces a quote: in any language with an address in
    brackets, a day and a time. Prose that ends in "wrote:" is one only with an address or a
    moment in it, or with quoted lines right behind it."""
    if len(text) > LONGEST_ATTRIBUTION:
        return False
    if _GROUPWISE.match(text) or _RULED.match(text) or _STAMPED.match(text):
        return True
    if quote_follows and _UNSAID.match(text):
        return True
    dated = _DATED.match(text)
    if dated is not None and (dated["ends"] or _MOMENT.match(text)):
        return True
    patterns = (_BRACKETED, _DAY, _CLOCK)
    if text[-1:] in (":", "：") and all(pattern.search(text) for pattern in patterns):
        return True
    if quote_follows and text[-1] in ":：" and _names_letter(text):
        return True
    if not _ENDS_WROTE.search(text):
        return False
    return "@" in text or _MOMENT.search(text) is not None or quote_follows


def _names_letter(text: str) -> bool:
    """Whether an address in brackets, or a day and a time, say which letter is quoted."""
    is_timed = _DAY.search(text) is not None and _CLOCK.search(text) is not None
    return is_timed or _BRACKETED.search(text) is not None


def is_ruler(line: str) -> bool:
    """A line of dashes, underscores, stars or the like."""
    return _RULER.match(line[:LONGEST_LINE]) is not None


def is_signature_rule(line: str) -> bool:
    """`-- ` of RFC 3676 section 4.3, and what becomes of it on the way."""
    return line == "—" or (_SIGNATURE_RULE.match(line[:8]) is not None and len(line.strip()) == 2)


def is_sent_from(line: str) -> bool:
    """`Sent from my iPhone` and its like: a short line alone, naming a device or a program."""
    text = line.strip().strip("-–—[](){}*_ ")
    if len(text.split("<")[0].split("http")[0]) > _LONGEST_SENT_FROM:
        return False
    text, _, apology = text.partition(". ")
    if apology and len(text.split()) > _MOST_WORDS_BEFORE_APOLOGY:
        return False
    if _SENT_FROM.match(text) is None:
        return False
    is_capitalised = _UNKNOWN_DEVICE.match(text) is not None
    return is_capitalised or _DEVICE.search(text[:120].split(",")[0]) is not None


def is_banner(text: str) -> bool:
    """A gateway's warning that a message came from outside."""
    return len(text) < 700 and _BANNER.search(text[:LONGEST_LINE]) is not None


def is_disclaimer(text: str) -> bool:
    """Small print about confidentiality, viruses, printing, subscription."""
    return _DISCLAIMER.search(text[:LONGEST_LINE]) is not None
