"""Pure: how people withdraw what they sent before, outright or softly."""

from intake.understanding.triage.cue_phrases import (
    NEGATION,
    SENT,
    TAKE_PART,
    WE,
    weighted,
)

_STOP = (
    r"(?:withdr[ae]w\w*"
    r"|(?:pull|dropp?|bow|back|sit|opt|duck|count|take)(?:t?ing|ed)? (?:\w+ ){0,2}?out"
    r"|stand(?:ing)? (?:\w+ )?(?:down|aside)|step(?:ping|ped)? (?:back|aside|down))"
)
_CLOSE = (
    r"(?:cancel|retract|rescind|void|scrap|bin|disregard|ignore|close|drop|strike|give up|giving up"
    r"|treat|consider|regard|remove|delete|take|scratch|cross|stand down|withdraw\w*)"
)
_CLOSED = r"(?:closed|withdrawn|cancelled|void|null|off|out|back|over|ended)"
_THEIRS = r"(?:our|my|his|her|their|the|this)"
_OFF = (
    r"(?:out of|off|from) (?:the|your|this|it)(?: \w+)? (?:list|running|race|books?|register"
    r"|records?|applicants|competition|contest|call|round|draw|process|shortlist)"
)
_GO_ON = (
    r"(?:proceed\w*|(?:go|carry)(?:ing)? (?:\w+ )?(?:ahead|further|forward|on)\b|leave (?:it"
    rf"|this)\b|continu\w+|pursu\w+|{TAKE_PART}|tak(?:e|ing) (?:this|it|up|the \w+ (?:forward"
    r"|further))\b|submit\w*|(?:put|be|go) (?:\w+ )?forward|do (?:it|this)\b|come\b"
    r"|send\w* (?:anything|it|the form) in|commit\w*|attend|spare|accept)"
)
_THING = (
    r"(?:this(?: one| time| round)?|it|(?:our|my|the|his|her|their|these|those|both) (?:\w+ ){0,2}?"
    r"(?:places?|spots?|slots?|seats?|chance|opportunity|matter|bid|project|idea|interest"
    r"|nominations?|names?|ones?)|ours|mine)\b"
)
"""What people let go of."""
_NOT_FROM = (
    r"\b(?! (?:from|as|of|at|to)\b(?! (?:this|it|the (?:bid|project|programme|call|race))\b))"
)
"""Whoever steps back from the ward, or down as chair, takes nothing back."""
_THIS_TIME = r"(?:this (?:time|occasion|year|round|once)|for now)"
_OTHERS = (
    r"(?:us|board|trustees|committee|team|partners|manager|boss|employer|ward|service|they|he|she)"
)

