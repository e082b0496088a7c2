"""Pure: how people add to, correct or withdraw what they sent before."""

from intake.understanding.triage.cue_phrases import (
    DETAIL,
    NEGATION,
    OURS,
    PLEASE,
    SENT,
    TAKE_PART,
    WE,
    weighted,
)

_WRONG = (
    r"\b(?:wrong\w*|incorrect\w*|mis(?:spel|typ|print|took)\w*|typos?|(?<!for )(?<!any )mistakes?"
    r"|(?<!in )error|slip|out of date|not right|old one|no longer right|correction)\b"
)
_CHANGE = (
    r"(?:change|correct|update|amend|replace|swap|alter|edit|add|remove|delete|use|note|take"
    r"|ignore|disregard)"
)
_GAVE = r"(?:sent|submitted|e-?mailed|wrote|written|registered|nominated|told|gave|given|put|said)"
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sun)(?:day)?"
_WHEN = rf"(?:yesterday|earlier|last|on (?:the|{_DAY})|this morning|already|in)"
_FROM = (
    rf"(?:now on|here on|today|tomorrow|the \d+\w*|{_DAY}|january|february|march|april|may|june"
    r"|july|august|september|october|november|december)"
)

FOLLOW_UP = weighted(
    # a request to change something
    (
        3,
        rf"(?:{PLEASE}|\bpossible to\b).{{0,40}}\b{_CHANGE}(?:e?d)?\b.{{0,60}}\b(?:{DETAIL}"
        rf"|both\b|{SENT})",
    ),
    (3, r"\b(?:please|pls|kindly|you)\b.{0,30}\b(?:use|(?:write|e-?mail|send \w+) to me) .{0,20}@"),
    (3, r"\buse (?:mine|this one|hers|his|my \w+)\b"),
    # something is wrong
    (3, rf"{_WRONG}.{{0,60}}\b(?:{DETAIL}|{SENT})|\b{DETAIL}.{{0,60}}{_WRONG}"),
    (
        2,
        r"\b(?:gave|given|told|sent|put|typed|wrote|got|had)\b.{0,30}\b(?:wrong|old|out of date)\b",
    ),
    (2, r"\bit(?:'?s| is) .{1,40}\bnot\b"),
    (2, r"\bgot a new (?:job|role|post|number|address|e-?mail)\b"),
    (2, r"\b(?:update|amend|correct|change) (?:your|the) (?:lists?|records?|files?|system)\b"),
    (3, rf"\bnote\b.{{0,30}}\b{DETAIL}.{{0,30}}\b(?:is|are|was|were|has|have)\b"),
    (2, rf"\b{DETAIL}.{{0,20}}\b(?:has|lacks|ends|begins|needs|with) (?:an?|one|two|no)\b"),
    # something is new
    (
        3,
        r"\b(?:add\w*|amend\w*|correct\w*|chang\w*|updat\w*|revis\w*) (?:to|of|for"
        rf"|in) .{{0,30}}{SENT}",
    ),
    (3, rf"\b(?:change|changes|update) (?:to|of|for|in) .{{0,30}}\b{DETAIL}"),
    (2, rf"\b(?:amended|revised|updated|corrected|replacement) (?:{DETAIL}|{SENT})"),
    (2, rf"\b{DETAIL}.{{0,30}}\b(?:(?:is|are) now|should (?:be|read|say|have)|will now be)\b"),
    (
        3,
        rf"\b(?:right|correct|new|current|proper|actual) (?:\w+ )?(?:one|{DETAIL}) (?:is|are"
        r"|should)\b",
    ),
    (2, rf"{WE}(?: have)? (?:changed|moved|updated)\b|{WE}(?: have)? (?:settled|decided) on\b"),
    (2, rf"{WE}(?: have)? (?:now|finally) (?:have|settled|chosen|decided|got|found)\b"),
    (2, r"\bbecomes?\b|\bwill now be\b|\bit'll (?:now )?be\b|\bsays s?he'll\b|\binstead\b"),
    (
        2,
        r"\b(?:two|some|new|a|further) developments?\b|\bgood news\b|\bkindly (?:amend|note"
        r"|correct)\b",
    ),
    (2, rf"\bfrom {_FROM}\b"),
    (2, rf"\bfrom {_FROM}\b.{{0,40}}\b(?:lead|contact)\b|\bi(?:'m| am) leaving\b"),
    # somebody else
    (3, r"\b(?:taken|taking|takes|take) (?:\w+ )?over\b|\bpicked up\b.{0,30}\bproject\b"),
    (
        3,
        r"\bnew (?:project )?(?:lead|contact)\b|\b(?:lead|contact)\b.{0,30}\b(?:is now|changed"
        r"|will now)\b",
    ),
    (3, r"\b(?:person|one) to (?:deal with|write to|contact)\b"),
    (2, r"\b(?:everything|anything) (?:\w+ ){0,4}to\b|\bretiring\b|\bgetting married\b"),
    (
        2,
        r"\b(?<!nothing )(?:has|have) (?:since )?(?:been )?(?:moved|promoted|replaced|seconded"
        r"|changed|acquired)\b",
    ),
    # somebody more
    (
        2,
        r"\b(?:has|have|is|are|'s|'ve) (?:\w+ )?(?:now|since|also|just) .{0,30}\b(?:joined"
        r"|agreed|signed|come|confirmed|said|on board|left|moved|partner)",
    ),
    (
        2,
        r"\bhave both (?:agreed|joined)\b|\bjoined (?:us|by)\b|\b(?:has|have) (?:come on board"
        r"|joined)\b",
    ),
    # what was sent before
    (
        3,
        rf"(?:{WE}.{{0,20}}|^|\n )\b(?:forgot\w*|omitted|neglected|meant to|should have(?! asked)"
        r"|left out)\b",
    ),
    (2, rf"{WE}.{{0,20}}\b{_GAVE}\b.{{0,40}}\b{_WHEN}\b|{WE} (?:said|wrote) "),
    (
        2,
        r"\b(?:wrote|written|e-?mailed|spoke) to you\b|\bhad an e-?mail from\b|\bleft (?:it|them"
        r"|that) out\b|\bmy (?:e-?mail|message|letter) (?:went|to you)",
    ),
    (2, r"\b(?:sent|told|given|gave) you\b|\bsince (?:we|i|my|our|then|writing|sending)\b"),
    (
        2,
        r"\b(?:earlier|previous|last|first|original|recent) (?:\w+ )?(?:e-?mail|message|note"
        rf"|{SENT})",
    ),
    (
        2,
        rf"\b(?:further to|following) (?:up )?(?:on )?{OURS} .{{0,40}}(?:e-?mail|message|note"
        rf"|{SENT})",
    ),
    (3, rf"\b(?:our|my) (?:\w+ )?{SENT} (?:of|dated|from|sent) (?:\w+ )?(?:\d|last|{_DAY})"),
    (
        2,
        r"\b(?:(?:hello|hi|me) again|again,? from|^(?:\w+ )?again\b|one more|one last|another thing"
        r"|p\.?s\.?\b|(?:couple of|two|three)(?: small)? (?:updates|things))",
    ),
    # what we asked for
    (
        2,
        r"\byou(?:'ve| have| already)* (?:asked|wanted|requested|needed|wrote|rang|(?:have"
        r"|got) (?:our|my))\b",
    ),
    (
        2,
        r"\b(?:what|that) (?:was|were) (?:missing|asked)|\bthe (?:missing|other) \w+"
        r"|\bto answer your\b",
    ),
    # the rest stays
    (
        2,
        r"\b(?:nothing|everything|the rest)(?: \w+){0,3} (?:same|changed|unchanged|stays?"
        r"|stands|different)\b|\bthe rest is (?:just )?as\b",
    ),
    (1, r"\bthank(?:s| you)\b.{0,20}\bfor (?:the|your|sending)\b|\bapologi[sz]?e?s\b|\bsorry\b"),
    (1, rf"\b(?:my|our|the) {DETAIL} (?:is|are)\b"),
)
"""What adds to something that was sent before, or puts it right."""

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
    r"|further))\b|submit\w*|(?:put|be|go) (?:\w+ )?forward|do (?:it|this)\b|send\w* (?:anything"
    r"|it|the form) in|commit\w*|attend|spare|accept)"
)
_OTHERS = (
    r"(?:us|board|trustees|committee|team|partners|manager|boss|employer|ward|service|they|he|she)"
)

WITHDRAWAL = weighted(
    # out
    (4, rf"\b{_STOP}\b.{{0,60}}\b(?:{SENT}|place\b|name\b)|\b(?:{SENT}|name\b).{{0,40}}\b{_STOP}"),
    (3, rf"(?:{WE}|\b(?:board|trustees|committee|obliged|asked)\b).{{0,60}}\b{_STOP}"),
    (
        3,
        r"\bwithdraw\w* (?:from|our|my|us|him|her|them|this|it|his)\b(?! (?:alcohol|drugs|school"
        r"|life))",
    ),
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
    (3, r"\bstop (?:everything|it all|our|my)\b|\bdeclined\b|\bnull and void\b"),
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
        r"|\bthank(?:s| you),? but no\b|\bno from (?:us|me|our)\b|\bnot for (?:us|me)\b"
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
    (2, r"\bfall\w* through\b|\bthat's that\b|\bcollapsed\b"),
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
