"""Pure: how machines, absent people and ticket systems word their mail."""

import re

from intake.understanding.triage.cue_phrases import weighted

ABSENT_SUBJECT = re.compile(
    r"^(?:\[[^\]]{0,40}\]\s*)*(?:(?:re|aw|fw|fwd)\s*:\s*)*(?:i am |i'm |we are |currently "
    r"|now )?(?:"
    r"out of (?:the )?office|ooo\b|o\.o\.o|away (?:from|until|till|on)|on (?:\w+ )?(?:leave"
    r"|holiday|vacation)|(?:annual|maternity|paternity|parental|sick|study|long[- ]term) leave"
    r"|vacation|holiday|not in the office|absent\b|.{1,40}\b(?:is|am) (?:away"
    r"|out of (?:the )?office|on (?:\w+ )?leave|on holiday|not in)|abwesend|nicht im büro"
    r"|en vacances"
    r"|absent du bureau|de vacaciones|in ferie|afwezig|poza biurem|på semester|lomalla)\b",
    re.IGNORECASE,
)
"""Subjects of absence: they count where the text tells of one too."""

NOTICE_SUBJECT = re.compile(
    r"^(?:(?:accepted|declined|tentative(?:ly accepted)?|cancell?ed|zugesagt|abgelehnt"
    r"|mit vorbehalt|accepté|refusé|aceptado|rechazado|accettato|rifiutato)\s*:"
    r"|(?:read|not read|gelesen|ungelesen|lu|non lu|leído|letto|gelezen|læst|läst)\s*:\s"
    r"|recall\s*:|message recall|(?:new )?voicemail (?:from|message)|missed call"
    r"|read receipt|delivery receipt|lesebestätigung|returned receipt|disposition notification"
    r"|(?:successfully )?delivered\s*:|relayed\s*:)",
    re.IGNORECASE,
)
"""Answers of calendars, receipts and recalls."""

TICKET_SUBJECT = re.compile(
    r"\b(?:ticket|case|request|enquiry|inquiry|incident|support|complaint|call|reference"
    r"|service request|ref)\s?(?:id|no\.?|number|ref(?:erence)?)?\s?[:#\[(]*\s?[a-z]{0,6}-?\d{3,}"
    r"|\[(?!external)[a-z]{1,10}[-#: ]{0,2}\d{3,}\]|\[#?\d{4,}\]|\(#\d{3,}\)"
    r"|\[[^\]]{1,30}#\d{3,}\]|##\s?\d{3,}"
    r"|\bwe(?:'ve| have) received your\b|\b(?:we )?(?:received|got) your (?:message|e-?mail"
    r"|enquiry|inquiry|request)|\bthank you for (?:contacting|your (?:message|e-?mail|enquiry"
    r"|inquiry|request))"
    r"|\byour (?:enquiry|inquiry|request|ticket) (?:has been|was|to)\b"
    r"|\b(?:acknowledge?ment of your|receipt of your)\b",
    re.IGNORECASE,
)
"""Subjects that a ticket system writes or adds to."""

