"""Pure: how people put a project or a person forward, and send the form back."""

import re

from intake.understanding.triage.cue_phrases import EOI, OUR, WE, weighted

NAMES_EXPRESSION = re.compile(rf"\b{EOI}")
"""The thing itself, by any of its names."""

INTEREST = weighted(
    (3, rf"(?:express|register|record|note|declare|confirm|signal|log)(?:ing|ed)? {OUR} interest"),
    (3, r"(?:express|register|declare)(?:ing)? (?:an? |some )?(?:formal |initial )?interest\b"),
    (
        3,
        r"(?:please |pls |kindly )(?:accept|take|treat|consider|regard|receive|count|log"
        r"|register|find|see)"
        rf"\b.{{0,80}}{EOI}(?!.{{0,20}} as (?:now )?(?:closed|withdrawn|cancelled|void|over))",
    ),
    (
        3,
        r"(?:would like|wish|want|(?:am|are) (?:pleased|happy|delighted|writing|keen)|'d like"
        r"|'d love|intend|hope)"
        r" to (?:submit|send|make|lodge|put in|offer|register|express|enter|share|propose|present)"
        rf"\b.{{0,80}}(?:{EOI}|interest|proposal|bid|project|idea)",
    ),
    (
        3,
        r"(?:here is|here's|this is|below is|attached is|i attach|we attach|i enclose"
        r"|we enclose|enclosed is)"
        rf" (?:\w+ ){{0,3}}{EOI}",
    ),
    (
        3,
        rf"(?:our|my|an?|the) (?:\w+ ){{0,2}}{EOI} (?:is|follows|attached|below|in the|for|from"
        r"|on behalf)\b",
    ),
    (3, rf"{EOI} (?:as requested|from us|attached|below|herewith|enclosed|follows)\b"),
    (
        3,
        r"(?:submit|send|sending|submitting|enclosing|attaching|attach)(?: you)?(?: in)? (?:the"
        r"|our|my|an?|this|the following)"
        rf" (?:\w+ ){{0,2}}{EOI}",
    ),
    (
        3,
        r"(?:put|putting|throw|throwing|chuck|enter|get|add) (?:us|ourselves|our ?sel\w+"
        r"|our hats?|my hat|(?:our|my|\w+'s) names?|me|something|an idea)"
        r" (?:forward|down|in|into|up)\b",
    ),
    (3, r"\b(?:count|sign) (?:us|me) (?:in|up)\b|\bwe're in\b"),
    (
        3,
        r"(?:love|like|glad|happy|keen|wish|hope|want|grateful|pleased|delighted"
        r"|honoured) (?:for us )?to be considered\b",
    ),
    (
        3,
        rf"{WE} (?:would |should )?(?:like|love|wish|want|are keen|'re keen) to (?:apply"
        r"|take part|participate|be part|join|bid)\b",
    ),
    (
        3,
        r"\bconsider (?:us|our (?:project|idea|proposal|partnership|bid|charity|group|team"
        r"|organisation|organization))\b",
    ),
    (
        2,
        r"(?:we|i) (?:are|am|remain|'re|'m)?(?: very| really| definitely| all"
        r"| also)? (?:interested|keen)\b(?!.{0,40}(?:to know|in knowing|whether))",
    ),
    (
        2,
        r"\b(?:project|proposed|our) (?:lead|leader) (?:is|will be|would be|for this)\b"
        r"|\bi(?:'ll| will| would|'d) be (?:the|its) (?:project )?lead\b",
    ),
    (1, rf"\b{EOI}"),
    (
        3,
        r"\bput(?:ting)? in for\b|\b(?:down|in|us"
        r"|ourselves) as (?:being )?interested\b",
    ),
    (
        3,
        rf"{WE} (?:would |should |will )?(?:\w+ ){{0,3}}?(?:like|love|wish|want|hope|keen"
        r"|eager) to (?:apply|take part|participate|be (?:a )?part|join in|bid)\b",
    ),
)

INTEREST_ASKED = weighted(
    (
        2,
        r"(?:can|could|may|might|would) (?:we|i|you) (?:please )?(?:register|put|add|enter"
        r"|submit|consider|include|log)"
        r" (?:our|my|us|me|something|this)\b",
    ),
    (2, r"how about (?:us|this|our)\b"),
    (
        3,
        r"\b(?:put|mark|count|note|log) .{1,60}? (?:down|in) (?:as (?:being )?interested"
        r"|for (?:it|this))\b",
    ),
)

