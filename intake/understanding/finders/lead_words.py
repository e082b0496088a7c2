"""Pure: how people say who leads: of somebody named, of themselves, and of who led before."""

import re

from intake.understanding.finders.organisation_words import ROLES
from intake.understanding.texts.patterns import cues

_WORK = (
    r"(?:it|this(?: one)?|us|(?:the|our|my|this|that|your|its|his|her) (?:[\w'’-]+ ){0,3}?"
    r"(?:project|bid|work|idea|proposal|scheme|application|submission|pilot|thing))\b"
)
"""What is led."""
_QUALIFIED = (
    r"(?:(?:project|overall|named|programme|new|acting|interim|main|sole|proposed|official"
    r"|designated|actual) ){0,3}"
)
_JOB = "|".join(sorted(ROLES - {"lead", "leader", "officer", "candidate"}))
_DUTY = (
    rf"(?: (?:(?!(?:and|for|on|of|at|with|from)\b)[\w-]{{2,20}} )?(?:{_JOB})\b"
    r"| (?:officer for|role|time|in\b)| (?:for|on|of|at|within)\b"
    rf"(?! (?:ace\b|{_WORK})))"
)
"""What follows `lead` where that is a job, not the leading of the project."""
_LEAD = (
    rf"(?:{_QUALIFIED}(?:(?:project|overall|named) lead(?:er)?|lead (?:officer|applicant|contact"
    rf"|person)|lead(?:er)?(?!{_DUTY})|applicant)|(?:person|one) (?:in charge|responsible)"
    rf"|(?:person|one|name) (?:who|that)(?:['’]s|['’]ll| is| will)?(?: be| to)? lead(?:s|ing)?)\b"
)
_AS_LEAD = rf"(?:(?:the|our|its|your|their|my|a) )?{_LEAD}"
_DOES = (
    rf"(?:lead(?:ing)?(?: (?:on )?{_WORK}| for us| if\b| himself| herself|(?=\s?[.,;()]|$| and\b))"
    rf"|(?:head|front|run|steer|direct|driv|manag|coordinat)(?:ing|ning|e)? (?:up )?{_WORK}"
    rf"|(?:head|front|driv)(?:ing|e)? {_WORK} up"
    rf"|tak(?:e|ing) (?:(?:the|over the) lead|charge|the reins|{_WORK} (?:on|over|forward|up)"
    rf"|(?:on|over|forward|up) {_WORK}|over(?= from| as|[.,;]|$))|(?:now )?do(?:ing)? (?:it|this)"
    rf"|(?:be )?in charge(?! of (?!{_WORK}))|act(?:ing)? as {_AS_LEAD}|be(?:ing)? {_AS_LEAD}"
    r"|step(?:ping)? in\b)"
)
"""What somebody does who leads, behind `will`, `is`, `has agreed to`."""
_WILL = (
    r"(?:(?:will|would|shall|is to|is going to|(?:has|have) (?:\w+ )?(?:agreed|offered"
    r"|promised) to"
    r"|(?:is|was) (?:happy|willing|keen|ready) to|(?:wants|would like|wishes) to)|['’](?:ll|d))"
    r"(?: (?:now|also|then|instead|be|kindly))*"
)
_LEADS = (
    rf"(?:{_WILL} {_DOES}|(?:is|['’]s)(?: now| instead)? (?:{_DOES}|{_AS_LEAD})"
    rf"|leads(?: (?:on )?{_WORK}| (?=and\b)|(?=\s?[.,;()]|$))|(?:heads|fronts"
    rf"|runs)(?: up)? {_WORK}"
    rf"|(?:takes|has taken) (?:over(?= from| as|[.,;]|$)|the lead|on {_WORK}|{_WORK} (?:on|over)))"
)
"""The same as somebody's predicate."""
_FRONT = r"(?:(?:our|my|the|your|its|their|an?|now) (?:[\w'’&/-]+,? ){0,6}?)?$"
"""A post or a word of introduction right before a name."""
_LOOSE_FRONT = r"(?:our |my |the )?(?:[\w -]{0,40},? )?$"

