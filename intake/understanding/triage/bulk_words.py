"""Pure: how mail to many is worded: newsletters, letters to everybody one knows, notices."""

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
    (
        3,
        r"\bmailing list\b|-leave@|\+(?:leave|unsubscribe)@|\b(?:leave|(?:come|taken?) (?:\w+ )?off"
        r"|(?:be )?removed? from|not be on|off) (?:this|our|the) (?:mailing )?(?:list|group)\b"
        r"|\b(?:because|as) you(?:'ve| have)? (?:opted|signed|registered|subscribed|set up)\b",
    ),
    (1, r"^\[(?!ext|sus|spam|sec|enc|caution|warn|official)[a-z][\w-]{2,30}\] "),
    # what it is
    (3, r"\b(?:for immediate release|(?:press|media|news) release\b)"),
    (2, r"\bnotes (?:to|for) editors\b|\bends$|\bepisode \d+|\bpodcast\b|\bleave us a review\b"),
    (3, r"\bmanage your (?:alerts|preferences|subscriptions?)\b"),
    (2, r"\btop stories\b|\bthis week's (?:news|stories)\b"),
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

PUBLIC = weighted(
    # what it costs
    (
        2,
        r"[£$€] ?\d[\d,.]* ?(?:each|per|\+)|\btickets?\b|\b(?:flat|entry|processing) (?:fee"
        r"|charge)\b"
        r"|\b(?:is|price|postage of|honorarium|just|at) [£$€] ?\d|\binvoice\b|\bhalf price\b",
    ),
    (2, r"\ba free (?:gift|hamper)\b|\bearn rewards\b|\b(?:prize|into a) draw\b|\ball proceeds\b"),
    # to whom it goes
    (
        2,
        r"^.{0,80}\bdear (?:carer|member|parent|neighbour|resident|supporter|customer|reader"
        r"|buyer)s?\b"
        r"|\bdear friend of\b|\b(?:every(?:body|one)|anyone) you know\b|\byour networks\b"
        r"|\bask your friends\b|\bevery share\b|\bpromoted by\b",
    ),
    # what they are to do
    (
        2,
        r"\b(?:to book|rsvp|come along|join us|pop in|refreshments|(?:warmly|cordially) invited"
        r"|you(?:'re| are) invited|(?:sign|see|visit|download|try|enter|rate|complete"
        r"|read) (?:our|your)"
        r"|(?:try|share) it|can be downloaded|hashtag|view all|track your)\b",
    ),
    (
        2,
        r"(?<![@\w.-])(?:https?://|www\.)?[\w-]{2,40}\.(?:example|com|org|co|net|uk)\b(?!@)"
        r"|\bour website\b",
    ),
    # what there is
    (
        2,
        r"\bour (?:packages|rates|candidates|showreel|range|courses|brochure|petition|survey"
        r"|retreats?"
        r"|annual \w+)\b|\bto hire\b|\bcvs\b|\bwe (?:sell|refurbish|clean|print)\b|\bout now\b"
        r"|\b(?:summer|winter|christmas|gala) (?:dinner|fair|ball|concert)\b|\bsuccess rate\b",
    ),
    (
        2,
        r"\b(?:trustees?|volunteers?|treasurer|speakers?) wanted\b|\blooking for (?:\w+ )?(?:new )?"
        r"(?:trustees?|volunteers?|members)\b|\bour next (?:treasurer|chair|trustee|surgery)\b"
        r"|\badverts?\b",
    ),
    (
        2,
        r"\b(?:your order|your experience|terms of service|privacy policy|job alert|special issue"
        r"|(?:survey|it) takes \w+ minutes|usual platforms|broken links)\b",
    ),
)
"""What addresses the public: a few of them together are no private letter."""
