"""Pure: how people ask, and say that nothing is decided yet."""

import re

from intake.understanding.texts.patterns import cues
from intake.understanding.triage.cue_phrases import EOI, TAKE_PART, WE, weighted

_WHAT = r"\b(?:if|whether|what|how|when|who|whom|which|where|why)\b"

_AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|can|could|may|might|should|must|has|have|would|will)(?:n't)?"
)
_SUBJECT = (
    r"(?:we|i|you|u|it|there|they|he|she|an?|the|our|my|this|that|these|those|all|any\w*|some\w*"
    r"|people)"
)
_FIRST = r"(?:and|but|so|also|thanks|(?:one|two|three|first(?:ly)?|second(?:ly)?|third(?:ly)?)),? "
_ASKED = r"(?:is|are|do|does|did|can|should|would|will|many|much|long|may|must|happens|if)"

OPENS_QUESTION = re.compile(
    rf"^(?!so \w+ (?:i|we|they|he|she)\W*$)(?:{_FIRST})?(?:{_AUXILIARY} {_SUBJECT}\b|(?:what|how"
    rf"|when|who|which|where) {_ASKED}\b)"
)
"""How a sentence begins that asks, with or without its question mark."""

ADDRESSES_US = re.compile(r"\b(?:you|your|we|us|our|i|my)\b")
"""Who asks, or is asked; a question without them is part of a story, or nobody's."""

_WONDER = (
    r"(?:wonder\w*|(?:like|want\w*|need|love|keen|nice|interested|hoping|me) to (?:know"
    r"|check|ask"
    r"|find out|hear)|(?:not|un|isn't|'m not) ?(?:sure|clear|certain)|curious|enquiring"
    r"|let (?:me|us) know|tell (?:me|us)|advise|clarify|explain|confirm|remind (?:me|us))"
)
_LACKING = (
    r"(?:nominate \w+sel|need|do next|happens next|missing|problem|received|require"
    r"|(?:any|some)thing)"
)

_NAMING = r" (?:us|it|the \w+) (?!back|on|at|when|to|about|\d)"

ASKING = weighted(
    (
        1,
        rf"(?:{WE}|\b(?:asked|want) (?:me|us)\b|^|\n (?:also,? "
        rf"|and )?).{{0,60}}(?<!will )(?<!'ll )(?<!you )(?<!you've )(?<!you have )\b{_WONDER}"
        rf" (?:\w+ ){{0,2}}?{_WHAT}(?!.{{0,30}}{_LACKING})",
    ),
    (
        1,
        r"\b(?:grateful|thankful|appreciate|helpful|useful|obliged|please|could you|need)\b.{0,40}"
        r"\b(?:steer|clarif\w+|advi[cs]e|guidance|an answer|clue|confirmation|explain)\b",
    ),
    (1, r"\b(?:quer(?:y|ies)|enquir(?:y|ies)|inquiry|things? to ask)\b"),
    (1, r"\b(?:quick|two|three|few|some|of|more|small|silly|my) (?:\w+ )?questions?\b"),
    (
        1,
        rf"{WE}.{{0,20}}\b(?:like|want\w*|need|keen) to understand (?:\w+ ){{0,2}}?{_WHAT}.{{0,60}}"
        r"\b(?:fund\w*|grants?|programme|appl\w+|money|cohorts?|panel)\b",
    ),
    (1, r"\bquestions? (?:about|regarding|for you|before|re)\b"),
    (
        1,
        r"\b(?:can|could|would) (?:you|some ?(?:one|body)) (?:\w+ )?(?:tell|confirm|clarify"
        rf"|explain|advise|say|point|ring|call(?!{_NAMING})|phone|(?:send|post) (?:me"
        rf"|us) (?:more|some|further"
        r"|the|a|info))",
    ),
    (1, r"\b(?:more|further|additional) (?:information|details?|info) (?:about|on|regarding)\b"),
    (
        1,
        rf"(?:{WE} (?:cannot|can't)|\bunable to|\b(?:doesn't|won't|does not|will not)) (?:\w+ )?"
        r"(?:open|download|access|type|load)\b|\bonly get an error\b",
    ),
)
"""Statements that ask."""