ABSENCE = weighted(
    (
        3,
        r"\bthis is an auto(?:mat(?:ic|ed|ically generated))?[- ]?(?:reply|response|message"
        r"|e-?mail|answer|acknowledge?ment)|\bautomatic (?:reply|message|response) from\b",
    ),
    (
        3,
        r"\b(?:i am|i'm|i will be|i'll be|we are|we're|is|am) (?:currently |now "
        r"|presently )?(?:out of (?:the )?office|away from (?:the|my) (?:office|desk|e-?mail)"
        r"|not in the office|out of the country)\b",
    ),
    (
        3,
        r"\b(?:i am|i'm|i will be|i'll be|i shall be|am|currently"
        r"|now) (?:\w+ ){0,2}?on (?:annual |maternity |paternity |parental |adoption |sick "
        r"|study |special |compassionate |long[- ]term |extended |my |summer |a )*(?:leave"
        r"|holidays?|vacation|break|sabbatical)\b",
    ),
    (
        2,
        r"\b(?:i am|i'm|i will be|i'll be|i shall be|we are|we're|am) (?:\w+ ){0,3}?(?:away"
        r"|abroad|travelling|off work|off sick|unavailable|at a conference|absent)\b",
    ),
    (
        2,
        r"\b(?:back|return(?:ing)?|back at work|back in the office) (?:\w+ ){0,4}?(?:on|by|from"
        r"|until)? ?(?:mon|tue|wed|thu|fri|sat|sun|\d|the|next|january|february|march|april|may"
        r"|june|july|august|september|october|november|december)",
    ),
    (
        2,
        r"\b(?:on|upon|after|until|following) my return\b|\bwhen i (?:return|get back|am back"
        r"|'m back|tie up|land)\b|\bin my absence\b|\bwhile i(?:'m| am) (?:away|off|out"
        r"|on leave)\b",
    ),
    (
        2,
        r"\b(?:not|no|limited|intermittent|little|without|patchy) (?:\w+ ){0,4}?(?:access to"
        r"|check(?:ing)?|read(?:ing)?|reply(?:ing)?|respond(?:ing)?|monitor(?:ing|ed)?"
        r"|pick(?:ing)? up)\b(?: \w+){0,3} ?(?:e-?mails?|messages?|inbox|mail|mailbox)?",
    ),
    (
        2,
        r"\b(?:will|i'll|shall) (?:\w+ ){0,3}?(?:reply|respond|answer|get back to you|pick up"
        r"|read|deal with|action) (?:\w+ ){0,6}?(?:when|on|as soon as|once|after|upon)\b",
    ),
    (
        3,
        r"\b(?:i have|i've|has|have) (?:now )?left (?:the )?(?:organi[sz]ation|company|trust"
        r"|council|charity|employment|post|my post|nhs)\b|\bno longer (?:works?|employed|working"
        r"|with|at|in) (?:for |at |by |with |here|this|the|us|in)?",
    ),
    (
        1,
        r"\b(?:urgent|urgently|emergency|immediate|assistance)\b.{0,60}\b(?:contact|call|ring"
        r"|e-?mail|phone|speak)\b|\bplease (?:contact|write to|e-?mail|call|ring|speak to"
        r"|direct)\b",
    ),
    (1, r"\bthank(?:s| you) for your (?:e-?mail|message|mail)\b"),
    (
        1,
        r"\b(?:until|till|between|from|back on|return) (?:\w+ ){0,3}?(?:mon|tues|wednes|thurs"
        r"|fri|satur|sun|\d{1,2})",
    ),
    (
        3,
        r"\bich bin (?:\S+ ){0,5}?(?:nicht im (?:büro|haus)|abwesend|im urlaub|ausser haus"
        r"|außer haus)|\bje suis (?:\S+ ){0,3}?(?:absente?|en congé|en vacances)"
        r"|\bestoy (?:\S+ ){0,3}?(?:fuera|de vacaciones|ausente)|\bsono (?:\S+ ){0,3}?(?:assente"
        r"|in ferie|fuori)|\bik ben (?:\S+ ){0,4}?(?:afwezig|niet aanwezig|met vakantie"
        r"|met verlof)|\bestou (?:\S+ ){0,3}?(?:ausente|de férias)"
        r"|\bjag är (?:\S+ ){0,4}?(?:ledig|borta|bortrest|på semester)"
        r"|\bjestem (?:\S+ ){0,3}?(?:nieobecn\w+|na urlopie|poza biurem)",
    ),
    (
        2,
        r"\b(?:message|e-?mail|mail) (?:has not been|has been|is not being|was not|will not be"
        r"|won't be|is being|are not being) (?:read|forwarded|redirected|monitored|seen"
        r"|checked)\b|\b(?:has|have) retired\b"
        r"|\bmoved (?:on )?to (?:a |another )?(?:new )?(?:role|job|post)\b",
    ),
    (
        2,
        r"\bjusqu'au\b|\ben cas d'urgence\b|\bbis (?:zum|einschließlich)\b"
        r"|\bin dringenden fällen\b|\bhasta el\b|\basuntos urgentes\b|\bfino al\b"
        r"|\bper urgenze\b|\btot en met\b|\bvoor dringende\b|\bem caso de urgência\b"
        r"|\bw pilnych\b|\btill och med\b",
    ),
    (2, r"\b(?:has|have) (?:now )?left\b"),
    (
        2,
        r"\b(?:no|without|patchy|limited) (?:\w+ )?(?:signal|internet|wi-?fi|reception|e-?mail"
        r"|laptop)\b",
    ),
    (
        3,
        r"\b(?:i have|i've) (?:now |recently |just )?(?:retired|left)\b|\b(?:office|centre"
        r"|surgery|school|college|practice|service|building|charity|we|team) (?:is|are"
        r"|will be) (?:now |currently )?closed (?:for|until|over|from|on|between|this|and)\b",
    ),
    (
        2,
        r"\bwill re-?open\b|\b(?:messages|e-?mails|enquiries) will be (?:answered|dealt with"
        r"|read|picked up)\b",
    ),
)

