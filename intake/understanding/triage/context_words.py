"""Pure: what shows that a message answers us, or speaks of the programme at all."""

import re

REPLY_PREFIX = re.compile(
    r"^(?:\s*(?:\[[^\]]{0,40}\]|(?:re|aw|sv|antw|vs|odp|ynt|rv|res|ref|fwd?|wg|tr|enc|i|vl)"
    r"\s*(?:\[\d+\]|\(\d+\))?\s*[:：]))+\s*",
    re.IGNORECASE,
)
"""`Re: [EXTERNAL] Fwd:` and their translations at the start of a subject."""

IS_REPLY = re.compile(
    r"^\s*(?:\[[^\]]{0,40}\]\s*)*(?:re|aw|sv|antw|vs|odp|ynt|rv|res|ref)\s*(?:\[\d+\]"
    r"|\(\d+\))?\s*[:：]",
    re.IGNORECASE,
)

AS_DISCUSSED = re.compile(
    r"(?:\w+,? )?(?:as (?:we )?(?:discussed|agreed|spoke|said)"
    r"|per our (?:chat|call|conversation))\b"
)
"""How a message begins that goes on with a talk between others."""

RELEVANT = re.compile(
    r"\b(?:expressions? of interest|express(?:ing)? (?:an |our |my )?interest|letter of interest"
    r"|e\.?o\.?i\b|applicants?|applications?|apply(?:ing)?|application form|your form"
    r"|packs?|funding|funds?|fund|grants?|bids?|bidding|projects?|programmes?|schemes?"
    r"|(?<!returning )(?<!return )(?<!missed )your call(?! (?:from|on|back|yesterday|earlier|today"
    r"|this|last)\b)"
    r"|the call|cohorts?|nominat\w+|nominees?"
    r"|deadline|closing date|cut[- ]?off|eligib\w+|criteria|ics|icb|icss|stp|footprints?"
    r"|project lead|senior leader|sponsor|summary"
    r"|proposals?|panel|money|outcomes?|submission|submit(?:ted|ting)?|guidance|awards?"
    r"|your (?:offer|notice"
    r"|letter|flyer|invitation|e-?mail|website)|my place|our place|a place)\b"
)
"""Words without which a message hardly speaks of a call for expressions or nominations."""

ASKED_ABOUT = re.compile(
    r"\b(?:charit\w+|compan(?:y|ies)|organi[sz]ations?|statutory|private|lead|paid|pay|backfill"
    r"|budget|costs?|vat|match|allowed|days|venue|sessions?|information|draft|dates?|wheelchair"
    r"|step[- ]free|people like|website|guidance|trustees|members|volunteers?|leaflet|briefing"
    r"|staff|agenc(?:y|ies)|partners?|forms?|we hear|idea|deput(?:y|ies)|lunch provided|parking"
    r"|notice|included|count as|signature|mentor\w*|coach|judg\w+|of (?:the|your) teams"
    r"|waiting list|ours|feedback|last (?:round|time|year)|heard (?:nothing|back|anything)"
    r"|got through|been (?:chosen|selected|picked"
    r"|successful)|shortlist\w*|payments?|(?:e-?mails?|letters?|notes?) (?:\w+ )?from you"
    r"|you(?:'ve| have)?"
    r" (?:sent|wrote|written))\b"
)
"""What else people ask about before they apply."""

SECTOR = re.compile(
    r"\b(?:patients?|residents?|carers?|hospitals?|gps?|surger(?:y|ies)|practices?|nurses?|wards?"
    r"|councils?|housing|charit(?:y|ies)|volunteers?|famil(?:y|ies)|parents?|communit(?:y|ies)"
    r"|social workers?"
    r"|mental health|schools?|clinics?|discharged?|ambulances?|pharmac\w+|boroughs?|nhs|health"
    r"|hospices?"
    r"|police|homeless\w*|midwi\w+|therap\w+|dementia|tenants?|older people|young people|refugees?"
    r"|asylum|maternity|interpreters?|deaf|elders|food ?bank|disab\w+|a&e|doctors?|services?"
    r"|wellbeing|landlords?)\b"
)
"""The ground on which the projects of such calls stand."""

OUR_LETTER = re.compile(
    r"thank you for your (?:expression|interest|nominat|applicat|message|e-?mail|question|letter"
    r"|note|update)"
    r"|(?:your|formal) application pack|could you (?:please )?reply with"
    r"|please (?:also )?(?:let us have|reply with)"
    r"|(?:did not|could not|couldn't|didn't) find (?:a|an|your|in)|please return the completed"
    r"|we (?:have )?(?:received|recorded|updated|registered) (?:your|the expression|the nomination)"
    r"|things? (?:was|were) not in your message|your reference|before we can send"
)
"""What letters of ours say, as quoted under an answer to one."""

OUR_CALL = re.compile(
    r"\bdear colleagues?,|\bwill work with \d+ .{0,40}projects|(?:open|launch"
    r"|announce)\w* the call|call (?:is|for \w+ is) (?:now )?open|now open\b"
    r"|expressions? of interest (?:are |is )?(?:now )?(?:open|invited)"
    r"|nominations? (?:are |is )?(?:now )?(?:open|invited)|\bcall open(?:s|ed)\b"
    r"|\bcall for (?:projects|expressions|proposals|nominations)\b"
    r"|\bis open:|to express an interest\b|we (?:are|would like to) (?:invit|delighted to open)"
    r"|inviting (?:expressions|nominations|applications)"
)
"""What an invitation to take part says, as quoted under an answer to it."""

ANSWERS_CALL = re.compile(
    r"\b(?:now open|call (?:is |for .{0,20})?open|flyer|invitation to (?:apply|bid|nominate))\b"
    r"|\b(?:reply|replying|respond|responding|response|answer|answering|writing|reference"
    r"|regard)(?:ing)? (?:\w+ )?"
    r"to (?:your|the) (?:\w+ ){0,2}(?:call|invitation|announcement|notice|advert\w*|flyer"
    r"|bulletin)\b|\bthank(?:s| you)\b.{0,20}\b(?:call|invitation) (?:for|to)\b"
)
"""Said by those who answer an invitation."""