NAMED_BEHIND = cues(
    rf"\b(?:on|in) behalf of {_LOOSE_FRONT}|\bfor and on behalf of $|\b(?:in the name|on the"
    rf" instructions?|at the request|on instructions?) (?:of|from) {_FRONT}",
    r"\b(?:swap|chang|switch|transferr?|hand|mov|pass)\w*\b[^.;!?]{0,30}\b(?:lead(?:er|ership)?"
    rf"|over|reins)\b[^.;!?]{{0,60}}? (?:to|with) (?:be )?{_FRONT}",
    rf"(?:^|\b(?:the|our|my|your|its|their|whose|new|now|as|and) |: )"
    rf"(?:{_LEAD}|{_QUALIFIED}lead(?:er)?"
    r" (?:for|on|of|from|behind) [^.;:]{2,60}?)(?:,? (?:is|will be|would be|is to be|becomes"
    r"|to be)(?: now)?|,|:) "
    rf"{_LOOSE_FRONT}",
    rf"\b(?:lead(?! (?:{_JOB})\b)|leading)\b[^.;!?]{{0,60}}\b(?:it['’]s|it is|that['’]s|that is"
    rf"|for)(?: now)? {_FRONT}|\bleading (?:on )?{_WORK}(?: is| will be|:) {_FRONT}"
    rf"|\bleading is {_FRONT}",
    r"\b(?:voted|chosen|elected|lead(?:er)?)\b[^.;!?]{0,60}\b(?:it['’]s|it is|for)(?: now)? $"
    r"|\blead(?:er)?\b[^.!?]{0,60}; it is now $",
    r"\bin charge\b[^.;!?]{0,30}?(?: is| it['’]s| it is| will be| would be|:)"
    rf" {_LOOSE_FRONT}|\b(?:not|isn['’]t) (?:me|in charge)\b[^.;!?]{{0,20}}"
    rf"(?:it['’]s|it is|but) {_LOOSE_FRONT}",
    rf"\b(?:will be|would be|is|being|to be|and) (?:led|headed(?: up)?|run|fronted) by {_FRONT}"
    rf"|\bunder the (?:direction|leadership|charge) of {_FRONT}",
    r"\b(?:submit|send|writ|reply|return|forward|typ|pass|attach|enclos)\w*(?: (?:this|it|these"
    r"|the \w+))?(?: (?:in|on|off|up|down|along))?(?: (?:with,? )?(?:and,? )?for,?)"
    r" (?:our |my )?(?:[\w -]{0,30},? )?$",
    r"\b(?:please |kindly )?(?:reply|respond|write|writing|talk|talking|speak|send everything"
    r"|address (?:any|all) \w+|direct (?:any|all) \w+) to $|\b(?:please|kindly) (?:answer|copy) $"
    r"|\ball (?:letters|correspondence|questions|mail|e-?mails?|replies|queries) to $",
    r"\b(?:person|one|name|man|woman|lady|colleague) (?:to (?:deal|speak|talk|write|contact|ask"
    rf"|reply|address)\b[^.;!?]{{0,20}}|you (?:want|need)|behind (?:it|this)) is {_FRONT}"
    r"|\b(?:deal|liaise|correspond) (?:directly |only )?with $",
    rf"\b(?:been )?asked by {_LOOSE_FRONT}",
    r"\b(?:person|one|man|woman|colleague) (?:who|that)(?:['’](?:s|ll)| will| is| would)?"
    rf"(?: (?:actually|really|be|going to))* {_DOES} (?:is|will be) {_FRONT}",
    rf"\b(?:person|one|name) (?:responsible|answerable) for [^.;:!?]{{2,40}}? (?:is"
    rf"|will be) {_FRONT}"
    r"|\b(?:treat|take|read|regard|consider|count) (?:this|it) as (?:coming |being "
    r"|sent )?(?:from|by)"
    rf" {_FRONT}",
    rf"\b(?:writ(?:e|ing)|reply(?:ing)?|answer(?:ing)?|send(?:ing)?)(?: (?:this|it"
    rf"|to you))? in (?:the )?"
    rf"(?:place|stead) of {_FRONT}",
    r"\b(?:(?:you(?:r (?:letter|message|e-?mail))?|ACE|your office) (?:asked|ask(?:s|ed)? us"
    r"|wanted|want|requested"
    r"|need|needed|enquired)|your request|as requested)\b[^.;!?]{0,60}\b(?:number|mobile"
    r"|telephone|phone|details"
    rf"|e-?mail|address|organi[sz]ation|role|title|line) (?:for|of) {_FRONT}",
    r"\b(?:main|lead|named|first) (?:point of )?contact(?: for [^.;:]{2,40}?)? (?:is|will be)"
    rf" {_FRONT}|\bcontact for {_WORK} (?:is|will be) {_FRONT}",
    rf"\b(?:interest|application|proposal|bid|submission|letter) (?:of|from|by) {_FRONT}",
    r"\bi(?:'m| am|’m) (?:the )?(?:p\.?a\.?|secretary|assistant|personal assistant"
    r"|executive assistant|medical secretary) (?:to|for) $",
)
"""What stands right before the name of who leads, or for whom the message is written."""

