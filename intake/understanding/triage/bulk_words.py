"""Pure: how newsletters, sellers and cheats word their mail."""

from intake.understanding.triage.cue_phrases import weighted

NEWSLETTER = weighted(
    (
        2,
        r"\bunsubscribe\b|\bopt[- ]?out\b.{0,40}(?:list|e-?mails?|here)"
        r"|\bmanage (?:your )?(?:e-?mail )?(?:preferences|subscriptions?)"
        r"|\bupdate (?:your )?(?:e-?mail )?preferences",
    ),
    (
        2,
        r"\bview (?:this|it|the)? ?(?:e-?mail|message|newsletter|bulletin|issue)? ?(?:in"
        r"|on) (?:your|a|the)? ?(?:web ?)?browser\b|\bview (?:it )?online\b"
        r"|\bhaving trouble (?:viewing|reading)|\bweb version\b",
    ),
    (
        2,
        r"\byou(?:'re| are|'ve| have)? (?:\w+ )?(?:receive|receiving|received|getting"
        r"|been sent) this (?:e-?mail|newsletter|message|bulletin|mailing"
        r"|update)?\b.{0,30}\b(?:because|as|since)\b"
        r"|\bforward (?:this )?(?:e-?mail )?to a (?:friend|colleague)\b",
    ),
    (
        2,
        r"\b(?:e-?)?newsletter\b|\bbulletin\b|\bdigest\b|\bround-?up\b|\bissue (?:no\.? ?)?\d+"
        r"|\bwelcome to (?:our|the|this) .{0,30}(?:edition|issue|update)",
    ),
    (
        1,
        r"\bclick here\b|\bread more\b|\bbook (?:now|your place|online|here)\b|\bregister (?:now"
        r"|here|online|today|free)\b|\bfind out more\b|\bsign up\b|\bfollow us\b|\bshare this\b"
        r"|\ball rights reserved\b|©|\bview all\b",
    ),
    (
        1,
        r"\b(?:training|webinar|conference|workshop|event|vacanc(?:y|ies)|job)s? ?:"
        r"|\bfree to members\b|\bearly[- ]bird\b|\bmembers? only\b",
    ),
)

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
        r"|fundrais\w+|justgiving|giving page|in (?:memory|aid) of|petition)\b",
    ),
)
"""What a private letter to everybody one knows says."""

MARKETING = weighted(
    (
        2,
        r"\b(?:\d+% off|special offer|limited[- ]time|free trial|money[- ]back|discount code"
        r"|voucher|best price|lowest price|price list|buy now|order now|order today|shop now"
        r"|sale ends)\b",
    ),
    (
        2,
        r"\b(?:seo|search engine|website traffic|rank(?:ing)? (?:on|in) google"
        r"|first page of google|web(?:site)? (?:design|redesign|development)|app development"
        r"|link building|guest post|backlinks?|lead generation|social media marketing"
        r"|digital marketing|e-?mail list|mailing list of)\b",
    ),
    (
        2,
        r"\b(?:book|schedule|arrange|jump on|hop on|have) (?:a |an )?(?:quick |short |brief "
        r"|free |\d+[- ]minute )*(?:demo|call|chat|consultation|meeting) (?:to|with|next"
        r"|this)\b.{0,60}|\bour (?:award[- ]winning |leading |innovative )?(?:platform|software"
        r"|solution|solutions|products?|services) (?:can|will|help|is|are|enable)",
    ),
    (
        2,
        r"\b(?:bulk|wholesale|supplier|manufacturer|competitive (?:price|quote|rates)|free quote"
        r"|no obligation|catalogue|shipping|our factory|stationery|toner|ppe supplies)\b",
    ),
    (
        1,
        r"\b(?:save|cut|reduce|boost|increase|maximi[sz]e|transform"
        r"|streamline) (?:\w+ ){0,3}?(?:costs?|money|time|sales|revenue|productivity|efficiency"
        r"|donations|roi)\b|\bi (?:came across|was looking at|visited) your (?:website"
        r"|organisation|company)\b|\bclients? (?:such as|including|like)\b"
        r"|\bworth a (?:quick )?(?:chat|call|conversation)\b|\bare you the right person\b",
    ),
    (
        2,
        r"\b(?:target (?:criteria|audience|market)|counts and pricing|decision[- ]makers?"
        r"|contact list|verified contacts|data list|opted[- ]in contacts|pricing)\b",
    ),
    (
        1,
        r"\bwould you (?:be interested|like) (?:in|to (?:see|have|know))\b"
        r"|\blet me know your (?:target|requirements?|interest|thoughts)|\bdelegate (?:place"
        r"|rate|fee)s?\b|\bspeakers include\b",
    ),
    (1, r"\bsave \d+ ?%|\bbrochure\b|\bbook (?:before|by)\b|\baward[- ]winning\b"),
    (
        2,
        r"\b(?:we|i) (?:deliver|offer|provide|supply|specialise in|sell"
        r"|run)\b.{0,60}\b(?:training|services|solutions|products|workshops|coaching|software"
        r"|courses)\b.{0,40}\bto (?:\w+ ){0,2}(?:nhs|charit\w+|organi[sz]ations|businesses"
        r"|companies|teams|trusts|councils)\b",
    ),
)