CHASES = cues(
    r"\b(?:heard|had|received|got) (?:\w+ )?(?:nothing|no (?:reply|answer|word|news))\b"
    r"|\b(?:not|n't|never) (?:yet )?(?:heard|received|had|come|arrived|turned up|got)\b"
    r".{0,30}(?:back|from you|yet|reply|answer|acknowledg\w+|packs?|forms?|it|anything|$|[.!?\n])"
    r"|\bstill (?:waiting|no sign|nothing)\b|\bhas (?:it|ours|mine) (?:arrived|come|got|reached)\b"
    r"|\bdid (?:ours|mine) (?:arrive|come|get|reach)\b"
)
"""Said by those who wait for an answer to what they sent."""

_CHANGE = r"(?:swap|change|add|correct|update|replace|amend)"
_TELL = (
    r"(?:please|kindly|also|just|tell|confirm|clarify|explain|advise|say|let|point|help"
    r"|send(?! (?:me |us )?the (?:pack|form)\b)"
    rf"|post|remind|give (?:me|us|some)|direct|ring|call(?!{_NAMING})|be\b|look|read|allow|extend"
    rf"|grant|mind"
    r"|accept\b(?!.{0,40}(?:expression|interest|nomination)))"
)

REQUEST = cues(
    rf"^(?:would|will|could) you be (?:so (?:good|kind)|able|willing) (?:as )?to (?!{_TELL})\w+",
    r"^.{0,80}\b(?:would|will|could|can) you\?$",
    r"^(?:could|can|may|might) (?:i|we) (?:please |just )?ask (?:that|you to|for .{1,40} to)\b",
    r"^(?:please,? |so,? |and |also,? )*(?:can|could|may|might) (?:we|i) (?:please |just "
    r"|also )*(?:swap"
    r"|substitute|exchange) (?!.{0,100}\b(?:if|when|once|after|later)\b)",
    rf"^(?:\w+,? )?(?:is it|would it be) (?:possible|okay|all right) (?:for us )?to {_CHANGE}\b"
    r"(?!.{0,100}\bor (?:do|does|would|will|is|are)\b)",
    r"^(?:(?:before|while|if|when|once|as|since|until|in which case|meanwhile|in the meantime)\b"
    r"[^,.?]{0,60}, )?(?:please,? |pls |so,? |and |also,? )*(?:can|could"
    r"|would|will) you"
    rf" (?:please |kindly |also |just )*(?!{_TELL})\w+",
)
"""Questions in form that ask for something to be done."""

COURTESY = cues(
    r"\bhope (?:you|that)\b|\bhow are you\b|\b(?:is|would) that (?:be )?(?:ok\w*|all ?right)\b",
    r"\bconfirm (?:safe )?receipt\b|\bdid (?:you|it) (?:get|receive|come|arrive)\b",
    r"(?:\bi think|i believe|i suppose|i guess|i assume|, right|, correct|isn't it|interested)\W*$",
    r"\bi (?:should |would |'d )?(?:think|guess|suppose|reckon|say) (?:that's|that is|it's|it is"
    r"|we're|we are)\b",
    r"\bwhat (?:else )?do you need\b|\bthing (?:else )?(?:you need|of use)\b|\bkind of thing\b"
    r"|\ball you need\b|\bhave you (?:thought of|considered|come across|met)\b"
    r"|^(?:what|how) about [\w'-]+ [\w'-]+ (?:from|of|at|who)\b",
    r"\b(?:something|this|that|ours?|it) (?:\w+ ){0,2}?(?:count|fit|qualify|suit)\b"
    r"|\bthat (?:do|help|work)\?",
    r"\bany chance (?:of|we|i)\b.{0,30}\b(?:one|part|place|in|considered)\b|\btoo late to\b"
    r"|\bis there (?:still time|a form)\b"
    r"|\b(?:can|could|may|might) (?:we|i|our \w+) (?:\w+ )?(?:see|look at) (?:the|your) (?:\w+ )?"
    r"(?:packs?|forms?|paperwork)\b",
    r"\b(?:permitted|allowed|possible|all right|ok(?:ay)?|can one|may one|can i|may i"
    r"|may an?\b.{1,20}?)"
    r" (?:to )?(?:nominate|put|propose|enter|suggest) (?:oneself|myself|ourselves|one's self"
    r"|(?:her|him"
    r"|them|one)self)\b",
    rf"\bis it possible to {TAKE_PART}",
    r"\b(?:can|could|may|might) (?:we|i|you|u|a person|one) (?:\w+ )?(?:have|get|take|join"
    r"|nominate|recommend|suggest|propose|put|add|be considered|swap|change|update|correct"
    r"|replace)\b(?!.{0,60}\b(?:what|how|when|more|longer|extension|extra|cost))",
)
"""Questions that ask nothing an organiser would have to find out."""

