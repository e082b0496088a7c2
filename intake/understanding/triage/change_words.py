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
    r"\b(?:wrong\w*|incorrect\w*|mis(?:spel|typ|print|took)\w*|typos?"
    r"|(?<!for )(?<!any )mistakes?|(?<!in )error|slip|out of date|not right|old one"
    r"|no longer right|correction)\b"
)
_CHANGE = r"(?:change|correct|update|amend|replace|swap|alter|edit|add|remove|delete|use|note|take)"
_WHEN = r"(?:yesterday|earlier|last|on (?:the|mon|tue|wed|thu|fri|sat|sun)|this morning|already|in)"

FOLLOW_UP = weighted(
    (
        3,
        rf"(?:{PLEASE}|\bpossible to\b).{{0,40}}\b{_CHANGE}\b.{{0,60}}\b(?:{DETAIL}|both\b|{SENT})",
    ),
    (
        3,
        r"\b(?:please|pls|kindly|could you|can you)\b.{0,30}\b(?:use|(?:write|e-?mail"
        r"|send \w+) to me)\b.{0,20}\S+@\S+",
    ),
    (
        2,
        r"\b(?:gave|given|told|sent|put|typed|wrote|got|had)\b.{0,30}\b(?:wrong|old"
        r"|out of date)\b",
    ),
    (3, rf"{_WRONG}.{{0,60}}\b{DETAIL}|\b{DETAIL}.{{0,60}}{_WRONG}"),
    (
        3,
        r"\b(?:additions?|addendum|amendments?|corrections?|changes?|updates?|revisions?"
        rf"|postscript|clarifications?) (?:to|of|for|in|from) .{{0,30}}(?:{SENT}|\b{DETAIL})",
    ),
    (
        2,
        rf"\b{DETAIL}.{{0,30}}\b(?:(?:is|are) now|should (?:be|read|say|have)|instead"
        r"|will now be)\b",
    ),
    (
        3,
        r"\b(?:the |my |our )?(?:right|correct|new|current|proper|actual|updated"
        rf"|revised) (?:\w+ )?(?:one|{DETAIL}) (?:is|are|should|follows|below)\b",
    ),
    (
        3,
        r"\b(?:taken|taking|takes|take) (?:\w+ )?over\b|\bpicked up\b.{0,30}\bproject\b"
        r"|\bnew (?:project )?(?:lead|contact)\b|\b(?:lead|contact)\b.{0,30}\b(?:is now|has changed"
        r"|will now|from now)\b|\b(?:person|one) to (?:deal with|write to|contact)\b",
    ),
    (
        2,
        r"\bfrom (?:now|here) on\b|\bfrom (?:today|tomorrow|the \d+\w*"
        r"|january|february|march|april|may|june|july|august|september|october|november|december"
        r"|(?:mon|tues|wednes|thurs|fri)day)\b",
    ),
    (
        3,
        rf"(?:{WE}.{{0,20}}|^|\n )\b(?:forgot\w*|omitted|neglected|meant to|should have|left out"
        r"|missed off)\b",
    ),
    (
        2,
        rf"{WE}.{{0,20}}\b(?:sent|submitted|e-?mailed|wrote|written|registered|nominated|told|gave"
        rf"|put in)\b.{{0,40}}\b{_WHEN}\b|\bsince {WE}|\bsince (?:my|our|then|writing|sending)\b",
    ),
    (
        2,
        rf"\b(?:amended|revised|updated|corrected|replacement) (?:{DETAIL}|{SENT})|\b(?:earlier"
        r"|previous|last|first|original|recent) (?:\w+ )?"
        rf"(?:e-?mail|message|note|letter|{SENT})",
    ),
    (
        2,
        rf"\b(?:further to|following) (?:up )?(?:on )?{OURS} .{{0,40}}(?:e-?mail|message|note"
        rf"|{SENT})",
    ),
    (
        2,
        r"\byou(?:'ve| have| already)* (?:asked|wanted|requested|needed|wrote|rang|have (?:our"
        r"|my|it)|got (?:our|my))\b|\b(?:what|that) (?:was|were) (?:missing|asked)"
        r"|\bthe (?:missing|other) \w+|\bto answer your\b",
    ),
    (
        2,
        r"\b(?:has|have|is|are|'s|'ve) (?:\w+ )?(?:now|since|also|just)\b.{0,30}\b(?:joined|agreed"
        r"|signed|come|confirmed|said|on board|left|moved|partner)|\bhave both (?:agreed|joined)"
        r"|\bnow (?:has|have) a \w+|\bjoined (?:us|by)\b|\b(?:has|have) (?:come on board|joined)\b",
    ),
    (
        2,
        rf"{WE}(?: have)? (?:now |finally )(?:have|settled|chosen|decided|got|found)\b"
        rf"|{WE}(?: have)? (?:settled|decided) on\b",
    ),
    (
        2,
        r"\b(?:nothing|everything|the rest)(?: \w+){0,3} (?:else|same|changed|unchanged|stays?"
        r"|remains|stands)\b|\bchanges the\b",
    ),
    (
        2,
        rf"{WE} (?:wrote|e-?mailed|spoke) to you|\bmy (?:e-?mail|message|letter) (?:went|to you)"
        r"|\b(?:sent|told|given|gave) you\b",
    ),
    (
        2,
        rf"\binstead\b|{WE}(?: have)? (?:changed|moved|updated)\b|\b(?:everything"
        r"|anything) (?:\w+ ){0,4}to\b|\b(?:has|have) been (?:moved|promoted|replaced"
        r"|seconded)\b|\bretiring\b",
    ),
    (
        2,
        r"\b(?:becomes?|will now be|it'll (?:now )?be|it will be|says s?he'll"
        r"|getting married|has (?:since )?(?:moved|changed|acquired|been replaced)|have changed"
        r"|(?:two|some|new|a|further) developments?|good news|kindly (?:amend|note|correct))\b",
    ),
    (
        2,
        r"\b(?:(?:hello|hi|me) again|again,? from|^(?:\w+ )?again\b|one more|one last"
        r"|another thing|p\.?s\.?\b|couple of (?:updates|things))",
    ),
    (1, r"\bthank(?:s| you)\b.{0,20}\bfor (?:the|your|sending)\b|\bapologies\b|\bsorry\b"),
    (1, rf"\b(?:my|our|the) {DETAIL} (?:is|are)\b"),
)
"""What adds to something that was sent before, or puts it right."""

