"""Pure: how people add to, correct or withdraw what they sent before."""

from intake.understanding.triage.cue_phrases import BID, OUR, weighted

FOLLOW_UP = weighted(
    (
        3,
        r"\b(?:additions?|addendum|amendments?|corrections?|changes?|updates?|revisions?"
        rf"|postscript|clarifications?) to {OUR} (?:\w+ ){{0,3}}{BID}",
    ),
    (
        3,
        r"\b(?:to add|add(?:ing)?|adding this) to (?:what|the|my|our) (?:i|we|e-?mail|message"
        r"|note|expression|eoi|earlier|last|previous|form|details)\b",
    ),
    (
        3,
        r"\b(?:since|after|when) (?:we|i) (?:sent|wrote|e-?mailed|submitted|put in|contacted)\b"
        r"|\b(?:what|that|which) (?:i|we) (?:sent|submitted|wrote|told|gave|put|said)\b.{0,60}",
    ),
    (
        3,
        r"\b(?:i|we) (?:have |'ve )?(?:made|put|gave|given|typed|wrote|written|got) (?:a |an "
        r"|the |you |down )?(?:\w+ )?(?:mistake|wrong|error|typo|slip)\b",
    ),
    (
        2,
        r"\b(?:wrong|old|incorrect|mistyped|out of date) (?:phone |mobile |telephone |contact "
        r"|e-?mail )?(?:number|address|e-?mail|name|spelling|details|borough|version|file)\b",
    ),
    (
        3,
        r"\b(?:the |my |our )?(?:right|correct|new|current|proper|actual) (?:one|number|mobile"
        r"|phone|telephone|e-?mail|address|name|version|spelling|details?|title|lead"
        r"|contact) (?:is|are|should|follows|below)\b",
    ),
    (
        3,
        r"\b(?:please|pls|could you|can you|kindly) (?:also )?use \S+@\S+"
        r"|\b(?:please|pls|could you|can you|kindly) (?:also )?(?:change|update|amend|correct"
        r"|replace|add|note the change|swap|alter|remove|delete|use (?:this|my|the))\b",
    ),
    (
        3,
        r"\bi(?:'m| am) (?:now|taking over as|the new) (?:the )?(?:new )?(?:project )?(?:lead"
        r"|contact|person)|\b(?:is|will be|has become|takes over as"
        r"|taking over as) (?:now )?(?:the|our) new (?:project )?(?:lead|contact)|\b(?:has"
        r"|have) taken over\b|\b(?:change|changes) (?:of|to|in) (?:the "
        r"|our )?(?:project )?(?:lead|contact|details|address|number|plan|senior leader|partners?)",
    ),
    (
        3,
        r"\b(?:i |we )?(?:forgot|forgotten|omitted|neglected|meant"
        r"|should have) (?:to )?(?:mention|say|said|add|include|included|tell|told|attach"
        r"|attached|give|given|put)\b",
    ),
    (
        3,
        r"\b(?:as|that|which|details?|information|what) (?:you|was|were) (?:asked|requested"
        r"|wanted|needed)(?: for| us| me| of)?\b|\byou(?:'ve| have)? (?:asked|wanted"
        r"|requested)\b|\b(?:in|to) (?:answer|response|reply) to your (?:request|question"
        r"|e-?mail|message|letter|query)|\bto answer your (?:questions?|request|e-?mail)"
        r"|\bthe (?:missing|outstanding|remaining|other) (?:details?|information|bits?|pieces?"
        r"|things?)\b|\bhere'?s? (?:is |are )?(?:the rest|what was missing|what you (?:asked"
        r"|needed))",
    ),
    (
        2,
        rf"\bfurther to (?:my|our|the) (?:\w+ ){{0,3}}(?:e-?mail|message|note|letter|{BID}"
        r"|conversation|call)\b|\bfollowing (?:up )?(?:on )?(?:my"
        rf"|our) (?:\w+ ){{0,3}}(?:e-?mail|message|note|letter|{BID})\b",
    ),
    (
        2,
        r"\b(?:nothing|the rest|everything) (?:else )?(?:has changed|is unchanged|is the same"
        r"|stays|remains)\b|\bdoesn'?t? change\b|\bchanges the summary\b",
    ),
    (
        2,
        r"\b(?:has|have) (?:now |since |also |just )?(?:agreed|confirmed|joined|come on board"
        r"|said (?:yes|s?he'?ll|they'?ll)|left|been seconded|moved|signed up)\b.{0,80}|\b(?:are"
        r"|is) now (?:on board|also|with us|part of|our senior)\b",
    ),
    (
        2,
        r"\b(?:one|two|three|a few|some|couple of) (?:more |further |other )?(?:things?|points?"
        r"|details?|corrections?|changes?|additions?|updates?) (?:more )?(?:to (?:add|change"
        r"|correct|tell)|more|since|i)\b|\bone more thing\b|\bone last thing\b",
    ),
    (
        2,
        r"\b(?:sorry|apologies),? (?:i |we )?(?:should|forgot|meant|missed|left|the number"
        r"|my number|was|for (?:the )?(?:omission|confusion|mistake|missing))",
    ),
    (
        2,
        r"\bhello again\b|\bme again\b|\b(?:my|our) (?:earlier|previous|last|first"
        r"|original) (?:e-?mail|message|note|expression|eoi|letter|submission|nomination|form)\b"
        r"|\b(?:updated|revised|corrected|amended) (?:summary|version|details?|title|form|eoi"
        r"|expression|list|number)",
    ),
    (
        2,
        r"\binstead of\b.{0,60}\b(?:number|name|lead|office|nominee|nomination)|\b(?:replac(?:e"
        r"|ing)|in place of|swap(?:ping)?)\b.{0,60}\b(?:nominee|nomination|with|lead|by)",
    ),
    (
        1,
        r"\bthank(?:s| you)(?: very much| so much)? for (?:the|your|sending) (?:pack"
        r"|application pack|reply|quick reply|e-?mail|message|letter|prompt)",
    ),
    (
        1,
        r"\b(?:my|our|the) (?:mobile|number|phone|telephone|direct line|organisation|area"
        r"|footprint|ics|role|job title|title|name) (?:is|are|should be)\b",
    ),
    (
        3,
        r"\b(?:number|address|e-?mail|mobile|phone|telephone|name|spelling|title|postcode|date"
        r"|figure|organisation|role|details?)(?: \w+){0,6}? (?:was|is|were|are) (?:wrong"
        r"|incorrect|misspelt|misspelled|mistyped|out of date|not right|an old one)\b",
    ),
    (
        2,
        r"\b(?:it|that|this|which|number|name|address) should (?:be|read|say|have (?:been|read"
        r"|said))\b",
    ),
    (
        2,
        r"\b(?:i|we) (?:sent|submitted|e-?mailed) (?:\w+ ){0,4}?(?:yesterday|earlier|last"
        r"|on (?:the |mon|tue|wed|thu|fri|sat|sun)|this morning|already)",
    ),
    (
        2,
        r"\b(?:update|correct|amend|change) your (?:records?|list|files?|notes)\b"
        r"|\bplease note (?:that )?(?:the|our|my) (?:new|correct|change)",
    ),
    (
        3,
        r"\b(?:gave|given|put|sent|wrote|typed|used|quoted|supplied|included|had"
        r"|got)\b.{0,40}\b(?:wrong|old|incorrect|out of date) (?:\w+ )?(?:number|address|e-?mail"
        r"|name|spelling|details?|borough|version|file|title)\b|\b(?:spelt|spelled|typed|wrote"
        r"|put|gave)\b.{1,60}\b(?:wrong|wrongly|incorrectly)\b",
    ),
    (
        3,
        r"\byou(?:'ve| have)? (?:already |should |will )?(?:have|got|received|had|hold) (?:our"
        rf"|my) (?:\w+ ){{0,3}}{BID}|\bsince (?:writing|sending|submitting|e-?mailing|we last"
        r"|i last|my last|our last|then we|then i)\b",
    ),
    (
        2,
        r"\b(?:we|i)(?:'ve| have)? (?:now |finally )?(?:settled on|chosen|decided on"
        r"|come up with|found) (?:a |the |our )?(?:title|name|senior leader|date|partner)"
        r"|\bon file with\b|\bjoined by\b",
    ),
    (
        3,
        r"\byou (?:wrote|e-?mailed|rang|called|phoned|were|are|replied)(?: \w+){0,3} (?:asking"
        r"|to ask)\b|\byou(?:'re| are| were) asking (?:for|about|which|who|what)\b",
    ),
    (
        2,
        r"\bmy new (?:mobile |phone |e-?mail )?(?:number|address)\b|\bnew (?:mobile "
        r"|phone )?number is\b|\bjust so (?:that )?you know\b|\bwe do now\b",
    ),
)

