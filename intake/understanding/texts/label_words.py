"""Pure: how people label the details of a project, as patterns in lower case, by field."""

from intake.understanding.texts.patterns import vocabulary

LABELS: dict[str, tuple[str, ...]] = {
    "name": (
        r"(?:the |our |your )?(?:project |overall |programme )?lead(?:'s)?(?: officer"
        r"| applicant| contact| person| name)?",
        r"(?:full |your |contact |lead(?:'s)? "
        r"|applicant(?:'s)? )?name(?: of (?:the )?(?:project )?(?:lead|applicant"
        r"|contact)(?: person)?)?",
        r"(?:main |key |named |lead )?contact (?:person|name)|applicant|submitted by"
        r"|main contact|name of lead .{0,20}",
        r"(?:the )?(?:accountable|responsible|lead|nominated) (?:person|officer)"
        r"|officer responsible|led by|who|(?:who|(?:the )?person) to (?:talk|speak|write) to",
        r"(?:who(?:'s| is) )?in (?:charge|the driving seat)|who(?:'s| is) (?:responsible|the boss)"
        r"|who(?:'s| is)? (?:going to |to |will |would )?(?:run|lead|front|head)(?:s|ing)?"
        r"(?: it| this| the project)?",
        r"me|who (?:are you|am i|i am)|(?:name of )?(?:the )?person leading.{0,30}|who (?:is"
        r"|will be|will) (?:the )?(?:project )?lead(?:ing)?.{0,20}",
    ),
    "email": (
        r"(?:your |contact |lead(?:'s)? |direct |work )?e-?mail(?: address| contact)?|email addr|e"
        r"|(?:electronic )?mail|inbox",
    ),
    "phone": (
        r"(?:your |contact |direct |daytime |work |office |best "
        r"|lead(?:'s)? )?(?:tele)?phone(?: (?:number|no))?|mobile(?: (?:number|no|phone))?",
        r"(?:contact |direct |daytime |work )?tel(?:ephone)?(?: (?:number|no))?|mob|cell|ddi"
        r"|(?:contact|direct|phone|best) (?:number|dial|line|no)|ph",
        r"landline|(?:direct )?dial|switchboard.{0,10}",
    ),
    "contact": (
        r"(?:my |our |lead )?contact(?: details| information| info)?|how to (?:reach"
        r"|contact|get|find|call|phone) .{0,20}|details"
        r"|(?:where|how) to (?:find|reach|get|get hold of) (?:me|us|her|him|them|the lead)"
        r"|(?:reach|call|ring|find|contact|get) (?:me|us|her|him|them)(?: on| at| by| here)?"
        r"|(?:daytime|evening|other|best|alternative|direct) contact",
    ),
    "role": (
        r"(?:your |lead(?:'s)? |my |current )?(?:job (?:title|role)|role|position|designation"
        r"|post(?: held)?|occupation|job)",
        r"what do (?:you|i) do|does what|as(?: what)?|day job"
        r"|(?:my|your|their|her|his) (?:post|job|title|role)(?: held)?"
        r"|(?:her|his|their|our lead's) (?:job title|role|position|job|title|post)"
        r"|what (?:she|he|they|i|you) (?:do|does)"
        r"|what(?:'s| is) (?:her|his|their|your|my|the lead's) (?:job(?: title)?|role|post)"
        r"|what does (?:she|he|the lead) do(?: here)?|what (?:she|he)(?:'s| is) (?:here|by day)",
        r"(?:in (?:what|which) )?capacity(?: in which)?.{0,20}",
        r"(?:role|position|title)[ /](?:and |or )?(?:role|position|job title)|capacity",
    ),
    "organisation": (
        r"(?:your |lead |host |my |our |employing |applicant )?(?:organi[sz]ation|agency"
        r"|employer|authority|charity|institution|company)(?: name)?",
        r"(?:i |she |he |they )?(?:works?|employed) (?:at|for|with|by)"
        r"|for (?:whom|which body)|where (?:do )?(?:she|he|they|i|you) works?"
        r"|who (?:is it |are you )?for|outfit|(?:body|agency) (?:submitting|applying|bidding)"
        r"|(?:(?:for and )?on behalf of|representing)(?: .{0,20})?"
        r"|(?:her|his|their) (?:employer|organi[sz]ation)"
        r"|who (?:she|he|they|i|you) (?:do|does|works?)(?: (?:it|this|that))? for"
        r"|who (?:does (?:she|he)|do (?:you|they)) work for"
        r"|who (?:employs|pays) (?:her|him|them|you|me)"
        r"|where (?:does (?:she|he)|do (?:you|they)) work",
        r"(?:the )?(?:bidder|client|lead body|host|applicant body|bidding organi[sz]ation)"
        r"(?: name)?",
        r"name of (?:the |your )?(?:lead )?(?:organi[sz]ation|agency|charity)|trust|council"
        r"|organi[sz]ation/.{0,20}|org|place of work|workplace|based at",
    ),
    "area": (
        r"(?:which |your |our |london )?(?:ics|icb|stp|ics/stp|stp/ics"
        r"|integrated care (?:system|board|partnership))(?: (?:footprint|area|region|system"
        r"|name))?",
        r"(?:ics )?(?:footprint|area|patch|region|locality|geography)(?: covered)?|borough(?:s"
        r"|\(s\))?|(?:surrey |local |care |health )?partnership(?: area)?|system|place",
        r"which .{0,20}(?:ics|footprint|area|system|partnership|patch)\b.{0,40}",
    ),
    "title": (
        r"(?:working|project|proposed|provisional) (?:name|title)(?: of .{0,30})?",
        r"(?:project|proposal|bid|working|our|proposed)(?: project)? (?:title|name)"
        r"|title(?: of (?:the |our |your )?(?:project|proposal|bid|work))?",
        r"name of (?:the |our |your )?project|project|proposal title|name for (?:the|our) project"
        r"|what (?:we|i|you)(?:'re| are|'ve| have)? (?:call|calling|called|naming) (?:it|this|ours)"
        r"|what (?:it|this)(?:'s| is| will be)? called|call(?:ed|ing it|s itself)"
        r"|(?:we|i)(?:'ll| will|'re going to)? call(?:ing)? (?:it|this|ours)"
        r"|name of (?:the |our |your )?(?:proposal|bid|scheme|idea|initiative)"
        r"|what (?:do|will|would|did|shall) (?:you|we|they) call (?:it|this|yours|ours|the project)"
        r"|what(?:'s| is) (?:it|this|yours|ours|the project|the work) (?:to be )?called",
    ),
    "senior_leader": (
        r"(?:our |the |named |sponsoring |proposed )?senior (?:leader|sponsor"
        r"|leadership sponsor|lead|responsible (?:owner|officer))(?: .{0,40})?",
        r"(?:our |the |executive |exec |project |board |senior )?sponsor(?:ing senior leader)?"
        r"|sro|coach|(?:executive|exec) (?:lead|sponsor)|sponsored by",
        r"exec(?:utive)?",
        r"name of (?:the |a |our |your )?senior leader.{0,60}",
        r"(?:our |the )?(?:big(?:gest)?|top) (?:name|person)(?: (?:behind|backing|for) .{0,20})?"
        r"|(?:our |the |executive |exec |board |senior )?champion",
    ),
    "partners": (
        r"(?:our |other |key |main |project |local |proposed |confirmed )?partner(?:s"
        r"|ing)?(?: (?:organi[sz]ations?|agencies|involved|so far|taking part|orgs|agency))?",
        r"(?:other |our |the |which |participating |partner )?(?:agencies"
        r"|organi[sz]ations)(?: (?:taking part|involved|signed up|participating|on board|who"
        r"|in the project).{0,30})?",
        r"who else is .{0,30}|who(?: else)?(?:'s| is| will be)? (?:involved|taking part"
        r"|on board)|working with|in partnership with|collaborators|collaborating .{0,20}"
        r"|also involved|signed up so far"
        r"|who(?:'s| is) (?:in(?! charge| the driving)|on board|with (?:us|you)).{0,12}"
        r"|who with|with whom|others involved|with",
        r"(?:also (?:in|with us|on board)|joining (?:us|in)|joined by|with us)(?: so far)?"
        r"|delivery (?:bodies|organi[sz]ations|agencies|partners)",
        r"others? (?:a?round|at|on) (?:the|our) table|(?:those |others )?(?:taking part|on board"
        r"|signed up|confirmed|agreed)(?: so far| to date| already)?",
    ),
    "summary": (
        r"(?:brief |short |project |our |a |the )?(?:summary|outline|description|overview"
        r"|synopsis)(?: of .{0,80}| paragraphs?)?",
        r"(?:the |our |what is the |what's the )?(?:issue|problem|challenge|need|idea|proposal"
        r"|question|issue and (?:our |the |your )?idea|issue we .{0,40})(?: .{0,50}built)?",
        r"background|expression of interest|eoi|about the (?:project|issue|idea|work)"
        r"|what (?:we|it|you|is|are).{0,50}|the work|rationale|statement"
        r"|supporting (?:statement|information|evidence)",
        r"(?:reason|case|grounds)s? (?:for|why) .{0,50}|reasons?|why(?: .{0,60})?|the idea in brief"
        r"|in (?:brief|short|summary|a nutshell|a few words|(?:one|two|a) paragraphs?)|narrative"
        r"|(?:the )?(?:gist|story|pitch)|citation|what they would .{0,40}",
        r"(?:your |my |our )message|(?:the |our )?issue,? and .{0,40}",
        r"tell us about .{0,60}|what do you want .{0,60}|describe .{0,60}|issue/.{0,30}",
    ),
    "nominee": (
        r"nominees?(?:'s)?(?: name| details)?(?: \d{1,2})?|(?:first|second|third|fourth"
        r"|fifth) nominee|name of (?:the )?nominee"
        r"|(?:person )?nominated(?: person)?|i (?:wish to |would like to )?nominate|nominating"
        r"|nomination(?: \d+)?|candidate",
    ),
    "team": (r"(?:name of (?:the |our )?)?team(?: name)?",),
    "nominator": (
        r"nominated by|nominator(?:'s)?(?: name)?|nominating (?:manager|person)|proposer",
    ),
    "other": (
        r"(?:my |lead's )?(?:secretary|p\.?a\.?|assistant|admin(?:istrator)?)(?: contact)?|fax"
        r"|web(?:site)?|w|twitter|address|postal address|date|signed|signature|nb|ps|n\.b|p\.s"
        r"|note",
        r"(?:also )?known as|(?:line |budget )?manager|deputy|finance contact|cc|budget"
        r"|amount(?: requested)?"
        r"|cost|start date|end date|preferred cohort|cohort|declaration|timescale|postcode"
        r"|(?:about|who) (?:us|we are|you|our organi[sz]ation)|our organi[sz]ation"
        r"|background to .{0,40}organi[sz]ation|consent.{0,40}|submitted(?: on| at)?",
    ),
}
"""By the field that they name; each pattern is a whole label."""

HEADS: tuple[tuple[str, frozenset[str]], ...] = (
    ("email", vocabulary("email e-mail emails mail")),
    (
        "phone",
        vocabulary(
            "contactable phone telephone tel mobile mob cell landline ddi dial ring call number"
        ),
    ),
    ("area", vocabulary("ics icb stp footprint borough boroughs area locality")),
    ("role", vocabulary("role post position job occupation designation capacity office")),
    (
        "organisation",
        vocabulary(
            "organisation organization employer agency charity institution company body group club"
        ),
    ),
    ("senior_leader", vocabulary("boss top sponsor champion")),
    ("title", vocabulary("called")),
    ("name", vocabulary("lead leader name applicant")),
)
"""The words of which a label in other wording has one at least; of two fields the first counts."""
MODIFIERS = vocabulary(
    """
    the a an my your our his her their of for and or to on in at by me us i we you is are do does
    held current present main lead lead's leader's project applicant's contact person full best
    preferred daytime evening work home direct line local employing host parent address electronic
    named reach how name title day number no nos applicant designated which covered belongs fall
    under what where who based big will help helps helping idea which can should
    """
)
"""The words that may stand beside them."""
