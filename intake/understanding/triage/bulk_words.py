"""Pure: how newsletters, sellers and cheats word their mail."""

from intake.understanding.triage.cue_phrases import weighted

NEWSLETTER = weighted(
    (
        2,
        r"\bunsubscribe\b|\bopt[- ]?out\b|\b(?:stop|no longer wish|wish to stop|don't want"
        r"|do not want)(?: to)? (?:receiv\w+|get\w*|these|this)|\bpreferences\b|\bsubscriptions?\b",
    ),
    (
        2,
        r"\bview (?:\w+ ){0,2}?(?:online\b|(?:in|on) (?:your|a|the)? ?(?:web ?)?browser)"
        r"|\bhaving trouble (?:viewing|reading)|\bweb version\b",
    ),
    (
        2,
        r"\byou(?:'re| are|'ve| have)? (?:\w+ )?(?:receiv\w+|get(?:ting)?|been sent) this\b"
        r".{0,30}\b(?:because|as|since)\b|\bforward (?:\w+ )?to a (?:friend|colleague)\b",
    ),
    (2, r"\b(?:e-?)?newsletter\b|\bbulletin\b|\bdigest\b|\bround-?up\b|\bissue (?:no\.? ?)?\d+"),
    (
        2,
        r"\bin this (?:issue|edition|month|week)\b|\bwelcome to (?:our|the"
        r"|this) .{0,30}(?:edition|issue)",
    ),
    (
        1,
        r"\b(?:click|read|book|register|find out|sign up|follow us|share this|view)(?: \w+)?"
        r" (?:here|more|now|online|today|free|all|your place)\b|\ball rights reserved\b|©",
    ),
    (
        1,
        r"\b(?:training|webinar|conference|workshop|event|vacanc(?:y|ies)|job)s? ?:"
        r"|\bfree to members\b|\bearly[- ]bird\b|\bmembers? only\b|\btrading name of\b",
    ),
)
"""What goes to a list of subscribers."""

ROUND_ROBIN = weighted(
    (
        2,
        r"\b(?:dear|hi|hello|hey),? (?:all |my )?(?:friends|everyone|everybody|family)\b"
        r"|\baddress book\b|\ball my contacts\b",
    ),
    (2, r"\b(?:pass|forward|send|share) (?:this|it) (?:on|round|around|along|to (?:any|every))"),
    (
        2,
        r"\b(?:sponsor (?:me|us|him|her)|spare a (?:pound|few)|give what you can|donat(?:e|ions?)"
        r"|fundrais\w+|justgiving|giving page|every signature|in (?:memory|aid) of|petition)\b",
    ),
)
"""What a private letter to everybody one knows says."""

MARKETING = weighted(
    (
        2,
        r"\d ?% (?:off|discount)|\b(?:special|limited[- ]time|exclusive|introductory) (?:offer"
        r"|rate)|\bdiscount|\bvouchers?\b|\b(?:best|lowest|competitive|unbeatable) (?:prices?"
        r"|rates?)|\bprice list\b|\bpricing\b|\bfree (?:quote|trial|demo|consultation|audit"
        r"|sample)|\bno[- ]obligation\b|\b(?:buy|order|shop) (?:now|today)\b|\bmoney[- ]back\b"
        r"|\bper unit\b",
    ),
    (
        2,
        r"\b(?:supplier|manufacturer|wholesale|shipping|catalogue|toner|stationery|our factory"
        r"|brokers?|seo|search engine|backlinks?|dofollow|guest post|lead generation"
        r"|(?:digital|social media) marketing|(?:web|app)(?:site)? (?:re)?(?:design|development)"
        r"|(?:e-?mail|contact|mailing|data) lists? of|decision[- ]makers?|page (?:1|one)|ppe)\b",
    ),
    (
        2,
        r"\b(?:our|leading|coaching|award[- ]winning|ai|innovative"
        r"|all-in-one) (?:[\w-]+ )?(?:platform|software|solutions?|products?|tool|range"
        r"|agency)\b|\b(?:we|i) (?:deliver|offer|provide|supply|specialise in"
        r"|sell)\b.{0,80}\bto (?:\w+ ){0,2}(?:nhs|charit\w+|organi[sz]ations|businesses"
        r"|companies|teams|trusts|councils)\b",
    ),
    (
        2,
        r"\b(?:book|schedule|arrange|jump on|hop on|have|do|spare|free for|up for"
        r"|worth) (?:\S+ ){0,3}?(?:demo|call|chat|consultation|conversation|meeting|minutes"
        r"|slot)\b|\blove \d+ minutes\b|\bshow you how\b",
    ),
    (
        2,
        r"[£$€] ?\d[\d,.]* (?:a|per|\+|voucher)|\bonly [£$€]|\bfrom (?:only )?[£$€]"
        r"|\bcode [a-z]+\d|\b(?:free delivery|call .{0,20} today|seats left|reserve yours"
        r"|masterclass|trusted by|rental|miss out|have been selected|congratulations|claim)\b"
        r"|\bcompetitive rates\b",
    ),
    (
        1,
        r"https?://|\b[\w-]+\.[a-z]{2,12}/\w|\breply yes\b|\bregister (?:here|now)\b"
        r"|\bbook (?:now|before|by)\b|\bclick\b",
    ),
    (
        1,
        r"\byour (?:website|business|company|inbox)\b|\bis your organi[sz]ation\b|\bbumping\b"
        r"|\bcircling back\b|\bthe right person\b|\bshall i send\b|\bi noticed\b"
        r"|\b(?:earlier|previous|last) (?:note|e-?mail) about",
    ),
    (
        1,
        r"\b(?:save|cut|reduce|boost|increase|maximi[sz]e|transform|streamline) (?:\w+ ){0,3}?"
        r"(?:costs?|money|time|sales|bills?|revenue|productivity|efficiency|donations|roi|\d+ ?%)",
    ),
    (
        1,
        r"\bclients? (?:such as|including|like)\b|\bhelp(?:ed)? (?:\d+|organi[sz]ations|businesses"
        r"|charities|companies|hundreds)|\b(?:speakers|delegates?|exhibitors|keynotes?)\b"
        r"|\bwould you (?:be interested|like) (?:in|to (?:see|have|know))\b",
    ),
)
"""What wants to sell."""

