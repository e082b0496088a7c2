"""Pure: how people take a place that they are offered, decline it, or leave it open. For lower case
text with straight quotes and single blanks, a sentence at a time."""

from intake.understanding.texts.patterns import low_cues

_I = r"(?:i|we|i'm|we're|i'd|we'd|i'll|we'll|i've)"
_GLAD = (
    r"(?:happy|pleased|delighted|glad|thrilled|honoured|honored|excited|over the moon|very keen"
    r"|keen"
    r"|more than happy|only too happy|grateful|chuffed)"
)
_COME = (
    r"(?:attend|take (?:up )?(?:the|my|this|a|that|part|it)|join|come(?! up)|be there"
    r"|make (?:it|that|those|the|all|this|every)|participate|be part|do it|commit)"
)
_TAKE = rf"(?:confirm(?! that my|ation of)|accept|{_COME})"
_PLACE = (
    r"(?:the |my |this |a |your |that |his |her |their )?(?:\w+ )?"
    r"(?:place|spot|seat|offer|invitation)"
)
_CANNOT = (
    r"(?:can't|cannot|can not|won't|will not|couldn't|shan't|shall not|unable to|not able to"
    r"|not going to|no longer able to|can no longer|not be able to|not free to|not in a position"
    r" to)"
)

YES = low_cues(
    r"^(?:and |so |oh |well |hi |hello |sorry for the delay,? |apologies for the delay,? )?"
    r"(?:yes|yep|yeah|yup|yes+|absolutely|definitely|certainly|gladly|confirmed|accepted"
    r"|of course)\b(?! ?(?:and no|or no|i (?:know|see|saw|was|am aware|have|had|got|did|received"
    r"|remember"
    r"|can see)|this is|that is)\b)",
    r"^(?:i accept|accept|accepting|attending|i'?(?:d| would) be (?:delighted|honoured|thrilled"
    r"|very"
    r" happy)|delighted|with (?:great )?pleasure)[ .!,]{0,3}(?:thanks|thank you"
    r"|many thanks)?[ .!]*$",
    r"\b(?:a )?(?:big|definite|resounding|firm|very happy|happy) yes\b",
    r"\b(?:it's|it is|that's|that is|that would be|is) (?:a )?yes\b",
    r"\bbut yes\b|\byes,? please\b",
    rf"\b{_I}(?: can| do| will| hereby| would| could)? (?!not |never "
    rf"|already )(?:\w+ )?(?:confirm|accept)\b"
    r"(?! (?:that )?(?:whether|if|receipt|by|nearer|later|when|once|next|my (?:details|email"
    r"|address)))",
    rf"(?<!longer )(?<!not )(?<!n\'t )\b(?:writing|like|love|want|wish|reply\w*|emailing"
    rf"|e-mailing) to (?:\w+ )?{_TAKE}\b",
    rf"\b{_GLAD} (?:\w+ )?to (?:\w+ )?(?:say yes|{_TAKE})\b",
    rf"\b{_GLAD} to have (?:been (?:given|offered) )?(?:a|the|my|this) place\b",
    r"\bcount (?:me|us) in\b|\bsign (?:me|us) up\b|\bput (?:me|us) down\b|\bbook (?:me|us) in\b",
    r"\bi(?:'m| am) (?:definitely |absolutely |very much |so )?in\b(?=[ .!,]*$)",
    r"(?<!think )(?<!sure )\b(?:i'll|i will|i shall|i can|i'd be able to|i am able to"
    r"|i'm able to) (?:definitely |certainly |be able to |gladly |happily )?"
    rf"(?:be there|be (?:coming|attending|joining)|{_COME})\b"
    r"(?! if| when| once| that i)",
    rf"\b(?:please|kindly|do) (?:do )?(?:keep|hold|reserve|save|confirm|book) {_PLACE}\b",
    r"\bsee you (?:there|then|on|in|at)\b",
    r"\b(?:those|these|the|all the|all) dates (?:all )?(?:work|suit|are fine|are good|are in"
    r" (?:my|the)"
    r" diary)\b|\b(?:that|this|it) (?:all )?(?:works|suits me)(?: well| perfectly)?(?: for"
    r" me)?[ .!]*$",
    r"\bmy place (?:is )?(?:confirmed|accepted)\b|\bhappily accept\b|\baccept with\b",
    r"\blook(?:ing)? forward to (?:it|joining|taking part|starting|being (?:part|there)|attending"
    r"|coming|meeting (?:you|the|every)|the (?:programme|first|start|course|cohort))",
    r"\bi(?:'d| would) (?:really |absolutely |very much )?(?:love|like) (?:the|this|that|a|my)"
    r" place\b",
)