ACKNOWLEDGEMENT = weighted(
    (
        3,
        r"\byour (?:request|enquiry|inquiry|ticket|e-?mail|message|case|query|complaint"
        r"|submission|correspondence|report)(?: \S{1,24}){0,3}? (?:has been|was|is being"
        r"|will be) (?:\w+ ){0,2}?(?:logged|received|registered|created|opened|assigned|raised"
        r"|passed|forwarded|recorded|processed|dealt|added|allocated|answered|reviewed|queued"
        r"|escalated)\b",
    ),
    (
        3,
        r"\bthis is an auto(?:mat(?:ic|ed|ically generated))?[- ]?(?:reply|response|message"
        r"|e-?mail|answer|acknowledge?ment)|\b(?:this|automatically) (?:e-?mail|message) (?:was"
        r"|is|has been) (?:automatically |system[- ])?(?:generated|sent)(?: automatically)?"
        r"|\bauto(?:matically)?[- ]?generated\b",
    ),
    (
        2,
        r"\b(?:do not|don't|cannot|can't|unable to) (?:reply|respond) (?:directly )?to this\b"
        r"|\bmailbox is (?:not|un) ?monitored\b|\bunmonitored (?:mailbox|inbox|address)\b"
        r"|\b(?:not|isn't|is not) (?:actively )?monitored\b|\bno-?reply\b",
    ),
    (
        2,
        r"\bwe (?:aim|try|endeavou?r|will (?:aim|try|endeavou?r)) to (?:reply|respond|answer"
        r"|get back|acknowledge|deal)|\bwithin (?:\w+ ){0,2}?\(?\d+\)? ?(?:working "
        r"|business )?(?:days?|hours?)\b|\b(?:one|a member) of (?:our|the) (?:team|staff"
        r"|advisers?)\b.{0,60}(?:touch|contact|back to you|respond)",
    ),
    (
        2,
        r"\b(?:ticket|case|enquiry|reference|request|incident|tracking|job|call) (?:reference "
        r"|id )?(?:number|no\.?|id|ref|reference)?\s?(?:is|:|#)\s?#?[a-z]{0,6}-?\d{3,}"
        r"|\bquot(?:e|ing) (?:the |this |your )?(?:reference|ticket|case|enquiry|number"
        r"|[a-z]{2,6}-?\d{3,})|\bwith (?:the )?reference [a-z]{0,6}-?\d{3,}",
    ),
    (
        2,
        r"\bwe(?:'ve| have) received your (?:e-?mail|message|enquiry|inquiry|request|query"
        r"|correspondence)|\bthank(?:s| you) for (?:contacting|getting in touch with"
        r"|your (?:enquiry|inquiry|request to))",
    ),
    (
        1,
        r"\bthank(?:s| you) for (?:your (?:e-?mail|message)|e-?mailing|writing)\b"
        r"|\bdid you know\b|\bopening hours\b|\bcustomer (?:service|satisfaction|care)"
        r"|\bhelp ?desk\b|\bself[- ]service\b|\bknowledge ?base\b|\bfrequently asked\b",
    ),
    (
        2,
        r"\bto add (?:additional |further |more |any ?thing |any )?(?:comments?|information"
        r"|notes?|details)|\bour (?:support|service|help ?desk|customer \w+|casework) (?:staff"
        r"|team|desk)\b|\bsupport portal\b|\byour case (?:is|number|has)\b",
    ),
    (
        3,
        r"\b(?:mailbox|address|inbox|account|e-?mail) (?:\S{1,40} )?is (?:no longer"
        r"|not) (?:in use|used|monitored|active|valid|checked|in operation)"
        r"|\bno longer (?:monitored|in use)\b",
    ),
    (
        2,
        r"\bplease (?:resend|redirect|re-?send|forward) (?:your|this|any|all)\b"
        r"|\byour (?:e-?mail|message|enquiry|call) is important to us\b",
    ),
    (
        3,
        r"\b(?:a |your )?(?:new )?(?:ticket|case|call|support request"
        r"|service request) (?:\S{1,20} )?(?:has been|was|is) (?:\w+ )?(?:opened|created"
        r"|raised|logged|registered|assigned)\b",
    ),
)