NAMED_BEFORE = cues(
    rf"^[^.!?]{{0,90}}?(?:\b|(?=['’])){_LEADS}",
    rf"^[^.!?]{{0,40}}?,? (?:down |to be (?:\w+ )?)?as {_AS_LEAD}",
    rf"^,? \(?(?:who is |is )?{_AS_LEAD}(?=[,.;)]| (?:and|is|will|for|on)\b|$)",
    rf"^[^.!?]{{0,40}}? (?:who(?:['’]s| is| will be)?|the one) (?:{_DOES}|to {_DOES})",
    rf"^[^,.;!?]{{0,40}}(?:,[^,.!?]{{0,60}},)? to {_DOES}",
    r"^['’]s (?:project|bid|expression of interest|application|interest|proposal|work(?= and"
    r"| not|[.,;])"
    r"|show|baby)\b",
    r"^[^.!?]{0,90}?\b(?:(?:has|have|had)? ?(?:asked|requested|instructed|invited|got|wants?"
    r"|wished|wishes|would like)(?: for)? (?:me|us) to\b(?! (?:use|apply|lead|join|help|take|run"
    r"|chair|come|think|try|host|be)\b)|told (?:me|us) to (?:send|submit|forward|type|put (?:his"
    r"|her|their|it|this)|fill|reply|answer|register|return))\b",
    r"^[^.!?]{0,120}?\b(?:wishes|wants|would like|is keen|hopes|has asked) to (?:nominate|put"
    r"|propose|submit|express|register|apply|enter|bid|lead)\b",
    r"^[^.!?]{0,150}?\b(?:i(?:'m|’m| am|['’]ve been|'ve)|and) (?:\w+ ){0,4}(?:typing|writ\w+|send"
    r"\w*|submit\w*|fill\w*|doing|type) (?:this|it|in)\b[^.!?]{0,20}? (?:(?:for|on behalf of)"
    r" (?:her|him|them)|in (?:his|her|their) name)\b",
    r"^[^.!?]{0,60}?,? in whose name\b"
    r"|^[^.!?]{0,60}?\b(?:(?:has|had) )?dictated (?:this|the|what)\b",
    r"^ will be (?:your|the|our) (?:main )?contact\b|^(?:, (?:who|that))? runs (?:it|this)\b",
)
"""What follows the name of who leads, or for whom the message is written."""

NOT_LEAD = cues(
    r"\bsenior (?:leader|sponsor|lead)\b",
    r"\bnot\b(?! (?:me|in charge|leading|the lead)\b)",
    r"\b(?:with|having) (?:me|myself|us)\b",
    r"\bno longer\b|\bwas (?:going )?to\b|\bdeputy lead|\bcoaching\b"
    r"|\byour (?:office|team|helpdesk|staff)\b",
)
FOR_ONE_THING = cues(
    r"\bif (?:you|it|there|anyone|anybody)\b[^.;!?]{0,20}\b(?:a|an|the) "
    r"(?!(?:lead|person|contact|project|team)\b)[^.;!?]{2,60}$"
)
"""What stands before the name of somebody who is to be asked for one thing: `If you need a budget
code, speak to …`."""
USED_TO_LEAD = cues(
    r"\b(?:was|were|had (?:hoped|planned|meant|wanted)|original(?:ly)?|used to|would have|meant to"
    r"|supposed to)\b[^.;!?]{0,60}$",
    r"\b(?:from|instead of|rather than|replac\w+|in place of|succeed\w*"
    r"|unlike)(?<!writing in place of)(?<!write in place of)(?<!this in place of) (?:the )?$"
    r"|\byour (?:own )?(?:colleague|director|chair|chief executive),? $",
)
"""What stands before somebody who led, or was to, and does no more."""

I_LEAD = cues(
    rf"\bi(?:['’]m| am|['’]ll| will| would|['’]d| shall| am to|['’]ve| have)(?! (?:not|never)\b)"
    rf"(?: (?:now|also|be|going|to|agreed|want|like|love|happy|willing|the one|have|kindly|been"
    rf"|taken)){{0,4}} (?:{_DOES}|{_AS_LEAD}|over(?= from| as| her| his| their| the lead|[.,;]"
    rf"|$))",
    rf"\bwhich i (?:will be leading|lead|am leading)\b|\bi lead {_WORK}",
    r"\bi(?:['’]m| am| have|['’]ve) (?:taking|taken) over\b",
    rf"\b(?:treat|put|take|read|regard|name|list|have|register|with) me(?: down)? (?:as {_AS_LEAD}"
    r"|instead)",
    r"\blead(?:er)?(?: (?:is|will be|would be)(?: \w+)?|:) (?:me|myself)\b",
    r"\bso (?:it['’]s|it is|that['’]s) (?:now )?me\b",
)
"""What a writer says who leads."""

SHE_OR_HE = re.compile(r"^(?:\w+,? )?(?:She|He|They|she|he|they)\b")
"""How a sentence goes on about who was named in the one before."""
REQUEST = re.compile(r"^(?:\w+,? ){0,3}?(?:would|could|can|will|may|might) (?:you|we|i)\b", re.I)
"""How a question begins that asks for nothing but that something be done."""