CHEATING = weighted(
    (
        3,
        r"\b(?:mailbox|inbox|e-?mail|webmail|storage|account|quota"
        r"|password)\b.{0,60}\b(?:quota|storage|full|exceed\w*|limit\w*|running out|suspen\w+"
        r"|de-?activat\w+|terminat\w+|expir\w+|upgrade|verify|validate|restrict\w+|disabled"
        r"|locked|compromised)\b",
    ),
    (
        3,
        r"\b(?:verify|confirm|validate|update|re-?activate|upgrade|unlock|restore|secure"
        r"|keep) (?:your|the same|my current) (?:\w+ )?(?:account|identity|mailbox|password"
        r"|e-?mail|quota|details|information|billing|payment)",
    ),
    (3, r"\bnew (?:voice|secure|encrypted|fax) ?(?:message|mail|document)s?\b"),
    (3, r"\b(?:unusual|suspicious) (?:sign-?in|activity|log-?in)"),
    (
        3,
        r"\b(?:pending|undelivered|quarantined|held|blocked|unread"
        r"|incoming) (?:\w+ ){0,2}?(?:messages?|e-?mails?|mails?)\b|\brelease (?:the "
        r"|your )?(?:messages?|e-?mails?|pending)",
    ),
    (
        3,
        r"\b(?:lottery|inheritance|next of kin|beneficiary|prince"
        r"|million (?:u\.?s\.? )?(?:dollars|pounds|usd|euros)|unclaimed|compensation fund"
        r"|atm card|western union|bitcoin|btc|cryptocurrency|crypto wallet|gift ?cards?|forex)\b",
    ),
    (
        3,
        r"\b(?:shared|sent) (?:a |an )?(?:secure |new |encrypted )?(?:document|file|invoice|fax"
        r"|folder) (?:with you|to you|via|on|using)\b|\b(?:docusign|onedrive|sharepoint|dropbox"
        r"|wetransfer)\b.{0,60}\b(?:review|sign|view|open|download)\b",
    ),
    (
        3,
        r"\b(?:overdue|outstanding|unpaid) (?:invoice|payment|remittance)\b|\binvoice \d+ is\b"
        r"|\bbank (?:details|account)\b.{0,40}\bchang|\bchang.{0,40}\bbank (?:details"
        r"|account)\b|\bremittance advice\b|\b(?:wire|bank) transfer\b|\bpayment (?:advice|copy"
        r"|slip)\b|\b(?:handle|make|process) (?:a|this|an urgent) payment\b",
    ),
    (
        2,
        r"\b(?:action required|urgent action|immediate action|final (?:notice|warning|reminder)"
        r"|within \d+ ?(?:hours|hrs)|24 ?hours|48 ?hours|avoid (?:lost|loss|suspension"
        r"|interruption|disruption|deactivation)|failure to (?:do so|comply|verify)"
        r"|in a meeting|can't talk)\b",
    ),
    (
        2,
        r"\b(?:it|help|service|support|mail|e-?mail|system|webmail|security) (?:help ?desk|desk"
        r"|administrator|admin|team|support|service)\b|\bdear (?:customer|user"
        r"|account (?:holder|owner)|e-?mail user|webmail user|valued|beneficiary|friend\b"
        r"|\S{1,64}@\S{1,64})",
    ),
    (1, r"\bkindly\b|\bclick (?:here|below|the (?:link|button))\b|\blog ?in (?:here|below|to)\b"),
)
"""What wants a password or money."""