WITHDRAWAL = weighted(
    (
        3,
        rf"\bwithdraw(?:ing|n|s)? (?:{OUR}) (?:\w+ ){{0,4}}{BID}|\bwithdraw(?:ing)? (?:our"
        r"|my)(?:sel\w+| name| nomination)",
    ),
    (
        3,
        r"\b(?:we|i)(?:'ve| have| must| need| would like| wish| want| are| am|'re|'m|'d like"
        r"|'ll| will| shall| are going| 'm going| regret| decided| have decided|'ve decided"
        r"| feel| think)(?: \w+){0,7} to withdraw\b|\b(?:we"
        r"|i) (?:\w+ ){0,4}withdraw(?:ing)?(?: from| at this|[.,])",
    ),
    (
        3,
        r"\b(?:have|has|going|need|having|forced|obliged|like|want|wish|decided|must|will|are|is"
        r"|am|we're|i'm) (?:\w+ ){0,2}?(?:to )?(?:pull(?:ing)? out|drop(?:ping)? out"
        r"|bow(?:ing)? out|back(?:ing)? out|step(?:ping)? (?:back|aside|down) from (?:ace|the"
        r"|this))",
    ),
    (
        3,
        rf"\b(?:take|remove|delete|strike|scratch|cross) (?:us|me|our (?:\w+ ){{0,3}}{BID}"
        rf"|my (?:\w+ ){{0,3}}{BID}|our name|my name) (?:off|from|out)\b|\b(?:take|remove|delete"
        r"|strike) it (?:off|from|out of) (?:the|your) (?:list|books?|files?)\b",
    ),
    (
        3,
        r"\b(?:take|remove|delete|strike|pull) (?:\w+ ){0,4}?(?:of )?(?:our|my|the|these|those"
        r"|them)"
        rf"(?: \w+){{0,3}}? (?:{BID}|names?|both|all) (?:off|from|out|back)\b"
        rf"|\b(?:treat|consider|regard|mark|count) {OUR} (?:\w+ ){{0,3}}{BID} as (?:now )?"
        r"(?:closed|withdrawn|cancelled|void|dropped|over|ended)\b",
    ),
    (
        3,
        r"\b(?:cancel|retract|rescind|disregard|ignore|close|scrap"
        rf"|void) (?:{OUR}) (?:\w+ ){{0,3}}{BID}",
    ),
    (
        3,
        r"\b(?:no longer|not) (?:\w+ )?(?:wish(?:es)?|want(?:s)?|able|in a position|intend"
        r"|hoping|planning|going|looking|like|seeking|be|being)? ?(?:to )?(?:be |go |going "
        r"|able to )?(?:proceed|proceeding|take part|taking part|participate|apply|applying"
        r"|be considered|considered|pursue|pursuing|pursued|continue|continuing|go ahead|ahead"
        r"|take (?:this|it|our|up)|submit|submitting)\b",
    ),
    (
        3,
        r"\b(?:won't|will not|cannot|can't|can no longer|shan't|unable to|not able to) (?:now "
        r"|therefore |unfortunately |sadly )?(?:be )?(?:proceed|proceeding|take part|taking part"
        r"|participat\w+|pursu\w+|submit\w*|apply\w*|go(?:ing)? ahead|continu\w+|take up (?:his"
        r"|her|the|my|our|their) place|attend|accept (?:the|our|my) place)\b",
    ),
    (
        3,
        r"\bdecided (?:\w+ ){0,3}(?:not to|against)\b.{0,60}\b(?:proceed|apply|bid|submit"
        r"|continue|go ahead|pursue|take part|applying|going|put|it|this|bidding)",
    ),
    (
        2,
        r"\b(?:don't|do not) (?:hold|keep|reserve|send) (?:a |our |my |us |me )?(?:place|spot"
        r"|any more|anything|further|the pack|reminders?)\b|\b(?:give|offer) (?:our|my|his|her"
        r"|the) place to\b",
    ),
    (
        1,
        r"\bwithdraw(?:al|ing|n)?\b|\bpull(?:ing)? out\b|\b(?:sorry|regret|sadly"
        r"|unfortunately)\b|\bnext (?:year|time|round)\b",
    ),
    (
        3,
        rf"\b(?:stand(?:ing)?|stood) down (?:{OUR}) (?:\w+ ){{0,3}}{BID}|\bgiv(?:e|ing) (?:it"
        r"|this|that|(?:my|our|the|his|her) place) up\b|\bgiv(?:e|ing) up (?:my|our|the|his"
        r"|her) place\b|\bgive (?:it|(?:my|our|the) place) to (?:some ?body|some ?one|another"
        r"|the next)",
    ),
    (
        2,
        r"\b(?:cannot|can't|can no longer|unable to|not able to|won't be able to) (?:now "
        r"|really )?(?:commit|spare|release|take this on|manage (?:it|this))",
    ),
    (
        3,
        r"\b(?:we|i)(?: \S{1,20}){0,12} (?:must|shall|will|have to|need to|regret to|wish to"
        r"|would like to|am|are|'m|'re)(?: \w+){0,2} withdraw(?:ing)?\b(?! (?:from (?:alcohol"
        r"|drugs|school|services|life|contact)))",
    ),
    (
        3,
        r"\bcancel (?:ours|mine|us|our place|my place)\b|\b(?:close|shut|drop) (?:our"
        r"|my) (?:file|case|record|entry|place)\b|\b(?:isn't|is not|not"
        r"|won't) (?:going to )?work(?: out)? for us\b",
    ),
)
