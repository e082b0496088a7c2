"""Pure: how machines, absent people and ticket systems word their mail."""

import re

from intake.understanding.triage.cue_phrases import weighted

_LEAVE = (
    r"(?:annual|maternity|paternity|parental|adoption|sick|study|special|compassionate"
    r"|long[- ]term|extended|family|summer|career|my|a|well[- ]earned)"
)
_AWAY = (
    r"(?:away\b|abroad\b|out of (?:the )?(?:office|country)\b|off (?:work|sick|duty)\b"
    rf"|on (?:{_LEAVE} )*(?:leave|holidays?|vacation|break|sabbatical|secondment|jury service)\b"
    r"|not (?:in|at) (?:the|my) (?:office|desk)|not in today|travelling\b|unavailable\b|absent\b"
    r"|at a conference)"
)
_DAY = (
    r"(?:\d|mon|tue|wed|thu|fri|sat|sun|the \d|next|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|monday|a week|term|easter|christmas|new year)"
)
_REPLY = (
    r"(?:reply|respond|answer|get back to you|pick (?:\w+ ){0,4}up|read|open|look at|deal with"
    r"|action)"
)

ABSENT_SUBJECT = re.compile(
    r"^(?:\[[^\]]{0,40}\]\s*)*(?:(?:re|aw|fw|fwd)\s*:\s*)*(?:[^:]{0,40}\b(?:am|is|are|'m"
    rf"|currently|now) )?(?:{_AWAY}|{_LEAVE} leave|ooo\b|o\.o\.o|vacation\b|holiday\b"
    r"|i(?: have|'ve) left\b|(?:i have )?(?:retired|left the)\b|abwesend|nicht im büro"
    r"|en vacances|absent du bureau"
    r"|de vacaciones|in ferie|afwezig|poza biurem|på semester|lomalla)",
    re.IGNORECASE,
)
"""Subjects of absence: they count where the text tells of one too."""

NOTICE_SUBJECT = re.compile(
    r"^(?:(?:accepted|declined|tentative(?:ly accepted)?|cancell?ed|zugesagt|abgelehnt"
    r"|mit vorbehalt|accepté|refusé|aceptado|rechazado|accettato|rifiutato)\s*:|(?:read|not read"
    r"|gelesen|ungelesen|lu|non lu|leído|letto|gelezen|læst|läst)\s*:\s|recall\s*:"
    r"|message recall|(?:new )?voicemail (?:from|message)|missed call|report domain\s*:"
    r"|read receipt|delivery receipt|lesebestätigung|returned receipt|disposition notification"
    r"|(?:successfully )?delivered\s*:|relayed\s*:)",
    re.IGNORECASE,
)
"""Answers of calendars, receipts and recalls."""

TICKET_SUBJECT = re.compile(
    r"\b(?:ticket|case|request|enquiry|inquiry|incident|support|complaint|call|reference|ref)"
    r"\s?(?:id|no\.?|number|ref(?:erence)?)?\s?[:#\[(]*\s?[a-z]{0,6}-?\d{3,}"
    r"|\[(?!external)[^\]]{0,30}[-#: ]?\d{3,}\]|\(#\d{3,}\)|##\s?\d{3,}"
    r"|\breference is\b|\b(?:received|got|receipt of|acknowledge?ment of) your\b"
    r"|\bthank you for (?:contacting|your (?:message|e-?mail|enquiry|inquiry|request))"
    r"|\byour (?:enquiry|inquiry|request|ticket) (?:has been|was|to)\b",
    re.IGNORECASE,
)
"""Subjects that a ticket system writes or adds to."""

FIRST_PERSON = re.compile(r"\b(?:i|we|my|our)\b")
"""Notices of a house speak of it, not as somebody."""

OF_ONESELF = re.compile(r"\b(?:i|we)(?:'ve|'m|'re| have| am| are)\b")
"""Who is away says so of themselves; who adds something tells that somebody else has left."""
OWN_ABSENCE = re.compile(
    r"\b(?:i|we|office|team|surgery|centre)(?:'m|'re|'ll| am| are| is| will)"
    rf"(?: \w+){{0,4}}? {_AWAY}"
)
"""Nobody else's: what somebody tells who writes for one that is away is no note of absence."""
BUT = re.compile(r"\b(?:but|though|although|however|still)\b")