_STOP = (
    r"(?:withdr[ae]w\w*|(?:pull|dropp?|bow|back|sit|opt|duck|count|take)(?:t?ing"
    r"|ed)? (?:\w+ ){0,2}?out|stand(?:ing)? (?:\w+ )?(?:down|aside)|step(?:ping|ped)? (?:back"
    r"|aside|down))"
)
_CLOSE = (
    r"(?:cancel|retract|rescind|void|scrap|disregard|ignore|close|drop|give up|withdraw\w*"
    r"|giv(?:e|ing) up|stand down|treat|consider|regard|strike|remove|delete|take|scratch|cross)"
)
_OFF = (
    r"(?:out of (?:the|your|this)|off (?:the|your|this|it)|from (?:the|your|this)) (?:\w+ )?"
    r"(?:list|running|race|books?|register|competition|contest|call|round|draw|process|shortlist)"
)
_GO_ON = (
    r"(?:proceed\w*|(?:go|carry)(?:ing)? (?:\w+ )?(?:ahead|further|forward|on)\b|leave (?:it"
    rf"|this)\b|continu\w+|pursu\w+|{TAKE_PART}|tak(?:e|ing) (?:this|it|up|the \w+ (?:forward"
    r"|further))\b|submit\w*|(?:put|be|go) (?:\w+ )?forward|do (?:it|this)\b|send\w* (?:anything"
    r"|it|the form) in|commit\w*|attend|spare|accept)"
)

WITHDRAWAL = weighted(
    (4, rf"\b{_STOP}\b.{{0,60}}\b(?:{SENT}|place\b|name\b)|\b(?:{SENT}|name).{{0,40}}\b{_STOP}"),
    (3, rf"(?:{WE}|\b(?:board|trustees|committee|obliged|asked)\b).{{0,60}}\b{_STOP}"),
    (
        3,
        r"\b(?:withdraw\w*) (?:from|our|my|us|him|her|them|this|it|his)\b(?! (?:alcohol|drugs"
        r"|school|life))",
    ),
    (
        4,
        rf"\b{_CLOSE} (?:\w+ ){{0,3}}?(?:our|my|his|her|their|the) (?:\w+ ){{0,3}}?"
        rf"(?:{SENT}|place|file|names?|ours|nominee)(?: \w+){{0,3}}?"
        r" (?:closed|withdrawn|cancelled|void|off|out|back|over|ended)\b",
    ),
    (
        3,
        r"\b(?:cancel|retract|rescind|void|scrap|disregard|ignore|close|drop|strike|giv(?:e"
        rf"|ing) up) (?:\w+ )?(?:our|my|his|her|their|the) (?:\w+ ){{0,3}}?(?:{SENT}|place|file"
        r"|names?)\b|\bgiv(?:e|ing) (?:my|our|his|her|the) place\b",
    ),
    (4, rf"\b(?:take|remove|strike|delete|cross|scratch|leave|count) .{{1,60}}? {_OFF}\b"),
    (3, r"\b(?:take|count|leave) (?:us|me|our name|my name) (?:off|out)\b"),
    (
        3,
        rf"(?:{WE}|\b(?:us|board|trustees|committee|team|partners|he|she)\b).{{0,60}}{NEGATION}"
        rf"(?! (?:sure|certain|clear)).{{0,40}}\b{_GO_ON}",
    ),
    (
        3,
        r"(?:\bnot\b|n't\b|\bagainst\b) (?:\w+ ){0,2}?(?:proceeding|going ahead|continuing|applying"
        r"|taking part|carry(?:ing)? on|bidding|to proceed|to continue|to apply|to go ahead)\b",
    ),
    (
        3,
        r"\b(?:manager|boss|employer|ward|service|team|board|they|she"
        rf"|he)\b.{{0,20}}{NEGATION}.{{0,20}}\b(?:spare|release|let|allow|support)\b"
        r"|\bforget (?:i|we|that|about|it)\b",
    ),
    (
        3,
        r"\bsecond thoughts\b|\bleave it (?:this|for|till|until)\b|\bchang\w+ (?:our|my|his"
        r"|her) minds?\b",
    ),
    (
        2,
        r"\b(?:give|offer) .{0,30}\bto (?:some ?(?:body|one)|another|others?|the next)"
        r"|\b(?:stop|no more) (?:\w+ )?reminders\b|\bdon't (?:hold|keep) (?:a|our|my|the) place",
    ),
    (
        1,
        r"\b(?:sorry|regret\w*|afraid|sadly|unfortunately|best of luck|good luck)\b"
        r"|\b(?:next|another) (?:year|time|round)\b",
    ),
)
"""What takes it back."""
