"""Pure: how sellers word their mail."""

from intake.understanding.triage.cue_phrases import weighted

MARKETING = weighted(
    # prices
    (
        2,
        r"[£$€] ?\d[\d,.]* ?(?:a|per|\+|voucher)|\b(?:only|from) (?:only )?[£$€] ?\d"
        r"|\bcompetitive rates\b",
    ),
    (3, r"\d ?% (?:off|discount)\b"),
    (2, r"\bdiscount|\bvouchers?\b|\bprice list\b|\bpricing\b|\bper unit\b"),
    (
        2,
        r"\b(?:entry|tickets?|places?|delegates?|teams? of \w+|tables?|rates?"
        r"|fees?)\b.{0,30}[£$€] ?\d"
        r"|[£$€] ?\d[\d,.]*.{0,20}\b(?:delegate|tickets?|fee)",
    ),
    (
        2,
        r"\bhalf price\b|\bfree for \d+ days\b|\bstarts at [£$€]|\bsummer menu\b"
        r"|\bday delegate\b|\bon sale (?:now|soon)\b"
        r"|\bminimum order\b",
    ),
    (
        2,
        r"\bfree (?:\d+[- ]minute )?(?:call|quote|trial|demo|consultation|audit|sample|delivery)"
        r"|\b(?:no[- ]obligation|money[- ]back)\b",
    ),
    (
        2,
        r"\b(?:buy|order|shop|renew|enquire) (?:now|today)\b|\bcall .{0,20} today\b|\b(?:code"
        r"|quote) [a-z]+\d",
    ),
    (
        2,
        r"\b(?:seats left|reserve yours|masterclass|rental|miss out|have been selected"
        r"|congratulations)\b",
    ),
    # wares
    (
        2,
        r"\b(?:supplier|manufacturer|wholesale|shipping|catalogue|toner|stationery|our factory"
        r"|brokers?|ppe|seo|search engine|backlinks?|do-?follow|guest post|lead generation"
        r"|page (?:1|one)|(?:digital|social media) marketing|(?:web"
        r"|app)(?:site)? (?:re)?(?:design|development)|(?:e-?mail|contact|mailing"
        r"|data) lists? of|decision[- ]makers?)\b",
    ),
    (
        2,
        r"\b(?:our|leading|coaching|award[- ]winning|ai|innovative"
        r"|all-in-one) (?:[\w-]+ )?(?:platform|software|solutions?|products?|tool|range"
        r"|agency)\b|\btrusted by\b|\b(?:charities|organi[sz]ations|teams|businesses) like yours\b",
    ),
    # those who call unasked
    (
        2,
        r"\b(?:business development|account (?:director|manager|executive)|(?:sales|recruitment)"
        r" (?:executive|consultant|manager|director)|lead partnerships|freelance|(?:grant"
        r"|bid) consultants?|head of sales)\b",
    ),
    (
        2,
        r"\b(?:(?:have|we've|i've) (?:helped|coached|worked with|trained|won)|we help|we supply"
        r"|suppl\w+ to)"
        r" (?:over |more than )*(?:[£\d]\S*|nhs|forty|fifty|hundreds|dozens)\b",
    ),
    (
        2,
        r"\b(?:top of your inbox|my (?:second|third|last|previous|earlier) (?:note|e-?mail|message)"
        r" (?:about|on)|i know (?:how busy|you must be busy)|keep this (?:short|brief)"
        r"|i won't write"
        r"|look at my (?:note|e-?mail)|are you the right person|who would be)\b",
    ),
    (
        2,
        r"\b(?:send|put together|download|share|ask for) (?:\w+ ){0,3}?(?:brochure|quote|flyer"
        r"|case studies"
        r"|(?:price|rate)s?(?: list)?|cvs|details of our)\b|\bwith stop\b|\breply stop\b",
    ),
    (
        2,
        r"\b(?:worth|up for|have) a (?:quick )?(?:look|chat|call|demo)\b|\bfind (?:\w+ )?minutes\b",
    ),
    (
        2,
        r"\b(?:looking for|planning) (?:a|an|your next) .{0,30}\b(?:venue|away day|speaker"
        r"|supplier|gift)\b",
    ),
    (2, r"\b(?:circling back|(?:floating|bumping|moving) this|touching base|back to the top)\b"),
    (
        2,
        r"\bwe (?:build|provide|offer|supply|deliver|sell|help|speciali[sz]e in"
        r"|(?:have )?support\w*)\b.{0,40}\b(?:for|to|with) (?:\w+ ){0,2}?(?:programmes?"
        r"|organi[sz]ations?|funders?|clients|businesses|companies|employers)\b"
        r"|\bour (?:\w+ )?consultancy\b",
    ),
    (
        2,
        r"\b\d+ ?% (?:uplift|increase|reduction|more|faster|cheaper|growth)\b|\bsave \d+ hours\b"
        r"|\bsave (?:\w+ ){1,2}\d+ hours\b|\bin (?:30|60|90) days\b|\bavailable immediately\b",
    ),
    (
        2,
        r"\b(?:right person|who (?:on|in|at) your (?:team|organi[sz]ation)"
        r"|who (?:looks after|handles|deals with))\b",
    ),
    (
        2,
        r"\b(?:got|spare|free for) (?:\w+ )?(?:\d+|ten|fifteen|twenty|thirty) minutes\b"
        r"|\b\d+[- ]minute (?:chat|call|demo)\b|\blike to interview\b",
    ),
    (
        2,
        r"\b(?:send|pop|share|post) (?:\w+ ){0,3}?(?:credentials|report|deck|portfolio|proposal for"
        r" your)\b|\bcvs (?:are )?attached\b|\btop of google\b",
    ),
    (
        2,
        r"\bwe(?:'re| are) an? (?:[\w-]+ ){0,3}?(?:agency|studio|consultancy|supplier|firm"
        r"|platform)\b|\bi look after partnerships\b",
    ),
    (
        2,
        r"\bgood time to (?:speak|talk|chat|call)\b|\bour portfolio\b"
        r"|\b(?:book|order|buy|reserve) (?:by|before) \d",
    ),
    # come and see
    (
        2,
        r"\b(?:book|schedule|arrange|jump on|hop on|have|do|spare|free for|up for|open to|worth)"
        r" (?:\S+ ){0,3}?(?:demo|call|chat|consultation|conversation|meeting|minutes|slot)\b",
    ),
    (
        2,
        r"\b(?:fancy|grab|hop on|quick|short|brief) (?:\w+ )?(?:\d+|ten|fifteen|twenty"
        r"|thirty)[- ]?min\w*\b"
        r"|\b(?:\d+|ten|fifteen|twenty)[- ]min\w* (?:zoom|teams|call|chat|slot|intro)\b"
        r"|\bmy calendar\b"
        r"|\bintro(?:ductory)? call\b",
    ),
    (2, r"\b(?:leaders|teams|people|funders|organi[sz]ations|charities) like (?:you|yours)\b"),
    (
        2,
        r"\bfrom (?:only |just )?(?:[£$€]\d|\d+p\b)|\b(?:an item|a head|per (?:head|item|month"
        r"|seat|user|person))\b",
    ),
    (
        2,
        r"\bwe cover (?:all|the whole|most|every)\b|\bno call-?out\b|\bfully (?:insured"
        r"|accredited|dbs)\b",
    ),
    (
        1,
        r"\b(?:we|i)(?:'re| are)? (?:\w+ )?(?:leas|rent|hir|print|sell|suppl|stock|offer|install"
        r"|clean|recruit"
        r"|distribut|manufactur|cater|design|provid|mak)(?:e|es|y|ing)?\b|\b(?:my|our) (?:firm"
        r"|company|agency|clients"
        r"|studio|caterers|director's)\b",
    ),
    (
        2,
        r"\b(?:shall i book|(?:shall|can|may|could) i (?:line up|reserve|put together|arrange"
        r"|set up"
        r"|ring you|call you"
        r"|show you|pop (?:in|by)|send (?:you )?(?:a|some|our|over)))\b|\bwhen(?:'s"
        r"| is) (?:a )?good time\b"
        r"|\bwould (?:a|this|that) \w+ be of (?:interest|use)\b|\bwelcome the chance to\b",
    ),
    (
        2,
        r"\b(?:are you|do you|is your \w+|looking for|need) (?:\w+ ){0,2}?(?:spending|paying"
        r"|struggling|looking|need"
        r"|overpaying|somewhere to|a venue|tired of|office|ready to)\b",
    ),
    (
        2,
        r"\b(?:last chance|only \w+ left|save the date|register anyway|join us (?:at|on|for|this"
        r"|tomorrow)|early bird"
        r"|enter before|spaces are limited|places are limited|up for renewal|view the rooms"
        r"|reply for)\b",
    ),
    (2, r"\b(?:our|my|day) rates?\b|\btender for\b|\bfree licen[cs]es?\b|\b(?:a|one) third off\b"),
    (1, r"[£€] ?\d[\d,.]*(?: (?:a|per|delivered|each|inc))?\b"),
    (
        1,
        r"\b(?:fully insured|insured|accredited|turnaround|artwork|immediately available"
        r"|free quote|licen[cs]e"
        r"|delivered|caterers|full board|maintenance included|demo|voicemail|cv attached"
        r"|send the recording)\b",
    ),
    (
        2,
        r"\b(?:funders|charities|clients|organi[sz]ations) (?:\w+ ){0,4}?(?:on us|with us|use us"
        r"|trust us)\b",
    ),
    (2, r"\blove \d+ minutes\b|\bshow you how\b"),
    (
        2,
        r"\b(?:call|ring|phone|e-?mail|text)\b.{1,30} to (?:book|order|reserve|arrange|claim"
        r"|enquire)\b"
        r"|\bno win,? no fee\b|\bno strings\b",
    ),
    (
        2,
        r"\bfree (?:\w+ )?(?:slots?|surveys?|visits?|inspections?|assessments?|places?|samples?"
        r"|checks?)\b"
        r"|\b(?:in|around) your area\b|\bour engineers?\b|\bare your (?:\w+ ){1,3}?(?:compliant"
        r"|safe|covered"
        r"|legal|insured)\b",
    ),
    (
        1,
        r"https?://|\b[\w-]+\.[a-z]{2,12}/\w|\bclick\b|\breply yes\b|\b(?:register"
        r"|book) (?:here|now|before)\b",
    ),
    (2, r"[$€] ?\d"),
    (1, r"\b(?:i|we) came across\b"),
    (1, r"\byour (?:article|blog)\b"),
    (1, r"\byour (?:website|business|company|inbox)\b|\bis your (?:organi[sz]ation|website)\b"),
    (
        1,
        r"\b(?:earlier|previous|last) (?:note|e-?mail) about|\bsend (?:\w+ )?(?:over )?(?:a "
        r"|our )?sample\b",
    ),
    (
        1,
        r"\b(?:save|cut|reduce|boost|increase|maximi[sz]e|transform"
        r"|streamline) (?:\w+ ){0,3}?(?:costs?|money|time|sales|bills?|revenue|productivity"
        r"|efficiency|donations|roi|\d+ ?%)",
    ),
    (
        1,
        r"\bclients? (?:such as|including|like)\b|\bhelp(?:ed)? (?:\d+|organi[sz]ations"
        r"|businesses|charities)",
    ),
    (
        1,
        r"\b(?:speakers|delegates?|exhibitors|keynotes?)\b|\bwould you (?:be interested"
        r"|like) (?:in|to see)\b",
    ),
)
"""What wants to sell."""