NO_ABSENCE = re.compile(
    r"\b(?:ignore|disregard|never mind|despite|in spite of|forget) (?:the|my|that|any|this)"
    r" (?:\w+ ){0,2}?(?:auto\w*|out[- ]of[- ]office|ooo|vacation)\b"
)
"""Said by those who are there after all."""

ASKS_US = re.compile(
    r"\b(?:can|could|would|will) you (?:please |kindly |just )?(?:swap|change|take|put|use|add"
    r"|remove"
    r"|correct|update|note|amend|replace|make|have)\b"
)
"""Said to somebody who will read it; what robots ask is to write elsewhere."""

WHAT_WE_SENT = re.compile(
    r"\b(?:packs?|forms?(?! (?:on|at|from|via) (?:our|the|this|my)\b)|applications?|deadline"
    r"|projects?|bid|proposal|nominat\w+|e\.?o\.?i"
    r"|expression of interest|section \d|question \d)\b"
)
"""What people speak of who have read what they answer."""

_SAYS_SO = (
    r"\bauto(?:mat(?:ic|ed))?[- ]?(?:reply|response|message|e-?mail|answer|acknowledge?ment)\b"
    r"|\bauto(?:matically)?[- ]?(?:generated|sent)\b|\b(?:sent|generated) automatically\b"
)

OF_ITSELF = re.compile(
    r"\bthis (?:(?:e-?mail|message|reply|response|note) )?(?:is|was|has been) (?:\w+ ){0,3}?auto"
    r"(?:mat\w+|-?\w+)|\b(?:sent|generated|written) (?:automatically|by (?:a|the|our) (?:robot"
    r"|machine"
    r"|computer|system|bot)\b)"
)
"""A message that says of itself that nobody wrote it."""

