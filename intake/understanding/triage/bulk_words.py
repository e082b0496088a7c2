"""Pure: how newsletters, sellers and cheats word their mail."""

from intake.understanding.triage.cue_phrases import weighted

NEWSLETTER = weighted(
    # leaving the list
    (
        2,
        r"\bunsubscribe\b|\bopt[- ]?out\b|\bpreferences\b|\bmanage (?:your )?(?:alerts"
        r"|e-?mails)\b|\bsubscriptions?\b",
    ),
    (
        2,
        r"\b(?:stop|no longer wish|wish to stop|don't want|do not want)(?: to)? (?:receiv|get"
        r"|these|this)",
    ),
    (
        2,
        r"\byou(?:'re| are|'ve| have)? (?:\w+ )?(?:receiv\w+|get(?:ting)?"
        r"|been sent) this\b.{0,30}\b(?:because|as)\b",
    ),
    # what it is
    (2, r"\b(?:e-?)?newsletter\b|\bbulletin\b|\bdigest\b|\bround-?up\b|\bissue (?:no\.? ?)?\d+"),
    (
        2,
        r"\bin this (?:issue|edition|month|week)\b|\bwelcome to (?:our|the"
        r"|this) .{0,30}(?:edition|issue)",
    ),
    (
        2,
        r"\bview (?:\w+ ){0,2}?(?:online\b|(?:in|on) (?:your|a|the)? ?(?:web ?)?browser)"
        r"|\bweb version\b",
    ),
    (2, r"\bforward (?:\w+ )?to a (?:friend|colleague)\b|\bhaving trouble (?:viewing|reading)"),
    # what it offers
    (
        1,
        r"\b(?:click|read|book|register|find out|sign up|follow us|share this|view)(?: \w+)?"
        r" (?:here|more|now|online|today|free|all|your place)\b|\ball rights reserved\b|©",
    ),
    (
        1,
        r"\b(?:training|webinar|conference|workshop|event|vacanc(?:y|ies)|job)s? ?:"
        r"|\bearly[- ]bird\b",
    ),
    (1, r"\b(?:free to )?members(?: only)?\b|\btrading name of\b"),
)
"""What goes to a list of subscribers."""

ROUND_ROBIN = weighted(
    (
        2,
        r"\b(?:dear|hi|hello|hey),? (?:all |my )?(?:friends|everyone|everybody|family)\b"
        r"|\baddress book\b|\ball my contacts\b",
    ),
    (2, r"\bplease (?:circulate|spread the word)\b|\binvite you to\b"),
    (
        2,
        r"\b(?:pass|forward|send|share) (?:this|it) (?:on|round|around|along|to (?:any|every"
        r"|your))",
    ),
    (
        2,
        r"\b(?:sponsor (?:me|us|him|her)|spare a (?:pound|few)|give what you can|donat(?:e|ions?)"
        r"|fundrais\w+|justgiving|giving page|every signature|in (?:memory|aid) of|petition)\b",
    ),
)
"""What a private letter to everybody one knows says."""

