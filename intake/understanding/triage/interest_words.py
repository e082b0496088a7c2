"""Pure: how people put a project or a person forward, and send the form back."""

import re

from intake.understanding.triage.cue_phrases import DETAIL, EOI, OURS, TAKE_PART, WE, weighted

NAMES_EXPRESSION = re.compile(rf"\b{EOI}")
"""The thing itself, by any of its names."""

_WISH = (
    r"(?:like|love|wish\w*|want\w*|hop(?:e|ing)|intend\w*|propos\w+|keen|eager|interested|delighted"
    r"|pleased|happy|willing|glad|ready|plan\w*|honoured|grateful|up for|ask|aim\w*)"
)
_SUBMIT = (
    r"(?:express|regist|record|note|declar|confirm|signal|log|accept|tak|treat|consider|regard"
    r"|receiv|count|find|submit|send|attach|enclos|lodg|mak|offer|present|shar|put|enter|propos"
    r"|see|here is|here's|this is|below is|herewith|hereunder)\w{0,4}"
)
_LIST = r"(?:put|mark|count|note|log|enter|add|have)"
_US = r"(?:us|me|him|her|them|ourselves|myself|itself|themselves|(?:our|my|a|\w+'s) (?:hat|name)s?)"
_NEW = r"(?:separate|new|another|second|different|fresh)"

INTEREST = weighted(
    # we would like to take part
    (3, rf"{WE}.{{0,60}}(?<!n't )(?<!not )\b{_WISH}\b.{{0,45}}\b{TAKE_PART}"),
    (3, rf"\b(?:intention|wish|interest(?:ed)?|decided|keen|minded|ready) (?:to|in) {TAKE_PART}"),
    (
        3,
        rf"(?<!you )(?<!who )\b(?:would|'d|wish(?:es)?|wants?|hopes?"
        rf"|aims?) (?:\w+ )?(?:{_WISH} )?to"
        rf" (?:\w+ )?{TAKE_PART}",
    ),
    (3, r"\b(?:will|shall|intends? to|plans? to) (?:be )?(?:bid|apply|submit|enter|taking part)"),
    (
        2,
        rf"(?:{WE}.{{0,20}} |^|\n )(?:interested|keen|up for)\b(?! (?:to know|in knowing|whether))",
    ),
    (3, r"\bconsider (?:us|our)\b|\b(?:we're|(?<!we )were|count (?:us|me)) in\b(?=[.!]|$|\n)"),
    (
        3,
        r"(?:^|\n )yes (?:to|from)\b(?! (?:the (?:first|second|third|last|other)|both|that"
        r"|\w+day))|\bhats? (?:\w+ )?(?:in(?:to)? the ring|thrown|flung)\b|\b(?:is"
        r"|writing) to (?:register|enter|enrol) (?!for\b|on\b)",
    ),
    (
        3,
        rf"\b(?:would|wish\w*|wants?|hopes?) (?:like )?to (?:put forward|{_SUBMIT}|suggest) (?:an?"
        r"|our|her|his|their|the) (?:\w+ ){0,2}?(?:project|idea|proposal|bid)\b",
    ),
    (
        3,
        r"\b(?:attach\w*|enclos\w*)\b.{0,40}\b(?:outline|page|summary|description|note)\b.{0,20}"
        r"\b(?:idea|project|proposal)\b",
    ),
    # here it is
    (
        3,
        rf"(?<!not )(?<!n't )\b{_SUBMIT}\b(?! (?:our|my"
        rf"|the) (?:\w+ )?{DETAIL}).{{0,60}}\b(?:{EOI}|(?:an?|our|my"
        r"|some|its|their|his|her) (?:\w+ )?interest\b)",
    ),
    (
        3,
        rf"\b{_SUBMIT} (?:\w+ ){{0,3}}?(?:our|my|an?|this|the following) (?:\w+ ){{0,2}}?"
        r"(?:proposals?|submission|pitch|bid|idea)\b(?! form)",
    ),
    (3, rf"{EOI}.{{0,30}}\b(?:attached|below|herewith|enclosed|follows|as requested|from us)\b"),
    (3, rf"{OURS} (?:\w+ ){{0,2}}{EOI} (?:is|for|from)\b"),
    (3, rf"\b(?:is|as) (?:\w+,? ){{0,3}}{_NEW},? (?:\w+ )?(?:{EOI}|project|idea|bid|proposal)"),
    # put us down
    (
        3,
        rf"(?<!has )(?<!have )\b(?!have (?:us|me) down (?:for|as)\b)(?:putting|throw\w*|chuck|get"
        rf"|sign|{_LIST}) {_US} (?:\w+ )?"
        r"(?:forward|down|in|into|up|on)\b(?! touch)",
    ),
    (3, r"\b(?:please |to )(?:register|enter|enrol|include|count) (?:us|me|our)\b"),
    (3, r"\b(?:hold|keep|reserve|save) (?:us |me )?(?:a|our|my) (?:place|space|spot|slot)\b"),
    (3, r"\b(?:add|put) .{1,50}? (?:to|on) (?:(?:your|the) list|those who)\b"),
    # what those do who take part
    (
        2,
        r"\b(?:send|forward|let|have|glad of|get|see) (?:me |us )?(?:have )?(?:the|your"
        r"|an?) (?:\w+ )?(?:packs?|forms?|materials|paperwork)\b",
    ),
    (
        2,
        r"\b(?:summary|details?|write-?up|text|more|rest)\b.{0,20}\b(?:follow|coming"
        r"|at the weekend)",
    ),
    (2, r"\b(?:project|proposed|our|the) (?:lead|leader) (?:is|will be|would be|for this)\b"),
    (
        2,
        r"\bi(?:'ll| will| would|'d| shall| am to) (?:be )?(?:the|its"
        r"|your)? ?(?:project )?(?:lead\b"
        r"|leading|running|run (?:it|this|the)|in charge)|\bme as the lead\b"
        r"|\bi(?:'m| am) the (?:one|person) (?:in charge|who(?:'ll| will|'d| would)? (?:lead|run))",
    ),
    (2, r"(?:^|\n )yes,? please\b"),
    (2, r"\b(?:our|my) (?:\w+ )?interest (?:is|lies|would be) in\b"),
    (1, rf"\b{EOI}"),
)
"""What states a wish to take part."""