ABSENCE = weighted(
    (3, _SAYS_SO),
    (3, rf"\b(?:am|is|are|be|'m|'re|currently|now|week) (?:\w+ ){{0,3}}?{_AWAY}"),
    (
        3,
        r"\b(?:have|has|i've) (?:now |recently |just )?(?:left (?:the|our|us|\w+ \w+[.,;]"
        r"|(?:\w+ ){1,4}?on \d)"
        r"|retired)|\b(?:have|i've) (?:now |recently |just |since )?left (?!it|them|you|a|my|off"
        r"|out|her|him"
        r"|that|this|in|on|behind|to|some|for|word|things?|everything|room"
        r"|space)(?:\S+ ){0,4}?\S+\."
        r"(?= )|\bretired (?:on|from|at|in|last)\b|\bno longer (?:works? (?:for|at|here|in"
        r"|with)"
        r"|employed|working|with|at|in|here)\b|\b(?:is|are|'s|'re|will be) (?:now "
        r"|currently )?closed (?:for|until|over|from|on"
        r"|between)|\bcloses (?:for|until)",
    ),
    (
        3,
        r"\b(?:e-?mails?|messages?|mail) (?:sent )?to (?:this|my) (?:address|account|mailbox|inbox)"
        r"\b.{0,30}\b(?:not|deleted)\b|\b(?:this|my) (?:mailbox|inbox) (?:is not|isn't"
        r"|is no longer)\b",
    ),
    (2, rf"{_AWAY}.{{0,60}}\b(?:until|till)\b"),
    (2, r"\b(?:answer|read|check|open)\w* no (?:e-?mails?|mail|messages?)\b"),
    (2, r"\b(?:i am|i'm) out (?:and about|today|all day|on (?:visits|site))\b"),
    (
        2,
        r"\b(?:i|we|she|he) (?:only )?work (?:\w+ ){0,2}?(?:part[- ]time|(?:mon|tues|wednes|thurs"
        r"|fri)days?)|\bnon-?working day\b|\bmy working days\b",
    ),
    (2, rf"\b(?:back|home|return\w*|re-?open\w*|re-?opens)\b.{{0,25}}\b{_DAY}"),
    (
        2,
        r"(?:\bnot\b|\bcannot\b|n't\b|\bno\b|\blimited\b|\bintermittent\b|\blittle\b|\bwithout\b"
        r"|\bpatchy\b).{0,30}\b(?:access|check\w*|read\w*|monitor\w*|forward(?:ed|ing)|look\w*"
        r"|pick\w* up|signal|laptop|internet|wi-?fi|e-?mails?|redirected|phone)\b"
        r"|\bonly (?:checked|read|looked at)\b|\bonly (?:\w+ )?(?:read|check|look at|see|open|log) "
        r".{0,30}(?:days?|mornings?|afternoons?|week)\b"
        r"|\b(?:read|check"
        r"|look at|answer|reply to"
        rf"|open) (?:\w+ )?(?:e-?mails?|messages?|mail|this inbox) .{{0,20}}{_DAY}"
        r"|\b(?:sent to every\w+|won't get (?:it|this) again)\b",
    ),
    (2, rf"\b(?:will|'ll|shall) (?:\w+ ){{0,3}}?(?:{_REPLY}|be (?:answered|read|dealt))\b"),
    (
        2,
        r"\b(?:urgent\w*|emergenc\w+|crisis|can(?:'t|not) wait|meantime|meanwhile|immediate\w*"
        r"|in the first instance)\b.{0,80}(?:\b(?:contact|ring|call|e-?mail|phone|speak|write"
        r"|try|text)\b|\d{4})|\b(?:sooner|quicker)\b|\ball \w+ (?:business|enquiries"
        r"|queries) to\b|\bplease (?:contact|write to|speak to|direct)\b"
        r"|\bfor (?:\w+ ){1,4}call the\b|\burgent\w*.{0,10}:"
        r"|\bemergenc\w+.{0,3}:",
    ),
    (
        2,
        r"\b(?:post|role|job|position) (?:is|has|remains)(?: \w+){0,2} (?:vacant|unfilled"
        r"|appointed|filled|ended)\b",
    ),
    (
        2,
        r"\bplease (?:send|direct|forward|address) .{1,40} to \S{1,64}@",
    ),
    (
        3,
        r"\b(?:account|inbox|address|mailbox) is (?:only )?(?:checked|read|looked (?:at|after))\b"
        r"|\b(?:his|her|their|my) (?:post|mail|e-?mails?|inbox|messages) (?:is|are) being (?:read"
        r"|dealt|handled"
        r"|monitored|looked)\b",
    ),
    (
        2,
        r"\bif you need (?:some(?:one|body)|any(?:one|body)|help|an answer|us"
        r"|me)\b.{0,20}\b(?:today|now|before"
        r"|sooner|quick\w*|urgent\w*|straight)\b",
    ),
    (1, r"\bthank(?:s| you) for (?:your (?:e-?mail|message|mail)|getting in touch|writing)\b"),
    (
        3,
        r"\bich bin (?:\S+ ){0,5}?(?:nicht im (?:büro|haus)|abwesend|im urlaub|ausser haus"
        r"|außer haus)|\bje suis (?:\S+ ){0,3}?(?:absente?|en (?:congé|vacances|déplacement))"
        r"|\bestoy (?:\S+ ){0,3}?(?:fuera|de vacaciones|ausente)|\bsono (?:\S+ ){0,3}?(?:assente"
        r"|in ferie|fuori)|\bik ben (?:\S+ ){0,4}?(?:afwezig|niet aanwezig|met vakantie"
        r"|met verlof)|\bestou (?:\S+ ){0,3}?(?:ausente|de férias)"
        r"|\bjag är (?:\S+ ){0,4}?(?:ledig|borta|bortrest|på semester)"
        r"|\bjestem (?:\S+ ){0,3}?(?:nieobecn\w+|na urlopie|poza biurem)",
    ),
    (
        2,
        r"\bjusqu'au\b|\bde retour\b|\bzurück\b|\bde vuelta\b|\bterug\b|\ben cas d'urgence\b"
        r"|\bbis (?:zum|einschließlich)\b|\bin dringenden fällen\b|\bhasta el\b"
        r"|\basuntos urgentes\b|\bfino al\b|\bper urgenze\b|\btot en met\b|\bvoor dringende\b"
        r"|\bem caso de urgência\b|\bw pilnych\b|\btill och med\b",
    ),
)
"""What people leave behind for those who write while they are not there."""

_THEIRS = (
    r"(?:requests?|enquir(?:y|ies)|inquir(?:y|ies)|tickets?|e-?mails?|messages?|cases?|quer(?:y"
    r"|ies)|complaints?|submission|correspondence|report|call)"
)