PROPOSAL = weighted(
    (
        1,
        r"\b(?:our|my|the) (?:idea|plan|proposal|ambition|aim|hope|project|vision) (?:is|would"
        r"|was)\b|\bidea is\b",
    ),
    (1, r"\b(?:we|i) (?:propose|plan|aim|intend|hope|suggest)\b|\bproposes? (?:to|a|that)\b"),
    (1, r"\b(?:we|i)(?:'d| would| should)? (?:like|love|want|wish)(?: to|\b)"),
    (
        1,
        r"\b(?:we|i) (?:need|ask for|are asking for)\b|\bwant to (?:get|bring|build|try|test"
        r"|work|use|take|make)\b",
    ),
    (
        1,
        r"\bbring(?:ing)? together\b|\bround (?:one|the|a) table\b|\bwork(?:ing)? together\b"
        r"|\bjoin(?:ed|t)\b",
    ),
    (1, r"\bwould (?:be led|lead|build|start|bring|pilot|test|follow|look|help)\b|\bpilot\b"),
    (1, r"\bpartners?(?:hip)?\b|\bsenior (?:leader|sponsor)\b|\bon board\b"),
)

APPLICATION = weighted(
    (
        3,
        r"\b(?:completed|signed|filled(?:[- ]in|[- ]out)?|finished|final|full|formal"
        r"|scanned) (?:and \w+ )?(?:\w+ ){0,2}?(?:application(?: form)?(?! pack)|form"
        r"|paperwork)\b(?!.{0,30}(?:by|due|deadline|until|back by))",
    ),
    (
        3,
        r"\b(?:our|my|the|her|his|their"
        r"|an?) (?:\w+ ){0,3}?application(?: form)?s? (?:and \w+ )?(?:\w+ )?(?:is "
        r"|are )?(?:attached|enclosed|below|herewith|follows|for (?:your|the)|to (?:the )?)",
    ),
    (
        3,
        r"\b(?:attach(?:ed|ing)?|enclos(?:ed|ing|e)|return(?:ing|ed)?|submit(?:ting)?"
        r"|sending|here is|here's|find) (?:\w+ ){0,6}?(?:application(?: form)?(?! pack)|(?:our|my"
        r"|the|her|his|completed|signed) (?:\w+ ){0,2}form)\b",
    ),
    (
        3,
        r"\b(?:application form|form|application) (?:and (?:\w+ ){1,2})?(?:\w+ )?(?:attached"
        r"|enclosed|is attached|now attached)\b",
    ),
    (1, r"\bapplication\b|\bform\b"),
)

NOMINATION = weighted(
    (
        3,
        r"\b(?:i|we)(?:'d| would|'m| am| are|'re)? (?:\w+ ){0,3}?nominat(?:e|ing|ed)\b|\b(?:like"
        r"|wish|want|pleased|happy|delighted|propose) to nominate\b",
    ),
    (
        3,
        r"\b(?:can|may|could|might) (?:i|we) (?:please )?(?:nominate|propose|suggest|enter"
        r"|put (?:forward|up))\b"
        r"|\bnominat(?:e|ing) (?:myself|ourselves|her|him|them|my|our|the following|two|three"
        r"|four|five|six|\d)",
    ),
    (
        3,
        r"\b(?:nominees?|nominated|nomination|nominations)\s*[:：]|\b(?:our|my|these|following"
        r"|attached|below|two|three|four|five|six|seven|eight|nine|ten"
        r"|\d+) (?:\w+ ){0,2}?(?:nominations?|nominees?)\b",
    ),
    (
        3,
        r"\b(?:can|could|may|might) (?:i|we) (?:please )?(?:have|get|take|join|book|claim) (?:a "
        r"|the )?(?:places?|cohort|programme)\b",
    ),
    (2, r"\bnominations? (?:from|for|of|below|attached|follow)\b"),
    (
        2,
        r"\b(?:put|putting) (?:\w+ ){1,4}?forward\b|\b(?:like|love|want) (?:a place|to (?:join"
        r"|take part|come|be part))\b",
    ),
    (1, r"\bnominat\w+"),
)