INTEREST_ASKED = weighted(
    (2, rf"\b(?:can|could|may|might|would) (?:we|i|u|you) (?:please )?(?:register|submit|{_LIST})"),
    (3, rf"\b(?:can|could|will|please|pls)\b.{{0,12}}\b{_LIST} [^,.?]{{1,60}}? (?:down|forward)\b"),
    (2, rf"\b(?:too late|still time) to {TAKE_PART}"),
    (
        3,
        r"\bany chance\b.{0,30}\b(?:be|of (?:our |my )?being) (?:\w+ )?(?:one|part|in|considered"
        r"|added)\b",
    ),
    (2, r"\bmay (?:we|i) be considered\b|\bhow about (?:us|this|our)\b"),
)
"""What asks to take part, and is no question."""

PROPOSAL = weighted(
    (1, r"\b(?:our|my|the) (?:idea|plan|proposal|aim|hope|vision)\b|\b(?:idea|plan)(?: is|:)"),
    (1, rf"{WE}.{{0,20}}\b{_WISH}\b|\bproposes? (?:to|a|that)\b"),
    (1, r"(?:^|\n )(?:what|how) about\b|\bgive us\b"),
    (1, rf"{WE} (?:need|(?:are )?ask(?:ing)? for)\b|\b(?:if|what) {WE}\b.{{0,60}}\b[cw]ould"),
    (1, rf"{WE} [cw]ould (?!like|love)\w+|\b(?:we|i)'d (?!like|love|be|rather)\w+"),
    (1, r"\btogether\b|\bround (?:one|the|a|that) table\b|\b(?:join|alongside|team up|pilot)\b"),
    (1, r"(?<!you )\b(?:would|'d) (?:\w+ )?(?:like|love|welcome|be (?:glad|happy|willing|keen))\b"),
    (1, r"\bpartners?(?:hip)?\b|\bsenior (?:leader|sponsor)\b|\b(?:on board|agreed|said yes)\b"),
)
"""What only shows that there is a project."""