ACKNOWLEDGEMENT = weighted(
    (3, _SAYS_SO),
    (
        3,
        rf"\b(?:your|a|the) (?:new |support |service )?{_THEIRS}(?: \S{{1,24}}){{0,3}}? (?:has been"
        r"|has|have been|was|is|is being|will be) (?:\w+ ){0,3}?(?:logged|received|arrived"
        r"|registered|created"
        r"|opened|assigned|raised|passed|forwarded|recorded|processed|dealt|added|allocated|given"
        r"|answered|reviewed|queued|escalated|held)\b",
    ),
    (2, rf"\b(?:have|'ve) (?:\w+ )?(?:received|got) your {_THEIRS}"),
    (
        3,
        r"\b(?:you've|you have|has) reached (?!out)\w+|\border of receipt\b"
        r"|\btake (?:us )?up to\b",
    ),
    (
        2,
        r"\b(?:some ?(?:one|body)|we|a colleague|one of us|an? \w+ (?:member|adviser|advisor))"
        r" (?:will|'ll|shall) (?:\w+ )?(?:read|look|reply|answer|respond|be in touch|get back"
        r"|deal)\b",
    ),
    (3, rf"\byour {_THEIRS} is (?:now )?in (?:our|the) (?:\w+ )?queue\b"),
    (3, r"\bthat you(?:'re| are) (?:a (?:real )?person|human|not a (?:robot|machine))\b"),
    (
        2,
        r"\b(?:do not|don't|cannot|can't|unable to) (?:\w+ )?(?:reply|respond|answer)\b"
        r"|\bun-?monitored\b|\b(?:not|isn't) (?:actively )?(?:monitored|looked at)\b|\bno-?reply\b",
    ),
    (
        2,
        r"\b(?:aim|try|endeavou?r|will) (?:to )?(?:reply|respond|answer|get back|acknowledge|deal)"
        r"|\bwithin (?:\w+ ){0,3}?(?:\(?\d+\)? )?(?:working |business )?(?:days?|hours?|weeks?)\b"
        r"|\b(?:one|a member|someone) (?:of|from|in) (?:our|the) (?:\w+ )?(?:team|staff|crew"
        r"|advis[eo]rs|volunteers?)\b|\breviewed by our\b",
    ),
    (
        2,
        r"\b(?:ticket|case|enquiry|reference|request|incident|tracking|job|number|call) (?:\w+ )?"
        r"(?:number|no\.?|id|ref|is|:|#)?\s?(?:[a-z]{1,6}[-#]?\d|#\d|[1-9])\d{2,}"
        r"|\bquot(?:e|ing) (?:the|this|your|it|[a-z]{2,6}-?\d{3,})|\bin the subject\b",
    ),
    (
        1,
        r"\bthank(?:s| you) for (?:contacting|getting in touch|reaching out|your|e-?mailing"
        r"|writing)\b",
    ),
    (
        1,
        r"\bdid you know\b|\b(?:opening|office) hours\b|\bcustomer (?:service|satisfaction|care)"
        r"|\bhelp ?desk\b|\bself[- ]service\b|\bknowledge ?base\b|\bfrequently asked\b"
        r"|\b(?:important|matters) to us\b|\bthan usual\b|\bhigh volume\b",
    ),
    (
        2,
        r"\b(?:replies|responses|it|we|this) (?:may|will|can|could|might|usually) (?:\w+ )?take"
        r" (?:\w+ ){0,4}?(?:longer|days|weeks|hours)\b"
        r"|\bas soon as (?:they|we) can\b",
    ),
    (
        2,
        r"\bto add (?:additional |further |more |any ?thing |any )?(?:comments?|information"
        r"|notes?|details)|\b(?:reply|type) above\b|\bsupport (?:portal|staff|team)\b"
        r"|\bplease (?:resend|re-?direct|re-?send) ",
    ),
    (
        3,
        r"\b(?:mailbox|address|inbox|account|e-?mail) (?:\S{1,40} )?(?:is"
        r"|isn't) (?:only )?(?:looked at|read|staffed|no longer|not|being) ?(?:in use|used"
        r"|monitored|active|valid|checked|in operation|looked at)?|\bno longer (?:monitored"
        r"|in use)\b",
    ),
)
"""What a help desk writes before anybody there has read anything."""
