"""Pure: subjects that decide by themselves, since only machines begin theirs with such words.

Accents, width and letter case don't count: `fold` makes a subject comparable. What merely goes on
from such words (`Out of office hours care`) is a sentence of somebody's and decides nothing.
"""

import re
import unicodedata


def fold(text: str) -> str:
    """`text` without accents, in compatibility forms and small letters, as one line."""
    return " ".join(_bare(text).casefold().split())


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(character for character in apart if not unicodedata.combining(character))


def _starting(*phrases: str, after: str = "") -> re.Pattern[str]:
    """Matches folded subjects that begin with one of `phrases`, behind tags such as [EXTERNAL]
    and behind the prefixes in `after`."""
    return re.compile(rf"(?:\[[^\]]{{0,40}}\]\s?)*{after}(?:{_bare('|'.join(phrases))})")


_ENDS = r"(?=\s?(?:$|[:;.!(\[|/–—]|- |-$|re\b|until\b|till\b|from \d|back\b|returning\b))"
_STATED = r"(?:\s?:|$)"

AUTOMATIC = _starting(
    r"\[?auto(?:mati(?:c|sche?s?|sk|skt))?[- ]?"
    r"(?:reply|response|respond|answer|antwort|svar|vastaus|antwoord)\b",
    r"\[?automat(?:ic|ed) (?:reply|response|answer|message|acknowledge?ment|notification)\b",
    r"\[?(?:autoreply|autoresponder)|auto\s?:",
    r"(?:out of (?:the )?office|ooo)\s?(?::|auto-?(?:reply|response|matic)|(?:reply|message)\b)",
    rf"(?:vacation|away) (?:auto-?)?(?:reply|response|responder|message|notice){_ENDS}",
    "abwesenheits(?:notiz|nachricht|assistent|meldung)|automatische (?:antwort|rückantwort)",
    "eingangsbestätigung",
    "réponse automatique|absence du bureau|message d'absence|accusé de réception",
    "respuesta automática|fuera de (?:la )?oficina|ausente de la oficina|risposta automatica",
    "fuori sede",
    "automatisch(?:e)? (?:antwoord|beantwoording|reactie)|afwezigheids?(?:bericht|assistent)",
    "resposta automática|ausência (?:temporária|do escritório)|automatisk (?:svar|besked)",
    "automatiskt svar|autosvar|frånvarobesked|fraværsbesked",
    "automaattinen vastaus|poissaoloviesti|odpowiedź automatyczna|autoodpowiedź",
    "automatická odpověď|automatikus válasz",
    "răspuns automat|otomatik yan[ıi]t|automatinis atsakymas|automātiskā atbilde|automaatvastus",
    "ymateb awtomatig|ateb awtomatig|allan o'r swyddfa",
    "автоматический ответ|автоответ|автоматична відповідь|αυτόματη απάντηση",
    "自動応答|自動返信|自动回复|自动答复|自動回覆|自動答覆|不在通知|자동 회신|자동 응답|부재중",
    "رد تلقائي|מענה אוטומטי",
    after=r"(?:(?:re|aw|fw|fwd)\s?:\s?)*",
)
"""Automatic replies, also where somebody's mail program put a prefix before them."""

RETURNED = _starting(
    rf"undeliver(?:able|ed)(?: (?:mail|message|e-?mail))?{_STATED}",
    r"(?:undelivered|undeliverable|nondeliverable) (?:mail|message)\b",
    r"(?:mail|message|e-?mail|your message)?\s?delivery (?:status )?notification\b",
    r"(?:e-?mail |message )?delivery (?:(?:has |is )?(?:been )?(?:failure|failed|delayed))"
    rf"(?: notification| report)?{_ENDS}",
    r"mail delivery (?:failed|failure|failing|error|problem|system|subsystem|delayed|status"
    r"|report|incomplete|unsuccessful)\b",
    r"(?:mail|e-?mail|message|your message)(?: \S{1,40})? (?:(?:could|can)(?: ?not|n't) be"
    r"|was not|wasn't|not) delivered\b",
    rf"(?:returned mail|mail returned|returned to sender|return to sender){_ENDS}",
    rf"failure (?:notice|notification|delivery){_ENDS}|failed mail{_ENDS}|nd[nr]\s?:",
    rf"(?:bounced?|rejected) (?:mail|message|e-?mail){_ENDS}|message rejected{_ENDS}",
    r"warning\s?: (?:message|mail|could not|e-?mail)\b.{0,60}(?:delay|deliver|sen[dt])",
    r"non-?deliver(?:able|y)(?: (?:notification|report|mail|message|receipt))?" + _STATED,
    rf"unzustellbar(?:e (?:nachricht|mail|e-mail))?{_STATED}|nicht zustellbar{_STATED}",
    rf"zustellung (?:fehlgeschlagen|nicht möglich){_ENDS}",
    rf"non remis{_STATED}|non délivré{_STATED}|message non (?:remis|délivré){_ENDS}",
    r"échec de (?:la )?(?:remise|distribution)\b",
    r"no se (?:puede|pudo|ha podido) entregar\b|no entregado\s?:|devuelto al remitente",
    rf"(?:messaggio )?non (?:recapitabile|consegnato|recapitato){_STATED}|mancat[ao] (?:recapito"
    r"|consegna)",
    rf"onbestelbaar(?: bericht)?{_STATED}|niet (?:bezorgd|afgeleverd|bestelbaar){_STATED}",
    rf"não entregue{_STATED}|não (?:é possível|foi possível) entregar",
    rf"kunde inte levereras{_STATED}|kan inte levereras{_STATED}|olevererbart?{_STATED}",
    rf"(?:kan ikke leveres|ikke leveret|kan ikke leveres|uleverbar){_STATED}",
    rf"ei voitu toimittaa{_STATED}|niedostarczon[eay]\b|niedostarczalne{_STATED}",
    "недоставлен|не доставлен|не удается доставить",
    "退信|无法送达|未送达|無法傳遞|無法傳送|无法投递|配信不能|配信できません|배달되지 않음|반송",
)
"""Letters of ours that come back, in the words of mail servers."""

ABSENT = _starting(
    rf"(?:(?:i am|i'm|we are|we're|am|is|currently|now) )*(?:out of (?:the )?office"
    r"|ooo|o\.o\.o|away from (?:the|my) (?:office|desk|e-?mail)"
    r"|on (?:(?:annual|maternity|paternity|parental|adoption|sick|study|long[- ]term|special"
    r"|compassionate|extended|summer) )?(?:leave|holidays?|vacation|sabbatical)"
    rf"|not in the office|abwesend|nicht im büro|en vacances|absent du bureau|de vacaciones"
    rf"|in ferie|poza biurem|på semester){_ENDS}",
)
"""Subjects that say no more than that somebody is away: a project may be called so as well."""
