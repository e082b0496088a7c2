"""Pure: how people take an award or a place as a reserve, or decline it. For lower case text with
straight quotes and single blanks, a sentence at a time. What leaves it open is in `reply_words`."""

from intake.understanding.texts.patterns import low_cues

_WE = r"(?:i|we|i'm|we're|i'd|we'd|i'll|we'll|i've|we've)"
_GLAD = (
    r"(?:happy|pleased|delighted|glad|thrilled|honoured|honored|over the moon|more than happy"
    r"|only too happy|grateful|proud)"
)
_THANKS = r"(?:(?:many |huge |very many )?thank(?:s| you)(?: \w+){0,3},? (?:and )?(?:- )?)?"
_AWARD = (
    r"(?:the |this |your |our |that )?(?:kind |generous |full )?(?:award|grant|funding|offer|money"
    r"|place|reserve place|investment)"
)
_TAKE = (
    rf"(?:accept|take up {_AWARD}|take it up|take part|go ahead|proceed|confirm(?! receipt| that"
    r" (?:my|our|you)|ation))"
)
_CANNOT = (
    r"(?:can't|cannot|can not|won't|will not|couldn't|shan't|shall not|unable to|not able to"
    r"|not going to|no longer able to|can no longer|not be able to|not in a position to)"
)

YES = low_cues(
    rf"^(?:and |so |oh |well |hi |hello )?{_THANKS}(?:yes|yep|yeah|absolutely|definitely"
    r"|certainly|gladly|of course)\b(?! ?(?:and no|or no|but|i (?:know|see|saw|had|got|did|received"
    r"|remember)|we (?:know|see|saw|had|got|did|received|remember)|this is|that is)\b)",
    rf"^(?:and |so |hi |hello )?{_THANKS}(?:gratefully |gladly |hereby )?(?:confirmed|accepted"
    r"|confirming|accepting|confirm|accept)[ .!,]{0,3}(?:thanks|thank you|many thanks|with thanks"
    rf"|with pleasure|{_AWARD})?[ .!]*$",
    r"^(?:delighted|with (?:great )?pleasure)[ .!,]{0,3}(?:thanks|thank you|many thanks)?[ .!]*$",
    rf"\b{_WE}(?: can| do| will| hereby| would| both| all| also){{0,2}} "
    r"(?!not |never |already |cannot )"
    rf"(?:\w+ )?{_TAKE}\b",
    rf"(?<!longer )(?<!not )(?<!n't )\b(?:writing|like|love|want|wish|reply\w*|emailing|e-mailing)"
    rf" to (?:\w+ )?{_TAKE}\b",
    rf"\b(?:am|are|we're|i'm) (?:now |very )?able to {_TAKE}\b",
    rf"\b{_GLAD} (?:\w+ )?to (?:say yes|(?:\w+ )?{_TAKE})\b",
    r"\b(?:this is|as|take (?:this|it) as|send(?:ing)? (?:you )?) ?(?:this as )?(?:our|my|the)? ?"
    r"(?:\w+ )?(?:acceptance|confirmation)\b",
    r"\b(?:confirm|confirming|confirms) (?:our|my|the|their) (?:\w+ )?acceptance\b",
    rf"\b(?:have|has) (?:\w+ )?(?:agreed|decided) to (?:accept|take up {_AWARD}|go ahead)\b",
    rf"\b(?:accepts|accepting|confirms|confirming) {_AWARD}\b",
    r"\b(?:it's|it is|that's|that is|probably) (?:a )?(?:\w+ )?yes\b"
    r"|\b(?:big|definite|resounding|firm) yes\b",
    r"\bcount us in\b|\bwe(?:'re| are) in\b(?=[ .!,]*$)|\bhappy to (?:remain|stay|be kept|stand)"
    r" (?:as |on )?(?:a |the )?reserve|\b(?:keep|leave) us (?:as|on) (?:a |the )?reserve",
)

NO = low_cues(
    rf"^(?:i'm afraid |we're afraid |sorry,? |unfortunately,? |sadly,? )?{_THANKS}(?:it's |it is"
    r" )?(?:a )?(?:no|nope)\b(?! (?:problem|worries|doubt|need|questions?|hesitation|objection"
    r"|issues?|changes?|longer|way would|bother|trouble|apolog\w+|matter|conflict|clash)\b)",
    r"\bthank(?:s| you),? but no\b|\bbut no,? thank",
    rf"\b{_WE} (?:\w+ ){{0,2}}(?:decline|withdraw|pull out|turn (?:it|this) down)\b",
    r"\b(?:have|need|like|want|wish|decided|had|forced|obliged|ask|must) (?:to )?(?:\w+ )?"
    r"(?:decline|withdraw|pull out|turn (?:it|this|that|down)|give up|drop out|stand down"
    r"|step (?:back|aside|down)|say no|back out|bow out"
    r"|return (?:the|this) (?:award|grant|funding|money))",
    rf"\bdeclin(?:e|es|ed|ing) (?:with \w+ )?{_AWARD}\b|^declined?[ .!]*$",
    rf"\b{_CANNOT} (?:\w+ ){{0,2}}?(?:accept|take (?:it|this|up)|go ahead|proceed|deliver (?:it"
    r"|this|the project)|run (?:it|this|the project)|use (?:the|this) (?:award|grant|funding|money)"
    r"|commit)\b",
    rf"\b(?:don't|do not|no longer) (?:want|wish|need|require) (?:to (?:accept|go ahead|take"
    rf"|proceed)|{_AWARD})\b",
    r"\b(?:give|offer|pass|let) .{0,30}\b(?:award|grant|funding|money|it) .{0,20}(?:to|for) (?:some"
    r"|another|the next|others?|anyone|whoever)",
    r"\btake us off\b|\bcount us out\b|\b(?:project|work) (?:will not|won't|can't|cannot) (?:now )?"
    r"(?:go ahead|happen|take place)\b",
)

DOUBT = low_cues(r"\b(?:whether|if|once|when|until|before|unless|later|shortly|in due course)\b")
"""What keeps a sentence that is no question from being a clear yes or no, beside what does so for
a place."""