WITHDRAWAL = weighted(
    # out
    (4, rf"\b{_STOP}\b.{{0,60}}\b(?:{SENT}|place\b|name\b)|\b(?:{SENT}|name\b).{{0,40}}\b{_STOP}"),
    (3, rf"(?:{WE}|\b(?:board|trustees|committee|obliged|asked)\b).{{0,60}}\b{_STOP}"),
    (
        4,
        rf"\b{_THIS_TIME}\b.{{0,60}}\b{_STOP}{_NOT_FROM}"
        rf"|\b{_STOP}{_NOT_FROM}.{{0,40}}\b{_THIS_TIME}\b",
    ),
    (
        3,
        r"\bwithdraw\w* (?:from|our|my|us|him|her|them|this|it|his)\b(?! (?:alcohol|drugs|school"
        r"|life))",
    ),
    (
        4,
        r"\b(?:remove|delete|scrap|cancel|discard) (?:our|my|the|his|her"
        r"|their) (?:\w+ )?(?:nominations?"
        r"|application|bid|entry|expression|eoi|submission|project)\b(?!.{0,60}\b(?:replace|add"
        r"|instead)\b)",
    ),
    # softly
    (3, r"(?:^|\n )(?:sorry,? )?(?:we |i )?(?:can't|cannot) (?:do|manage|face) (?:it|this)\b"),
    (4, r"\bdiscontinu\w+ .{0,30}(?:participation|involvement|interest)\b"),
    (
        3,
        r"\b(?:wrong|unfair|not (?:right|fair))(?: (?:of|for) (?:us|me))? to (?:take|accept|hold"
        r"|keep)\b",
    ),
    (
        3,
        r"\b(?:decided|decides|says?|said|feels?|felt|thinks?|thought) (?:that )?it(?:'s| is| was"
        r"|) ?(?:not|isn't|wasn't)"
        r" for (?:her|him|them|us|me)\b",
    ),
    (
        3,
        r"\b(?:it|this|that) (?:isn't|is not|won't|is never) (?:be )?(?:going to (?:happen|work)"
        r"|happen\w*|work out)\b",
    ),
    (
        3,
        r"\b(?:let|allow) (?:another|some other|some ?(?:one|body) else"
        r"|others?)\b.{0,30}\b(?:have|take|use|benefit)\b",
    ),
    (2, r"\bno longer (?:any|a|much) (?:call|need|use|point|reason)\b"),
    (2, r"\b(?:bigger|larger|more) than (?:us|we can|i can|we could|a club)\b"),
    (
        2,
        r"\bthank(?:s| you) for (?:thinking of|considering|your (?:interest in"
        r"|patience with)) (?:us|me)\b",
    ),
    (3, r"(?:^|\n )(?:but |so |and |sadly,? )?(?:we|i) (?:won't|shan't|can't)\W*(?:$|\n)"),
    # close it
    (
        4,
        rf"\b{_CLOSE} (?:\w+ ){{0,3}}?{_THEIRS} (?:\w+ ){{0,3}}?(?:{SENT}|place|file|names?|ours"
        rf"|nominee)(?: \w+){{0,3}}? {_CLOSED}\b",
    ),
    (
        3,
        r"\b(?:cancel|retract|rescind|void|scrap|disregard|discount|ignore|close|drop|strike"
        rf"|release|giv(?:e|ing) up) (?:\w+ )?{_THEIRS} (?:\w+ ){{0,3}}?(?:{SENT}|place|file"
        rf"|names?)\b|\bgiv(?:e|ing) {_THEIRS} place\b",
    ),
    (4, rf"\b(?:take|remove|strike|delete|cross|scratch|leave|count) .{{1,60}}? {_OFF}\b"),
    (3, r"\b(?:take|count|leave|strike|cross) (?:us|me|our name|my name) (?:off|out)\b"),
    (3, r"\bstop (?:everything|it all|our|my)\b|(?<!['\"‘“])\bdeclined\b|\bnull and void\b"),
    (3, r"\b(?:mark|treat|count|consider) (?:us|me|it) as (?:withdrawn|out|closed|cancelled)\b"),
    (
        3,
        r"\b(?:have|has|need|obliged|going|must|will"
        r"|'ll) (?:to )?(?:\w+ )?(?:pass\b(?! \w+ ?(?:on|to)\b"
        r"|(?: \w+)? (?:on|round|to))|decline\b|say no\b|let (?:it|this) go\b|call it a day)"
        r"|\b(?:(?:going to|gonna|have to|decided to|must) leave|(?:we're"
        r"|we are) leaving) it\b(?! (?:with|to|at|in|on|open|as))",
    ),
    (
        3,
        r"(?:\bnot|n't) (?:just )?allowed to\b"
        r"|\bno longer (?:seek|want|wish|able|require|looking)\w*\b|(?:\bnot"
        r"|n't) (?:\w+ )?right for us\b"
        r"|\bleave (?:it|this|the \w+) to others\b|\bneed(?:n't| not) stand\b|\bscrap (?:that"
        r"|this|it)\b",
    ),
    (
        3,
        r"\bno need (?:for (?:us|ours|it)|to (?:go on|consider))\b|\bignore what (?:i"
        r"|we) (?:sent|said|wrote)\b"
        r"|\bthank(?:s| you),? but no\b|\bno from (?:us|me|our)\b"
        r"|(?:\bnot|n't) (?:\w+ )?for (?:us|me)\b"
        r"|\bletting (?:it|this) go\b"
        rf"|\b(?:decid|agre|chos)\w* (?:\w+ )?(?:not to|against)\b|\bno {SENT} from (?:us|me)\b",
    ),
    (
        2,
        r"\b(?:delete|bin) (?:our|my|us|me)\b|(?:^|\n )(?:he|she|they) (?:says?|said) no\b"
        r"|\btoo (?:much|big) for (?:us|me|a)\b|\b(?:mess|wasting|troubl)\w* (?:you|your)\b"
        r"|\banswer (?:is|was) (?:\w+ ){0,3}no\b"
        r"|\b(?:since|now|has) (?:folded|disbanded|closed|wound up)\b",
    ),
    (
        3,
        r"\b(?:it|that|this|project|ours|everything)(?:'s| is) (?:all |now )?off\b(?! (?:to|the"
        r"|work|for))",
    ),
    (3, r"\b(?:best|better|have to|must|will|'ll) (?:just )?leave it (?:there|at that|be|here)\b"),
    (3, r"\b(?:cross|strike|knock|scratch) (?:\w+ ){1,3}off\b(?! (?:work|the road|duty))"),
    (
        3,
        r"(?:^|\n )(?:please |pls |kindly |can you |could you )?cancel (?!(?:my|the|our|an?|this"
        r"|his|her|your)"
        r" (?:\w+ )?(?:appointment|order|subscription|meeting|booking|lunch|account|room)|order"
        r"|meeting)\w+",
    ),
    (
        2,
        r"\b(?:told no|(?:board|trustees|committee|boss|manager|governors|council) (?:has "
        r"|have )?sa(?:id|ys?) no|turned (?:it|this|us|me) down|voted (?:against|it down)|put (?:a"
        r"|his|her|their) "
        r"foot down|vetoed|overruled)\b",
    ),
    (2, r"\bfall\w* through\b|\bthat's that\b|\bcollapsed\b"),
    # let it go
    (
        3,
        rf"\blet {_THING} (?:go|pass|drop|lapse|slip)\b|\b(?:release|relinquish|surrender|forgo"
        rf"|forego|free up|vacate|not need) {_THING}|\b(?:giv(?:e|ing)|hand(?:ing)?) {_THING}"
        r" (?:back|up)\b",
    ),
    (
        3,
        rf"\b(?:leave|park|shelve|drop|defer) {_THING}.{{0,40}}\b(?:this|next|another) (?:year|time"
        r"|round)\b",
    ),
    (
        3,
        r"\b(?:remove|rub|scrub|strike|cross|scratch|delete|wipe|erase) (?:us|me|our (?:name|bid))"
        r"(?: (?:out|off|from|please)\b|[.,!]|$)|\b(?:talked|argued) (?:\w+ )?out of (?:it|this)\b",
    ),
    (
        3,
        r"\b(?:no|not|n't) (?:\w+ )?(?:further|more) (?:steps?|action|letters?|correspondence)\b"
        r"|\b(?:shan't|won't|not) (?:be )?troubl\w+ you\b",
    ),
    (
        3,
        r"(?:\bnot\b|n't\b) (?:\w+ ){0,2}?(?:wish|want)\b.{0,60}\bto (?:stand|proceed|go ahead)\b"
        r"|\b(?:think|hear|say) no more (?:about|of|from) (?:us|me|it)\b",
    ),
    # not going on
    (
        3,
        rf"(?:{WE}|\b{_OTHERS}\b).{{0,60}}{NEGATION}(?! (?:sure|certain|clear)).{{0,40}}\b{_GO_ON}",
    ),
    (
        3,
        r"(?:\bnot\b|n't\b|\bagainst\b) (?:\w+ ){0,3}?(?:proceeding|going ahead|continuing|applying"
        r"|taking part|carry(?:ing)? on|bidding|putting in|submitting|entering"
        r"|to (?:proceed|continue|apply|go ahead))\b",
    ),
    (3, rf"\b{_OTHERS}\b.{{0,20}}{NEGATION}.{{0,20}}\b(?:spare|release|let|allow|support)\b"),
    (
        3,
        rf"{NEGATION}.{{0,20}}\b(?:need|want|return)\w* (?:\w+ ){{0,2}}?(?:place|pack|form|money"
        r"|grant|it)\b(?! to\b)",
    ),
    (
        3,
        r"\bsecond thoughts\b|\bleave it (?:this|for|till|until)\b|\bchang\w+ (?:our|my|his"
        r"|her) minds?\b|\bforget (?:i|we|that|about|it)\b|\bbeyond us\b",
    ),
    (3, r"\b(?:don't|do not) (?:wait for|expect|chase|send (?:\w+ )?(?:more|further))\b"),
    # for others, and another time
    (
        2,
        r"\b(?:give|offer) .{0,30}\bto (?:some ?(?:body|one)|another|others?|the next)"
        r"|\b(?:stop|no more) (?:\w+ )?reminders\b|\bdon't (?:hold|keep) (?:a|our|my|the) place",
    ),
    (3, r"\b(?:try|apply|bid|come back) again (?:next|another|some)\b"),
    (
        1,
        r"\b(?:sorry|regret\w*|afraid|sadly|unfortunately|best of luck|good luck)\b"
        r"|\b(?:next|another) (?:year|time|round)\b",
    ),
)
"""What takes it back."""
