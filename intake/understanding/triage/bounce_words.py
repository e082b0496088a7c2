"""Pure: how mail servers call themselves and say that a letter did not arrive."""

import re


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _any_line(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE | re.MULTILINE)


SERVER_LOCAL_PART = _any_of(
    r"\b(?:mailer[-_.]?daemon|mail[-_.]?daemon|mdaemon|postmaster|post[-_.]master|mailmaster"
    r"|mailsystem|mail[-_.]?delivery|\w{0,30}mail[-_.]service|bounces?|mmdf|maildeliverysystem"
    r"|microsoftexchange\w{0,60})"
    r"[^@\s<>]{0,60}@",
    r"^\s*<?(?:mailer-daemon|postmaster)>?\s*(?:\(|$)",
)
"""An address or name that only a mail server or its keeper uses."""

SERVER_NAME = _any_of(
    r"\bmailer[- ]?daemon\b",
    r"\bmail (?:delivery|deliver)\b",
    r"\bmail ?(?:delivery)? ?(?:sub)?system\b",
    r"\bsystem administrator\b",
    r"\bmail administrator\b",
    r"\bpost ?master\b",
    r"\bdelivery (?:subsystem|service|system|failure)\b",
    r"\bmail gateway\b",
    r"\binternet mail\b",
    r"\bmail router\b",
    r"\bsystemadministrator\b",
    r"\badministrador del? sistema\b",
    r"\bemail quarantine\b",
    r"<\s*>\s*$",
)

FAILURE_SUBJECT = _any_of(
    r"\bundeliver(?:able|ed)\b",
    r"\b(?:mail|message|e-?mail) (?:could )?not (?:be )?(?:delivered|sent)\b",
    r"\b(?:mail|message|e-?mail|your)? ?delivery (?:status )?(?:notification|fail|has failed"
    r"|problem|error|delay|report"
    r"|not possible|incomplete|unsuccessful|was unsuccessful)",
    r"\breturned (?:mail|to sender|message)\b",
    r"\b(?:mail|message) (?:return(?:ed|ing)|(?:system|delivery) error|failure|status|delayed"
    r"|bounce)\b",
    r"\b(?:mail|e-?mail|message) (?:delivery )?(?:failed|error)\b|メールエラー|エラー(?:通知"
    r"|メール)",
    r"\bfailure (?:notice|notification|report|delivery)\b|\bfailed mail\b|\bfailed to deliver\b",
    r"\bnon-?deliver(?:able|y)\b|\bnondeliverable\b|\bnot deliverable\b|\bNDN\b|\bNDR\b",
    r"\b(?:could|can)(?: ?not|n't) (?:be delivered|send message|deliver)\b|\bunable to deliver\b",
    r"\bmessage rejected\b|\brejected (?:mail|message)\b|\bbounced? (?:mail|message)\b",
    r"\bwarning: (?:message|mail|could not)|\bdelayed mail\b|\bdelayed? (?:\(|notification)",
    r"\bproblem delivering\b|\berror sending\b|\bmail could not\b|\buser unknown\b",
    r"\bunzustellbar|\bnicht zustellbar|\bzustellung|\brückläufer|\bunzustell",
    r"\bnon remis|\béchec de (?:la )?(?:remise|distribution)|\bnon délivr",
    r"\bno se (?:puede|pudo|ha podido) entregar|\bno entregado|\bdevuelto al remitente",
    r"\bnon recapitabile|\bmancat[ao] (?:recapito|consegna)|\bnon consegnat",
    r"\bonbestelbaar|\bniet (?:bezorgd|afgeleverd|bestelbaar)",
    r"\bnão (?:foi )?(?:entregue|pode ser entregue|é possível)|\bnao entregue",
    r"\bkunde inte levereras|\bolevererbar|\bkan ikke leveres|\bei voitu toimittaa",
    r"\bniedostarczon|\bnie (?:można|udało się) dostarczyć",
    "недоставлен|не доставлен|не может быть доставлен",
    "退信|无法送达|無法傳遞|無法傳送|无法投递|配信不能|配信できません|届きません|送信できません"
    "|반송",
)

FAILURE_WORDS = _any_of(
    r"could(?: ?not|n't) be delivered",
    r"(?:was|were|has|have|is|been) (?:not|n't) (?:been )?(?:delivered|deliverable"
    r"|able to deliver)",
    r"delivery (?:to|of|for)[^.]{0,200}? (?:has )?(?:failed|unsuccessful|aborted)",
    r"delivery (?:has |have )?failed|failed permanently|permanent (?:fatal )?(?:error|failure)",
    r"undeliver(?:able|ed)|not deliverable|nondeliverable",
    r"(?:unable|failed|not able) to (?:deliver|be delivered|relay|connect)",
    r"did not reach|returned to (?:sender|you)|could not (?:send|deliver|find|be sent|be reached)",
    r"(?:user|account|mailbox|recipient|address|host)s?(?: \S{1,60})? (?:is |was |has )?"
    r"(?:unknown|rejected|full|unavailable|disabled|not found|over quota|exceeded|invalid"
    r"|inactive)",
    r"(?:unknown|invalid|no such|bad) (?:local[ -]?part|user|recipient|mailbox|address"
    r"|destination)",
    r"does ?n[o']t (?:exist|have an? \S{0,30} ?account|like recipient)",
    r"\b5\d\d[ -]#?5\.\d\.\d|\b55[0-4][ -]|\b5\.[0-7]\.\d{1,3}\b|\bquota exceeded|over quota",
    r"rejected (?:your message|by the recipient|for policy)|has been (?:rejected|blocked|returned)",
    r"no valid recipients|failed (?:addresses|recipients)|mail ?box (?:is )?(?:full|unavailable)",
    r"giving up|gave up|too many hops|mail loop|host (?:unknown|not found)",
    "nicht (?:zugestellt|zustellbar)|konnte nicht|n'a pas pu être|no se pudo|no ha podido"
    "|non è stato",
    "не удалось|не доставлено|配信できません|届きません|送信できません|無法|无法|退信|존재하지",
)

DELAY_WORDS = _any_of(
    r"\b(?:has|have) not yet been delivered|not (?:yet )?been delivered (?:yet|after|within)",
    r"\bdelayed\b|\bwill (?:continue|be retried|keep trying|retry|try again)|still (?:being )?"
    r"(?:trying|tried|retried|attempting)|\bdeferred\b|warning message only|need not resend"
    r"|not need to resend|(?:delivery|message) (?:is|was|has been) (?:still )?delayed"
    r"|temporary (?:failure|problem)",
)

COPY_OF_ORIGINAL = _any_line(
    r"^-+ ?(?:this is a copy|the header|original message|below this line|returned message"
    r"|message (?:header|text)|transcript of session|unsent message|your message|bounced"
    r"|returned mail)[^\n]{0,200}$",
    r"^(?:bounced e-?mail|your (?:original )?message):?$",
    r"^[-=_ ]*(?:original message(?: headers)?|received message|message header)s?[-:=_ ]*$",
    r"^(?:received|return-path|delivered-to): ",
)
"""Below such a line stands what was sent, not what happened to it."""
