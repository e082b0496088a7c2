"""Pure: how people say who takes part in a project, who does not, and who might."""

import re

from intake.understanding.texts.patterns import cues

CALLS_IN = cues(
    r"\b(?:with|alongside|together with|including|along with|joined by|between|drawn from"
    r"|put(?:ting)? .{10,300}\b(?:together|in (?:a|one|the same) room|round (?:a|one) table)"
    r"|made up of|bring(?:ing)?|gather(?:ing)?|get(?:ting)?|want|(?:would|['’]d) (?:dearly )?"
    r"(?:like|love)|like|propose|ask(?:ing)?|partners?|agenc(?:y|ies)|alteration in"
    r"|what (?:it|this) (?:takes|needs|would take))\b"
)
"""What stands before those who are to take part."""
COMES_IN = cues(
    r"\b(?:agreed|said (?:yes|(?:that )?(?:they|it))|told (?:us|me) (?:that )?(?:they|it)"
    r"|undert(?:aken|ook) to"
    r"|(?:put|given|lent) (?:(?:its|their) name|(?:its|their) word)|lends? us|hosted by"
    r"|pays? (?:for )?the"
    r"|shaken hands|shook hands|hand in hand|joint (?:bid|project|venture|proposal|effort)|is game"
    r"|are game|all in\b|are up for|is up for|stand(?:s|ing)? ready|thrown (?:its|their)"
    r"|it (?:would|will|['’]d|['’]ll) be us|we ourselves|suppl(?:y|ies|ying)|second(?:s|ing"
    r"|ed) (?:us|a|one|two)"
    r"|(?:will|would) (?:(?:all|each|both) )?(?:come|join|help|host"
    r"|lend|send|give|bring|release|provide|contribute|second|work with us|play|pay|put|host"
    r"|make|share"
    r"|take (?:its|their)|back|be (?:in (?:it|on it)|part of|there|involved))|on board|offered"
    r"|signed"
    r"|confirmed"
    r"|up for it|sign(?:ed)? up|keen|in on it|wish to|committed|willing|pledged|support(?:s|ed"
    r"|ing)?|happy to|joining|joined|friends|allies|collaborators"
    r"|giv(?:es|ing) (?:to )?us|tak(?:e|ing) part|involved|ready to|partners?|partnering"
    r"|will provide|promis(?:ed|ing)|working on|with us|are in|is in|come aboard"
    r"|step(?:ped)? (?:forward|in)|given (?:us|me)|taken their place|they['’]re in"
    r"|have never (?:all |yet )?(?:met|sat))\b",
    r"(?<!we )(?<!i )(?<!to )\bwants? (?:to|in)\b|\bservices? (?:come|comes|already)\b",
    r"\b(?:letters?|commitments?|promises|offers|pledges|word|yes) (?:of \w+ )?from\b"
    r"|\b(?:other|three|four|two|five|these) (?:organi[sz]ations|agencies|bodies"
    r"|services)\b.{0,20}"
    r"\b(?:are|include|have)\b|\bin the room\b|\bletters? of support\b"
    r"|\bso (?:is|are) (?:the )?(?-i:[A-Z])",
    r"\b(?:and|with) ourselves\b|\basked (?:for (?:it|this)|to)\b",
    r"\b(?:come|comes|came) to (?:us|our|see them)\b|\bround (?:one|the|a) table\b",
)
"""What may stand anywhere in a sentence that names those who do."""
NO_PART = cues(
    r"\b(?:senior (?:leader|sponsor)|sponsor)\b",
    r"\bmy name is\b",
    r"\b(?:isn['’]t|is not|aren['’]t|are not|haven['’]t|have not|hasn['’]t|has not|declin\w+"
    r"|refus\w+"
    r"|won['’]t|will not|said no|say no|unable|left .{0,60} out|not (?:able|in a position)"
    r"|turned (?:us|it|me) down|no answer|no longer|not yet|bulletin|newsletter|website"
    r"|step(?:ped)? back"
    r"|(?:dropp?ed|pull(?:ed|ing)?|back(?:ed|ing)?|fall(?:en)?|strike) out)\b",
    r"\b(?:wait\w* for an?|not yet|has(?:n['’]t| not)) answer",
)
NOT_ASKED = cues(
    r"\b(?:hope|hoping|plan|want|going|intend|yet|still|would like) to (?:ask|approach|invite"
    r"|contact|speak|talk|write)\b",
)
COMES_FROM = cues(
    r"\b(?:admitted|discharged|taken|transferred|referred|ended up|ambulance to|died|ward at"
    r"|appointments? at|born (?:at|in)|trained at|used to work|previously|formerly|worked at"
    r"|moved from)\b.{0,60}$",
    r"\bi(?:['’]m| am) .{0,60}\b(?:at|of|from|for) (?:the )?$"
    r"|\b(?:goes|went|gets|got|reported|told|known) to (?:the )?$",
)
JOINS = cues(
    r"\b(?:tak(?:e|ing) part|partners?|agreed|on board|with us|signed up|join(?:ed|ing)|involved"
    r"|said yes|committed)\b"
)
ASKS_WHO = cues(
    r"\bwho(?:['’]s| is| are|['’]re)?(?: else)?(?: (?:is|are))?(?: all)? (?:behind (?:it|this"
    r"|us)|in(?: it| on it)?"
    r"|with us|involved|on board|taking part|a?round the table)\b.{0,12}$"
)
"""A sentence to which those who take part are the answer."""
OTHERS_ARE = re.compile(
    r"(?:[Tt]he|[Oo]ur) (?:other|further|remaining) (?:\w+ )?(?:partners?|agenc(?:y|ies)"
    r"|organi[sz]ations?|bodies)\b"
)
"""What makes a partner of the body that the sentence before names."""
NAMED_KIND = (
    r"(?:charity|campaign|company|firm|club|agency|choir|co-op|social enterprise"
    r"|housing association"
    r"|group|gym|caf[eé]|league|network|hospice|mosque|temple|church|practice|surgery|school"
    r"|gurdwara"
    r"|supermarket|theatre|museum|union)"
)
"""What stands before a name that no word gives away: `the charity Wheels Within Reach`."""
STAFF_OF = (
    r"(?:advocates?|staff|workers?|volunteers|managers?|officers?|clinicians|champions|people|team"
    r"|nurses|doctors|caseworkers|midwives|drivers|wardens|colleagues|members|trustees"
    r"|interpreters)"
)
"""Of whom those who take part are told: `the advocates from Burnt Oak Somali Women`."""
LISTED = re.compile(
    r"\b(?:signed up|on board|partners?|agreed|confirmed|committed|taking part|involved"
    r"|(?:at|a?round) the table"
    r"|in the room|who else|also in|who(?:['’]s| is) in|friends|allies|with us|with us so far"
    r"|partner(?:ing)? (?:organi[sz]ations?|agenc(?:y|ies)|services?))(?: (?:so far|confirmed"
    r"|already|to date)){0,2}(?: \([^()]{0,60}\)|, [a-z ]{3,30})?"
    r"(?: are| include|(?: [a-z]{2,8}){1,3}(?=:))?\s?(?::\s+|(?<= are)\s|(?<= include)\s)"
    r"(?P<names>.+)$",
    re.I,
)
THEY_ARE_IN = re.compile(
    r"(?:They|Both|All (?:two|three|four|of them))(?:['’]re| are| have|['’]ve) (?:both |all )?"
    r"(?:in\b|on board|agreed|said yes|signed up|keen|joined|up for it|with us)"
)
OF_US = re.compile(
    r"\b(?:the|all|us) (?:two|three|four|five|six)(?: of us)?\b|\b(?:both|all|each) of us\b", re.I
)
SAYS_YES = re.compile(
    r"\bon board\b|\bagreed\b|\bsigned up\b|\bjoin|^With the\b|\bwould like\b|\btak(?:e|ing) part\b"
    r"|\bpart of it\b|\bwith us\b|\bpromised\b|\bundertaken\b"
)
