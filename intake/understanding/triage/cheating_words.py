"""Pure: how those word their mail who want a password or money."""

from intake.understanding.triage.cue_phrases import weighted

_ACCOUNT = (
    r"(?:mailbox|inbox|e-?mail|webmail|storage|account|quota|password|subscription|membership)"
)

CHEATING = weighted(
    # an account
    (
        3,
        rf"\b{_ACCOUNT}\b.{{0,60}}\b(?:quota|storage|full|exceed\w*|limit\w*|running out"
        r"|suspen\w+|de-?activat\w+|terminat\w+|expir\w+|upgrade|verify|validate|restrict\w+"
        r"|disabled|locked)\b",
    ),
    (
        3,
        r"\b(?:verify|confirm|validate|update|re-?activate|upgrade|unlock|restore|secure"
        rf"|keep) (?:your|the same|my current) (?:\w+ )?(?:{_ACCOUNT}|identity|details"
        r"|information|billing|payment)",
    ),
    (3, r"\b(?:unusual|suspicious) (?:sign-?in|activity|log-?in)"),
    # a message
    (
        3,
        r"\b(?:pending|undelivered|quarantined|held|blocked|unread"
        r"|incoming) (?:\w+ ){0,2}?(?:messages?|e-?mails?|mails?)\b|\brelease (?:the "
        r"|your )?(?:messages?|e-?mails?|pending)",
    ),
    (3, r"\bnew (?:voice|secure|encrypted|fax) ?(?:message|mail|document)s?\b"),
    (
        3,
        r"\b(?:shared|sent) (?:a |an )?(?:secure |new |encrypted )?(?:document|file|invoice|fax"
        r"|folder) (?:with you|to you|via|on|using)\b|\b(?:docusign|onedrive|sharepoint|dropbox"
        r"|wetransfer)\b.{0,60}\b(?:review|sign|view|open|download)\b",
    ),
    (
        3,
        r"\b(?:parcel|shipment|package|consignment)\b.{0,60}\b(?:held|on hold|waiting|returned"
        r"|depot"
        r"|could not|customs)\b",
    ),
    (
        3,
        r"\bshared? with you an? (?:\w+ ){0,2}(?:document|file|application|folder|invoice)\b"
        r"|\b(?:document|file|link|access|invitation) (?:\w+ ){0,2}expires?\b",
    ),
    (2, r"\bto release (?:it|them|your \w+)\b"),
    (
        3,
        r"\binvoice\b.{0,60}\b(?:unpaid|overdue|outstanding|past due|not (?:yet )?been paid)\b",
    ),
    (
        3,
        r"\bpay (?:the|a|your) (?:\w+ )?(?:fee|charge|duty|fine)\b",
    ),
    # money
    (
        3,
        r"\b(?:lottery|inheritance|next of kin|beneficiary|prince"
        r"|million (?:u\.?s\.? )?(?:dollars|pounds|usd|euros)|unclaimed|compensation fund"
        r"|atm card|western union|bitcoin|btc|cryptocurrency|crypto wallet|gift ?cards?|forex)\b",
    ),
    (
        3,
        r"\b(?:has|have|you've) (?:been )?(?:won|drawn|selected to receive|awarded)\b.{0,30}[£$€]"
        r"|\bclaims?"
        r" (?:agent|officer|department)\b|\b(?:prize|winning) (?:draw|number|notification|money)\b",
    ),
    (
        3,
        r"\b(?:overdue|outstanding|unpaid) (?:invoice|payment)\b|\binvoice \d+ is\b"
        r"|\bremittance\b",
    ),
    (3, r"\bbank (?:details|account)\b.{0,40}\bchang|\bchang.{0,40}\bbank (?:details|account)\b"),
    (
        3,
        r"\b(?:wire|bank) transfer\b|\bpayment (?:advice|copy|slip)\b|\b(?:handle|process) (?:a"
        r"|this) payment\b",
    ),
    (
        3,
        r"\b(?:pay|renew|log in|listen|verify|claim|view|follow\w*|complete|see|find"
        r"|click)\b.{0,60}"
        r"\b(?:(?:this|the|via this|following) link|https?://)|\b(?:via|at) (?:this|the) link\b",
    ),
    (3, r"\b(?:pay now|avoid (?:a|the) fine|tax refund|re-?delivery fee|entitled to a)\b"),
    (
        2,
        r"\bexpires? (?:today|tomorrow|soon|in \d+)\b|\b(?:e-?mail (?:address )?and"
        r"|your) password\b",
    ),
    (
        2,
        r"\bdiscreet\w*\b|\bhandle (?:something|a task)\b|\b(?:quick|small) (?:task|favour"
        r"|errand)\b",
    ),
    (2, r"\bare you (?:at your desk|available|free) ?(?:right now|now|today)?\?"),
    (1, r"\bsend me your (?:\w+ )?(?:mobile|cell|number|phone)\b"),
    # haste and airs
    (
        2,
        r"\b(?:action required|(?:urgent|immediate) action|final (?:notice|warning|reminder)"
        r"|within \d+ ?(?:hours|hrs)|24 ?hours|48 ?hours|avoid (?:lost|loss|suspension"
        r"|interruption|legal)|failure to (?:do so|comply|verify)|in a meeting|can't talk"
        r"|pay you back)\b",
    ),
    (
        2,
        r"\b(?:it|help|service|support|mail|e-?mail|system|webmail|security) (?:help ?desk|desk"
        r"|administrator|admin|team|support|service)\b|\bdear (?:customer|user|member"
        r"|account (?:holder|owner)|e-?mail user|webmail user|valued|beneficiary|beloved"
        r"|friend\b|\S{1,64}@\S{1,64})",
    ),
)
"""What wants a password or money."""