MARKETING = weighted(
    # prices
    (
        2,
        r"[£$€] ?\d[\d,.]* ?(?:a|per|\+|voucher)|\b(?:only|from) (?:only )?[£$€] ?\d"
        r"|\bcompetitive rates\b",
    ),
    (3, r"\d ?% (?:off|discount)\b"),
    (2, r"\bdiscount|\bvouchers?\b|\bprice list\b|\bpricing\b|\bper unit\b"),
    (
        2,
        r"\b(?:best|lowest|competitive|special|limited[- ]time|exclusive) (?:prices?|rates?"
        r"|offers?)",
    ),
    (
        2,
        r"\bfree (?:\d+[- ]minute )?(?:call|quote|trial|demo|consultation|audit|sample|delivery)"
        r"|\b(?:no[- ]obligation|money[- ]back)\b",
    ),
    (
        2,
        r"\b(?:buy|order|shop|renew|enquire) (?:now|today)\b|\bcall .{0,20} today\b|\b(?:code"
        r"|quote) [a-z]+\d",
    ),
    (
        2,
        r"\b(?:seats left|reserve yours|masterclass|rental|miss out|have been selected"
        r"|congratulations)\b",
    ),
    # wares
    (
        2,
        r"\b(?:supplier|manufacturer|wholesale|shipping|catalogue|toner|stationery|our factory"
        r"|brokers?|ppe|seo|search engine|backlinks?|do-?follow|guest post|lead generation"
        r"|page (?:1|one)|(?:digital|social media) marketing|(?:web"
        r"|app)(?:site)? (?:re)?(?:design|development)|(?:e-?mail|contact|mailing"
        r"|data) lists? of|decision[- ]makers?)\b",
    ),
    (
        2,
        r"\b(?:our|leading|coaching|award[- ]winning|ai|innovative"
        r"|all-in-one) (?:[\w-]+ )?(?:platform|software|solutions?|products?|tool|range"
        r"|agency)\b|\btrusted by\b|\b(?:charities|organi[sz]ations|teams|businesses) like yours\b",
    ),
    (
        2,
        r"\b(?:we|i) (?:deliver|offer|provide|supply|specialise in|sell)\b.{0,80}\bto (?:\w+ ){0,2}"
        r"(?:nhs|charit\w+|organi[sz]ations|businesses|companies|teams|trusts|councils)\b",
    ),
    # come and see
    (
        2,
        r"\b(?:book|schedule|arrange|jump on|hop on|have|do|spare|free for|up for|open to|worth)"
        r" (?:\S+ ){0,3}?(?:demo|call|chat|consultation|conversation|meeting|minutes|slot)\b",
    ),
    (2, r"\blove \d+ minutes\b|\bshow you how\b"),
    (
        1,
        r"https?://|\b[\w-]+\.[a-z]{2,12}/\w|\bclick\b|\breply yes\b|\b(?:register"
        r"|book) (?:here|now|before)\b",
    ),
    (2, r"[$€] ?\d"),
    (1, r"\b(?:i|we) came across\b"),
    (1, r"\byour (?:article|blog)\b"),
    (1, r"\byour (?:website|business|company|inbox)\b|\bis your (?:organi[sz]ation|website)\b"),
    (
        1,
        r"\b(?:bumping|circling back|the right person|shall i send|i noticed"
        r"|looking for something)\b",
    ),
    (
        1,
        r"\b(?:earlier|previous|last) (?:note|e-?mail) about|\bsend (?:\w+ )?(?:over )?(?:a "
        r"|our )?sample\b",
    ),
    (
        1,
        r"\b(?:save|cut|reduce|boost|increase|maximi[sz]e|transform"
        r"|streamline) (?:\w+ ){0,3}?(?:costs?|money|time|sales|bills?|revenue|productivity"
        r"|efficiency|donations|roi|\d+ ?%)",
    ),
    (
        1,
        r"\bclients? (?:such as|including|like)\b|\bhelp(?:ed)? (?:\d+|organi[sz]ations"
        r"|businesses|charities)",
    ),
    (
        1,
        r"\b(?:speakers|delegates?|exhibitors|keynotes?)\b|\bwould you (?:be interested"
        r"|like) (?:in|to see)\b",
    ),
)
"""What wants to sell."""

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
    # money
    (
        3,
        r"\b(?:lottery|inheritance|next of kin|beneficiary|prince"
        r"|million (?:u\.?s\.? )?(?:dollars|pounds|usd|euros)|unclaimed|compensation fund"
        r"|atm card|western union|bitcoin|btc|cryptocurrency|crypto wallet|gift ?cards?|forex)\b",
    ),
    (
        3,
        r"\b(?:overdue|outstanding|unpaid) (?:invoice|payment)\b|\binvoice \d+ is\b"
        r"|\bremittance advice\b",
    ),
    (3, r"\bbank (?:details|account)\b.{0,40}\bchang|\bchang.{0,40}\bbank (?:details|account)\b"),
    (
        3,
        r"\b(?:wire|bank) transfer\b|\bpayment (?:advice|copy|slip)\b|\b(?:handle|process) (?:a"
        r"|this) payment\b",
    ),
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
    (1, r"\bkindly\b|\bclick (?:here|below|the (?:link|button))\b|\blog ?in (?:here|below|to)\b"),
)
"""What wants a password or money."""
