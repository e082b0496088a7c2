"""Pure: how people add to or correct what they sent before."""

import re

from intake.understanding.triage.cue_phrases import (
    DETAIL,
    OURS,
    PLEASE,
    SENT,
    WE,
    weighted,
)

_WRONG = (
    r"\b(?:wrong\w*|incorrect\w*|mis(?:spel|typ|print|took)\w*|typos?|(?<!for )(?<!any )mistakes?"
    r"|(?<!in )error|slip|out of date|not right|old one|no longer right|correction)\b"
)
_CHANGE = (
    r"(?:change|correct|update|amend|replace|swap|alter|edit|add|remove|delete|use(?! (?:the|our"
    r"|this) (?:\w+ )?forms?\b)|note|take"
    r"|ignore|disregard)"
)
_GAVE = r"(?:sent|submitted|e-?mailed|wrote|written|registered|nominated|told|gave|given|put|said)"
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sun)(?:day)?"
_WHEN = (
    rf"(?:yesterday|earlier|last|on (?:the|{_DAY})|this morning|already"
    r"|in(?= (?:on|last|my|our|the))|in[.,])"
)
_FROM = (
    rf"(?:now on|here on|today|tomorrow|the \d+\w*|{_DAY}|january|february|march|april|may|june"
    r"|july|august|september|october|november|december)"
)