NO = low_cues(
    r"^(?:i'm afraid |sorry,? |unfortunately,? |sadly,? |thank you,? |thanks,? |hi |hello"
    r" )?(?:it's |that's "
    r"|it is |it has to be )?(?:a )?(?:no|nope|nah)\b(?! (?:problem|worries|doubt|need"
    r"|questions?|hesitation"
    r"|objection|issues?|changes?|longer|way would|bother|trouble|apolog\w+|matter|conflict"
    r"|clash)\b)",
    r"\b(?:it's|it is|that's|has to be|will be|answer is|must be) (?:a |going to be )?(?:\w+ )?no\b"
    r"(?! (?:problem|trouble|longer))|\bthank(?:s| you),? but no\b|\bsay no\b|\bbut no,? thank",
    rf"\b{_I} (?:\w+ )?(?:decline|withdraw|pull out|drop out|give up)\b",
    r"\b(?:have|need|going|like|want|wish|decided|had|forced|obliged|ask) to (?:\w+ )?(?:decline"
    r"|withdraw"
    r"|pull out|turn (?:it|this|that|down)|give up|drop out|stand down|step (?:back|aside|down)"
    r"|pass\b"
    r"|cancel|say no|back out|bow out)|\bmust (?:\w+ )?(?:decline|withdraw|pull out|give up|drop"
    r" out)",
    r"\bdeclin(?:e|ing) (?:the|this|my|your|with|at|on)\b",
    rf"\b{_CANNOT} (?:\w+ ){{0,2}}?(?:{_TAKE}|make|manage|do (?:it|this|the)|go (?:ahead"
    rf"|forward)|free up"
    r"|spare|get (?:the )?(?:time|release)|be released|commit|take|continue|attend|join|come)\b",
    r"\bdon't think (?:i|we|that i)(?: can|'ll be able|'d be able| will be able| am able| could)\b",
    r"\b(?:don't|do not|no longer) (?:want|wish|need|require) (?:to (?:take|join|attend|come|do"
    r"|go|be|have"
    r"|accept|continue)|the|a|my|this)\b",
    r"\bno longer (?:able|available|free|interested|work\w*|in post|employed)\b",
    r"\b(?:give|offer|release|pass|let) .{0,30}\bplace .{0,20}(?:to|for) (?:some|another|the"
    r" next|others?"
    r"|anyone|whoever|a colleague)|\b(?:give|offer|release|pass) (?:it|this) (?:on )?to (?:some"
    r"|another|the"
    r" next|others?|anyone|whoever)|\bsome(?:one|body) else (?:can |could |should |may )?(?:have"
    r"|take)\b",
    r"^declined?[ .!]*$|\b(?:shan't|won't|will not|not) be (?:coming|joining|attending|able"
    r"|taking)\b",
    r"\b(?:won't|don't|no longer) (?:be )?need(?:ing)? (?:the|my|this) place\b|\bnot this time\b"
    r"|\bi(?:'ll| will) pass\b(?! (?:it|this|that) on)|\bso (?:it's a )?no[ .!]*$",
    r"\bcount (?:me|us) out\b|\bi(?:'m| am) out\b(?=[ .!,]*$)|\bnot for me\b|\btake me off\b",
    r"\b(?:isn't|is not|not) (?:going to be |really )?(?:possible|feasible|doable)\b",
    r"\bnot (?:available|free) (?:on|for|in|then|those|at|any)\b",
    r"\b(?:release|free up) (?:the|my|this) (?:place|spot|seat)\b",
)

DOUBT = low_cues(
    r"\b(?:unless|depend(?:s|ing)|subject to|provided|provisional\w*|in principle|conditional\w*"
    r"|only if"
    r"|as long as|so long as|on condition)\b",
    r"\b(?:not sure|unsure|not certain|maybe|perhaps|possibly|might|probably|undecided|in two minds"
    r"|thinking about it|think about it|think it over|tbc)\b",
    r"\b(?:need|have|want|waiting|like|going) to (?:\w+ )?(?:check|ask|speak|talk|clear|see|hear"
    r"|discuss"
    r"|think|look|find out|run (?:it|this))\b",
    r"\b(?:waiting|wait) (?:for|on|to hear)\b|\bawaiting\b|\bchecking with\b",
    r"\b(?:let you know|get back to you|come back to you|confirm (?:later|nearer|by|once|when|next)"
    r"|more time|until (?:monday|tuesday|wednesday|thursday|friday|next|the end))\b",
    r"\bif (?:my|our|work|they|he|she|the (?:trust|ward|team|surgery|practice))\b",
    r"\b(?:if|once|when) (?:i|we|my|they|she|he) (?:can|could|get|gets|am|is|are|have|has|hear"
    r"|know)\b",
    r"\b(?:another|a later|a different|the next|next|the second|the other|a future|an earlier)"
    r" (?:cohort"
    r"|group|date|intake|round|start|one|time)\b",
    r"\b(?:instead|defer\w*|postpone\w*|swap\w*|in (?:my|her|his) place|on my behalf|substitute)\b"
    r"|\bcohort (?:two|three|four|five|[2-9])\b|\b(?:move|change|switch|transfer) (?:me |my \w+ "
    r"|us )?to\b",
    r"\b(?:miss|late for|leave early|join (?:late|remotely|online)|part of (?:it|the day)|some"
    r" of (?:the"
    r"|it))\b|\bonly (?:come|attend|make|do)\b|\bhalf (?:of )?the\b",
    r"\b(?:first|second|third|last|one|two|some|certain|few|launch|opening|all|every|each)"
    r" (?:\w+ ){0,2}"
    r"(?:day|days|session|sessions|date|dates|meeting|meetings|weeks?)\b.{0,40}(?:can't|cannot"
    r"|clash|away"
    r"|problem|leave|not )",
    r"(?:can't|cannot|unable to|not able to|won't|clash\w*) .{0,40}\b(?:first|second|third|last"
    r"|one of|two of"
    r"|some|certain|a few|all of|every|each|launch|opening|all the|both)\b",
    r"\bi(?:'m| am) not (?:joan|the (?:right )?person|who|that person)|\bwrong (?:person|address"
    r"|email)\b"
    r"|\bwe (?:both|all)\b|\bmy colleagues?\b.{0,60}\b(?:can't|cannot|would|could|wants?|will"
    r"|instead)\b",
    r"\bi (?:think|hope|believe|guess|suppose) (?:so|i can|i could|i'll|i will|i should|it|to)\b"
    r"|\bhopefully\b"
    r"|\btry to\b|\bshould be able\b|\bpencil\b",
)
"""What keeps a yes or a no from being one that a machine may act upon."""

BUT = low_cues(
    r"\b(?:but|however|although|though|except)\b(?!,? (?:yes|i can|i'd love|i would love))"
)
"""What takes something back from a yes."""
