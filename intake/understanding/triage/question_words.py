"""Pure: how people ask, and say that nothing is decided yet."""

import re

from intake.understanding.triage.cue_phrases import weighted

ASKING = weighted(
    (
        1,
        r"\b(?:grateful|thankful|appreciate|helpful|useful|obliged)\b.{0,40}\b(?:steer|clarif\w+"
        r"|advice|guidance|answer|clue|confirmation)",
    ),
    (
        1,
        r"\b(?:please|pls|kindly|could you|can you|would you)\b.{0,30}\b(?:advise|clarify"
        r"|explain|let (?:me|us) know (?:if|whether|what|how|when|who|which|where))",
    ),
    (
        1,
        r"\blet (?:me|us) know (?:if|whether|what|how|when|who|which|where)\b(?!.{0,30}(?:need"
        r"|missing|questions|anything|problem|received|require|more))",
    ),
    (
        1,
        r"\b(?:we|i)(?:'m| am| are|'re| was| were)? (?:just |only )?(?:wonder(?:ing|ed)?"
        r"|want(?:ing|ed) to (?:know|check|ask)|not (?:sure|clear)) (?:if|whether|what|how|who"
        r"|which"
        r"|about)",
    ),
    (
        1,
        r"\b(?:query|queries|enquiry|enquiries|inquiry|clarification|question"
        r"|questions) (?:about|re\b|on|regarding|for|from|below|as follows)|\b(?:quick|one|two"
        r"|a few|some|couple of) (?:queries|questions|question|query)\b",
    ),
    (
        1,
        r"\b(?:could|can|would) you (?:please |kindly |possibly )?(?:tell|confirm|clarify"
        r"|explain|advise|say|point|send (?:me|us) (?:more|some|further|the details|information"
        r"|a copy))",
    ),
    (
        1,
        r"\b(?:more|further|additional) (?:information|details?|info) (?:about|on|regarding)\b"
        r"|\bneed to know\b",
    ),
    (
        1,
        r"\b(?:cannot|can't|won't|unable to|doesn't|does not) (?:open|find|type|download|access"
        r"|see|read|edit)\b",
    ),
    (
        1,
        r"\b(?:unsure|uncertain) (?:whether|if|what|how|about)\b|\benquiring (?:about|whether"
        r"|if)\b",
    ),
)

REQUEST = re.compile(
    r"^(?:please,? |pls |so,? |and |also,? |in which case,? )*(?:can|could|would"
    r"|will) you (?:please |kindly |also |just )*"
    r"(?!please|kindly|also|just|tell|confirm|clarify|explain|advise|say|let|point|help|send"
    r"|remind|give|explain|direct)\w+"
)
"""Questions in form that ask for something to be done."""

COURTESY = re.compile(
    r"\b(?:hope (?:you|that)|how are you|is that (?:ok|okay|all right|alright)"
    r"|would that be (?:ok|okay|all right)"
    r"|please can (?:someone|you) confirm|confirm (?:safe )?receipt|did (?:you|it) (?:get"
    r"|receive|come|arrive)"
    r"|(?:i think|i believe|i suppose|i guess|i assume|right|correct|isn't it)\W*$"
    r"|what (?:else )?do you need|anything else you need|could we put something in"
    r"|(?:can|could|may|might) (?:i|we) (?:please )?(?:have|get|take|join|book|nominate"
    r"|put)\b.{0,60}(?:place|programme|cohort|forward|up|myself|team|something|us)"
    r")(?!\w)"
)
"""Questions that ask nothing an organiser would have to find out."""

UNDECIDED = weighted(
    (
        2,
        r"\bno (?:project|proposal|idea|firm plans?|plans?) (?:as such|yet|at (?:present"
        r"|the moment|this stage)|in mind)",
    ),
    (
        2,
        r"\bbefore (?:we|i) (?:decide|commit|go any further|put anything|start|submit|apply|send"
        r"|do anything|mention|raise|take this|invest|write|agree|sign|say (?:yes|anything)"
        r"|go to|spend|put (?:any|more)|approach"
        r"|ask (?:our|my))",
    ),
    (
        2,
        r"\b(?:only|just|purely|merely) (?:after|looking for|seeking|asking for|want(?:ing)?"
        r"|need) (?:some |a bit of |more )?(?:information|info|details|clarif\w+|guidance)",
    ),
    (
        2,
        r"\b(?:not|haven't|have not|hasn't) (?:yet )?(?:decided|in a position|ready|made up"
        r"|agreed|made a decision|settled)\b.{0,60}\b(?:apply|bid|whether|submit|put|project"
        r"|take part|to)\b",
    ),
    (
        2,
        r"\b(?:deciding|decide|considering|consider|thinking about|weighing up|discussing"
        r"|debating) (?:whether|if)\b",
    ),
    (
        2,
        r"\b(?:thinking (?:of|about)|considering|contemplating|toying with) (?:applying|putting"
        r"|submitting|bidding|an? (?:application|bid|eoi|expression))",
    ),
    (
        1,
        r"\b(?:at this stage|for now|at the moment|so far)\b.{0,40}\b(?:only|just|information"
        r"|no project|nothing|no plans)",
    ),
    (
        1,
        r"\b(?:might|may) (?:be interested|apply|put|want to apply|submit)\b|\bif we (?:did|do"
        r"|were to|decide to) (?:apply|bid|go ahead|put)",
    ),
    (
        2,
        r"\b(?:none|neither|nobody|no one|not all) (?:of (?:whom|them|us|which) )?(?:has|have|is"
        r"|are) (?:yet )?(?:decided|committed|agreed|made up|signed up|settled)\b",
    ),
    (
        1,
        r"\bnothing (?:firm|concrete|to register|to submit|to put forward)\b"
        r"|\bi'd rather know before\b",
    ),
    (
        2,
        r"\bif (?:the answers?|it|that|this|so|not|we are|we're) (?:is|are|looks?|sounds?"
        r"|seems?)\b.{0,40}\b(?:we|i)(?:'ll| will| would| may| might|'d) (?:then )?(?:talk|think"
        r"|decide|consider|apply|put|look|start|discuss|speak)|\b(?:unsure|uncertain|not sure"
        r"|don't know|wondering) (?:whether|if) (?:we|it|to)\b.{0,60}\b(?:apply|eligible"
        r"|too (?:small|big|large|late)|qualify|fit|worth|be suitable)",
    ),
)