NEWS = weighted(
    # a request to change something
    (
        3,
        rf"(?:{PLEASE}|\bpossible to\b).{{0,40}}\b{_CHANGE}(?:e?d)?\b.{{0,60}}\b(?:{DETAIL}"
        rf"|both\b|{SENT})",
    ),
    (
        3,
        r"\b(?:please|pls|kindly|you)\b.{0,30}\b(?:use .{0,20}@"
        r"|(?:write|e-?mail|send \w+) to (?:me|(?!the |my |our |his |her )\w+ \w+)\b.{0,60}@)",
    ),
    (3, r"\buse (?:mine|this one|hers|his|my \w+)\b"),
    (3, rf"{PLEASE}.{{0,40}}\b(?:replace|swap|substitute|exchange) .{{1,60}} (?:with|for|by)\b"),
    (3, rf"{PLEASE}.{{0,20}}\bswap (?:me|him|her|us|them) (?:out|over|round)\b"),
    (2, r"\bplease (?:also )?add\b"),
    (3, rf"{PLEASE}.{{0,20}}\badd .{{1,60}}? to (?:it|ours|mine|that)\b"),
    # something is wrong
    (3, rf"{_WRONG}.{{0,60}}\b(?:{DETAIL}|{SENT})|\b{DETAIL}.{{0,60}}{_WRONG}"),
    (
        2,
        r"\b(?:gave|given|told|sent|put|typed|wrote|got|had)\b.{0,30}\b(?:wrong|old|out of date)\b",
    ),
    (2, r"\bit(?:'?s| is) .{1,40}\bnot\b(?! (?:me|i)\b)"),
    (2, r"\bgot a new (?:job|role|post|number|address|e-?mail)\b"),
    (2, r"\b(?:update|amend|correct|change) (?:your|the) (?:lists?|records?|files?|system)\b"),
    (3, rf"\bnote\b.{{0,30}}\b{DETAIL}.{{0,30}}\b(?:is|are|was|were|has|have)\b"),
    (2, rf"\b{DETAIL}.{{0,20}}\b(?:has|lacks|ends|begins|needs|with) (?:an?|one|two|no)\b"),
    (
        2,
        r"\b(?:is|will be|should be|it's) .{1,60}?,? (?:and|,) not (?!(?:a|the|yet|only|just"
        r"|always)\b)\w+",
    ),
    (
        3,
        r"\b(?:i|we) (?:put|wrote|typed|said) [^\n]{1,60} \n (?:it|that|this|they)(?:'s| is| are"
        r"| was| should)\b",
    ),
    # something is new
    (2, r"\bi(?:'m| am) (?:actually|in fact)\b"),
    (2, r"(?<!\w )(?:here is|here's) (?:one|it|ours|mine)\b"),
    (
        2,
        r"\b(?:a|my|our|her|his) new (?:\w+ )?(?:number|address|e-?mail|phone|mobile|surname"
        r"|title|role)\b",
    ),
    (2, r"\bi(?:'m| am) finishing\b|\bi (?:finish|leave|retire) (?:on|in|at|this|next)\b"),
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
    (
        2,
        r"\bbecomes?\b(?! (?:again|only|more|less|so|too|part)\b)"
        r"|\bwill now be\b|\bit'll (?:now )?be\b|\bsays s?he'll\b|\binstead\b",
    ),
    (
        2,
        r"\b(?:two|some|new|a|further) developments?\b|\bgood news\b|\bkindly (?:amend|note"
        r"|correct)\b",
    ),
    (2, rf"\bfrom {_FROM}\b"),
    (2, rf"\bfrom {_FROM}\b.{{0,40}}\b(?:lead|contact)\b|\bi(?:'m| am) leaving\b"),
    # somebody else
    (3, r"\b(?:is|'s|will be) (?:picking|taking) (?:it|this|things) (?:up|on|over|forward)\b"),
    (3, r"\b(?:taken|taking|takes|take) (?:\w+ )?over\b|\bpicked up\b.{0,30}\bproject\b"),
    (
        3,
        r"\bnew (?:project )?(?:lead|contact)\b|\b(?:lead|contact)\b.{0,30}\b(?:is now|changed"
        r"|will now)\b",
    ),
    (
        3,
        r"\bin (?:his|her|their|\w+'s) (?:place|stead)\b|\bin place of\b"
        r"|\b(?:into|fill\w*) (?:his|her|their|\w+'s) shoes\b"
        r"|\bno longer (?:be )?(?:the |our |its )?lead\w*",
    ),
    (3, r"\b(?:person|one) to (?:deal with|write to|contact)\b"),
    (2, r"\b(?:everything|anything) (?:\w+ ){0,4}to\b|\bretiring\b|\bgetting married\b"),
    (
        2,
        r"\b(?<!nothing )(?:has|have) (?:since )?(?:been )?(?:moved|promoted|replaced|seconded"
        r"|changed|acquired)\b",
    ),
    (
        3,
        r"\b(?:take|drop|cross|remove) (?:\w+ ){1,3}(?:off|out)\b.{0,30}"
        r"\b(?:put|add|make|name|enter)\b.{1,40}\b(?:lead|instead)\b",
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
    # which one it is about
    (
        2,
        r"\bthis is (?:for|about|to do with|re) (?:the|our|my) .{1,40}\b(?:one|project|bid|entry"
        r"|idea"
        r"|application|eoi|nomination)\b",
    ),
    (2, r"\bsaid (?:yes|(?:s?he|they)'?(?:ll| will| would|'d)) .{0,30}\b(?:leader|sponsor)\b"),
    # what was left out
    (
        3,
        rf"(?:{WE}.{{0,20}}|^|\n )\b(?<!n't )(?<!not )(?<!never )(?:forgot\w*|omitted|neglected"
        rf"|meant to|should have(?! asked)"
        r"|left out(?!.{0,40}\b(?:for \w* ?reasons|on purpose|deliberately|intentionally)))\b",
    ),
    # what we asked for
    (
        2,
        r"\byou(?:'ve| have| already)* (?:asked|wanted|requested|needed|wrote|rang|(?:have"
        r"|got) (?:our|my))\b",
    ),
    (
        2,
        r"\b(?:what|that) (?:was|were) (?:missing|asked)|\bthe (?:missing \w+|other (?:thing|bit"
        r"|half|one you))"
        r"|\bto answer your\b",
    ),
    (
        2,
        rf"\bhere(?:'s| is| are) the (?!(?:\w+ )?version)(?:\w+ )?{DETAIL}"
        rf"|\b(?:the|{DETAIL}) (?:that )?i owed? you\b",
    ),
    (
        2,
        r"\b(?:as|i) promised\b"
        r"(?! (?:you )?(?:(?:on the|by) (?:tele)?phone))",
    ),
    # the rest stays
    (
        2,
        r"\b(?:nothing|everything|the rest)(?: \w+){0,3} (?:same|changed|unchanged|stays?"
        r"|stands|different)\b|\bthe rest is (?:just )?as\b",
    ),
    (1, rf"\b(?:my|our|the) {DETAIL} (?:is|are)\b"),
)
"""What adds to something that was sent before, or puts it right."""

ACQUAINTED = weighted(
    (
        3,
        r"\b(?:your (?:message|e-?mail|letter|note|reply)) asked\b"
        r"|\bas requested(?: in your|,? here)\b",
    ),
    (
        2,
        r"\byou(?:'ve|'ll| have|'ll have| will have)? (?:got |already )?(?:us|me|our \w+) (?:down"
        r"|listed|as)\b",
    ),
    (2, r"\bin (?:our|my) (?:note|e-?mail|message|letter|entry|form|expression|bid|summary)\b"),
    (
        2,
        r"\b(?:further to|about|following) (?:ours|mine)\b|\bas (?:i|we) (?:put|said|wrote"
        r"|told you)\b",
    ),
    (2, r"\byou (?:already )?(?:have|'ve|got)\b.{1,40}\bfrom (?:us|me)\b"),
    # what was sent before
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
    (1, r"\bthank(?:s| you)\b.{0,20}\bfor (?:the|your|sending)\b|\bapologi[sz]?e?s\b|\bsorry\b"),
)
"""What speaks as to somebody who knows already, without anything new."""

NAMES_DETAIL = re.compile(
    rf"\b(?:{DETAIL}(?! \d)|{SENT}|(?:our|my) (?:note|letter|message)"
    r"|(?:sent|given|gave|told(?! you (?:it|so)\b)"
    r"|written to|wrote to|e-?mailed) you\b"
    r"|(?:sent|put|submitted|gave|handed|wrote) (?:in )?(?:ours|mine|it in)\b)"
)
"""What there is to be put right, or said to have been sent to us."""