_FORM = r"(?:application(?: form)?(?! pack)|form|paperwork)"

APPLICATION = weighted(
    (
        3,
        r"\b(?:completed|signed|fill(?:ed)?(?:[- ]in|[- ]out)?|finished|final|full|formal|scan\w*)"
        rf" (?:\w+ ){{0,4}}?{_FORM}\b(?!.{{0,30}}(?:\bby\b|due|deadline|until))",
    ),
    (
        3,
        r"\b(?:attach\w*|enclos\w+|return\w*|submit\w*|sending|sent|here is|here's|find)"
        rf" (?:\S+ ){{0,6}}?(?:application(?: form)?(?! pack)|{OURS} (?:\w+ ){{0,2}}form)\b",
    ),
    (
        3,
        rf"\b{_FORM} (?:\w+ ){{0,3}}?(?:attached|enclosed|below|herewith|follows|for (?:your|the))",
    ),
    (1, r"\bapplication\b|\bform\b"),
)
"""What sends the completed form."""

_PLACE = (
    r"(?:a place|the place|your list|\w+ places|cohorts?|nominat\w+|nominees?|(?:the|your)"
    r" (?:programme|course|five hundred))"
)
_SEVERAL = (
    r"(?:our|my|these|following|attached|below|two|three|four|five|six|seven|eight|nine|ten|\d+)"
)

NOMINATION = weighted(
    (3, rf"{WE}(?: \S+){{0,4}}? nominat(?:e|ing|ed)\b|\bto nominate\b|\bnominat(?:e|ing) \w+"),
    (
        3,
        rf"\bnominat(?:ed|ions?)\s*:|\bnominees?\s*:|\b{_SEVERAL} (?:\w+ ){{0,2}}?nomin(?:ation"
        r"|ee)s",
    ),
    (
        3,
        r"\b(?:recommend|suggest|propose|send|offer|enter|book|have|get|want|love|like|take"
        rf"|claim|put|grateful for)\b.{{0,60}}\b{_PLACE}",
    ),
    (3, r"\b(?:names?|nominees?) for (?:the |your )?(?:\w+ )?cohort\b|\bfor a place\b"),
    (3, r"\bmy application\b|\b(?:putting|put) in (?:for|as)\b|\bas (?:a|one) team\b"),
    (2, r"\b(?:can|could|may|might) (?:we|i) (?:\w+ )?(?:have|nominate|put|send|get|suggest)\b"),
    (
        3,
        r"\b(?:please|could you|would you|kindly) consider (?!(?:whether|if|th\w+|our|us|how|it|an?"
        r"|\w+ing)\b)\w+|\b(?:love|like|wish|want|keen) to (?:come|be|go) on (?:this|it|the)\b",
    ),
    (
        2,
        r"\bwould (?:be (?:\w+ )?(?:ideal|perfect|right|good|great) for (?:th|it|you)|get (?:so"
        r"|such|a lot))",
    ),
    (
        2,
        r"(?<!has )\b(?:recommend|suggest|propose|put|send)\b.{0,40}\b(?:forward|team|myself|name)",
    ),
    (3, r"\b(?:come|go|join|attend)\w* as (?:a pair|a group|an? \w+some|two|three)\b"),
    (3, r"(?:^|\n )(?:me|us|pick me|choose me),? please\b|\bme me\b"),
    (2, r"\bnominations? (?:from|for|of|below|attached|follow)\b|\bplaces? (?:please|for)\b"),
    (3, r"\b(?:what|how) about [\w'-]+ [\w'-]+ (?:from|of|at|who)\b"),
    (3, rf"{WE}(?: have)? (?:choos\w*|chosen?|pick(?:ed)?)\b(?! up)"),
    (2, r"\b(?:better|right|ideal|very|best|perfect) (?:person|people|candidate|woman|man) for\b"),
    (1, r"\bnominat\w+|\bhave (?:him|her|them|us)\b"),
)
"""What puts people forward."""