DENIED = re.compile(
    rf"(?:\bnot|n't) (?:\w+ ){{0,2}}?(?:an?|our|my) (?:\w+ )?(?:{EOI}|application\b|bid\b)"
    r"|(?:\bnot|n't) (?:\w+ )?(?:put|count|mark|log|note|enter|register|treat|take"
    r"|regard|count) (?:us|me|this|it)"
    r"\b(?: down| in| as| yet| for|\W)"
    r"|\b(?:only|just|merely|simply) an? (?:\w+ )?(?:question|query|enquiry)\b"
    r"|\bidle curiosity\b"
)
"""Said by those who take care not to be registered."""

PUZZLED = re.compile(
    r"\b(?:don't|do not|can't|cannot) (?:\w+ )?(?:understand|know|see|tell|make out)"
    r" (?:what|why) (?:it|this|that|your (?:letter|message|e-?mail))(?:'s| is) (?:for|about)\b"
    r"|\b(?:anything|something) to do with my\b"
)
"""Said by those who can't tell why they were written to: they ask nothing about the programme."""

NEXT_STEP = cues(
    r"\bnext steps?\b|\bdo next\b|\bsend\b.{0,30}\b(?:form|pack|paperwork)s?\b",
    r"\bthe (?:sort|kind) of\b|\b(?:would|could|can|might) (?:this|it|that|there) (?:be|work"
    r"|qualify)\b",
    r"^could (?!you|some|any|there)(?:\S+ ){1,8}?(?:do|work|try|help|get|meet|start)\b",
)
"""What those ask who have told of their project: they may have the answer with the form."""

_NOT = r"(?:\bnot\b|n't\b|\bno\b|\bnothing\b|\bnone\b|\bnobody\b|\bneither\b)"
_SETTLED = (
    r"(?:decided|firm|ready|agreed|settled|committed|concrete|promise|made up|nominating|signed up"
    r"|seeking|applying|asking for|put (?:any|some)thing|after (?:funding|money)|site of|funding)"
)

UNDECIDED = weighted(
    (2, rf"{_NOT}.{{0,30}}\b{_SETTLED}\b"),
    (2, r"\bno (?:project|proposal|idea|\w+ plans?|plans?) (?:as such|yet|at|in mind)"),
    (
        2,
        rf"\bbefore (?:{WE}|(?:our|my) \w+|any ?(?:one|body)|(?:she|he|they)(?:'ll| will))\b"
        r".{0,40}\b(?:decide"
        rf"|commit|go|put|start|submit|{TAKE_PART}|send|do (?:it|any|so|that|this)|mention|raise"
        rf"|take|invest|write|agree"
        r"|sign|say|spends?|approach|ask|let|talk|meet)\w*",
    ),
    (
        2,
        r"\bmay (?:or may not|(?:well )?never) (?:\w+ )?(?:come|go|send|apply|lead|happen|put)\b"
        r"|\bwhether (?:it|this|that|any of it) will (?:get|go|come|lead|be)\b",
    ),
    (
        1,
        r"\bhalf[- ](?:formed|baked|an idea|a thought|a notion|a mind)\b|\bearly days (?:yet"
        r"|for)\b",
    ),
    (
        2,
        r"\b(?:decid\w+|consider\w*|thinking (?:of|about)|weighing up|discuss\w*|debating"
        rf"|contemplating|toying with) (?:whether|if|{TAKE_PART}|putting|an? (?:application|bid))",
    ),
    (2, r"\b(?:only|just|purely|merely) (?:\w+ )?(?:after|looking for|seeking)\b"),
    (1, rf"\b(?:might|may) (?:want to |wish to )?{TAKE_PART}|\bif {WE} (?:did|do|were|decide)\b"),
    (1, rf"\bif (?:so|not|the answers?|this is)\b.{{0,60}}{WE}"),
    (
        2,
        r"\b(?:unsure|uncertain|not sure|don't know|wondering) (?:whether|if)\b.{0,60}"
        rf"\b(?:{TAKE_PART}|eligible|qualify|fit|worth|suitable)",
    ),
    (2, r"\bwouldn't want to send\b|\blook (?:over|at) (?:a|our|my|the) draft\b"),
)
"""What says that there is nothing to register yet."""