CHEATING = weighted(
    (
        3,
        r"\b(?:mailbox|inbox|e-?mail|webmail|storage|account|quota)\b.{0,60}\b(?:quota|storage"
        r"|full|exceed\w*|limit|almost full|running out|suspen\w+|deactivat\w+|de-?activated"
        r"|terminat\w+|expir\w+|upgrade|verify|validate|restrict\w+|disabled)\b",
    ),
    (
        3,
        r"\b(?:verify|confirm|validate|update|re-?activate|upgrade|unlock|restore|secure"
        r"|keep) (?:your|the same|my current) (?:\w+ )?(?:account|identity|mailbox|password"
        r"|e-?mail|quota|details|information|billing|payment)",
    ),
    (
        3,
        r"\b(?:password|account) (?:\w+ ){0,3}?(?:expires?|expired|will expire|reset|suspended"
        r"|locked|compromised|limited)\b|\bunusual (?:sign-?in|activity|log-?in)"
        r"|\bsuspicious (?:log-?in|activity|sign-?in)",
    ),
    (
        3,
        r"\b(?:pending|undelivered|quarantined|held|blocked|unread"
        r"|incoming) (?:\w+ ){0,2}?(?:messages?|e-?mails?|mails?)\b.{0,80}|\brelease (?:the "
        r"|your )?(?:messages?|e-?mails?|pending)|\b(?:messages?|e-?mails?) (?:are |is "
        r"|have been )?(?:pending|on hold|quarantined)",
    ),
    (
        3,
        r"\b(?:lottery|inheritance|next of kin|beneficiary|prince|million (?:dollars|pounds|usd"
        r"|euros)|unclaimed|compensation fund|atm card|western union|bitcoin|btc|cryptocurrency"
        r"|crypto wallet|gift ?cards?|forex)\b",
    ),
    (
        3,
        r"\b(?:shared|sent) (?:a |an )?(?:secure |new |encrypted )?(?:document|file|invoice|fax"
        r"|folder) (?:with you|to you|via|on|using)\b|\b(?:docusign|onedrive|sharepoint|dropbox"
        r"|wetransfer)\b.{0,60}\b(?:review|sign|view|open|download)\b",
    ),
    (
        3,
        r"\b(?:overdue|outstanding|unpaid|attached) (?:invoice|payment|remittance)\b|\b(?:change"
        r"|changed|new|update) (?:of |to )?(?:our |the |my )?bank (?:details|account)"
        r"|\bremittance advice\b|\bwire transfer\b|\bpayment (?:advice|copy|slip)\b",
    ),
    (
        2,
        r"\b(?:action required|urgent action|immediate action|final (?:notice|warning|reminder)"
        r"|within \d+ ?(?:hours|hrs)|24 ?hours|48 ?hours|avoid (?:lost|loss|suspension"
        r"|interruption|disruption|deactivation)|failure to (?:do so|comply|verify))\b",
    ),
    (
        2,
        r"\b(?:it|help|service|support|mail|e-?mail|system|webmail|security) (?:help ?desk|desk"
        r"|administrator|admin|team|support|service)\b.{0,40}|\bdear (?:customer|user"
        r"|account (?:holder|owner)|e-?mail user|webmail user|valued|beneficiary|friend"
        r"|\S{1,64}@\S{1,64})",
    ),
    (
        1,
        r"\bkindly\b|\bclick (?:here|below|the (?:link|button))\b|\blog ?in (?:here|below|to)\b"
        r"|\bdear (?:sir|madam)s? ?/ ?(?:madam|sir)\b|\bfollow the link\b",
    ),
)
