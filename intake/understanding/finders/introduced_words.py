"""Pure: what stands around the names of those who are put forward, and of those who are not."""

import re

from intake.understanding.texts.patterns import cues

GOES_ON = re.compile(
    r"(?:The |My |Our |And |Then )?(?:first|second|third|fourth|fifth|last|final|one|other|next)\b"
    r"|(?:Finally|Then|Lastly|Also|And|Next|Plus|They are|They're|These are|Those are)\b",
    re.I,
)
"""How a sentence begins that names one more of those who are put forward."""
JOINS = re.compile(
    r"(?:^|[,;:–—-]|\b(?:and|plus|or|is|are|also)\b)\s*(?:(?:then|also|finally|lastly)\b,?\s*)?"
    r"(?:(?:the|our|a|an|my|his|her|one)(?: (?!who|which|that)[\w'’-]+){1,5}?,?\s*)?$",
    re.I,
)
"""What stands right before a name that is one more of several."""
APART = cues(
    r"\b(?:dear|hi|hello|on behalf of|behalf of (?:our|my|the) [\w ]{1,40},?|from"
    r"|(?<!followed )(?<!accompanied )(?<!joined )by(?: me,)?|(?:writ\w+|speak\w*|act\w*) for"
    r"|(?:line|['’]s|my(?: [\w'’-]+){0,3}) manager,?|['’]s (?:[\w'’-]+ ){0,3}(?:manager|boss"
    r"|director|head|supervisor|matron|consultant|lead) is"
    r"|told|ask(?:ed|ing)?|copy(?:ing)?(?: in)?|cc|contact|ring|speak to|write to"
    r"|reply to|knowledge of|care of(?: the \w+)?,?|thanks to|reports? to"
    r"|works? (?:with|for|to|under|alongside)"
    r"|i am|i['’]m|my name is|this is|i,|met)\s*$",
    r"\bwith the (?:full )?(?:knowledge|consent|agreement|approval|blessing|support|permission)"
    r" of\b[^.;:]{0,100}$",
    r"\bmy (?:[\w'’-]+ ){0,3}(?:manager|boss|head|director|chief executive|supervisor|matron"
    r"|trustees)\b"
    r"[^.;:(]{0,40}\($",
    r"\b(?:her|his|their)(?: (?!colleague|deputy|friend|counterpart|opposite|assistant|names?\b)"
    r"[\w'’-]+){1,4},?\s*$",
)
"""What stands before the name of somebody who has another part in it, in any sentence."""
ASIDE = cues(
    r"\b(?:with|under|after|like|via|through|and i|i and)\s*$",
    r"\b(?:my|our)(?: [\w'’-]+){0,3} (?:boss|director|chief executive|chair\w*|president"
    r"|consultant|partner),?\s*$",
)
"""What does so where nothing says that they are put forward."""
WAS_NOMINATED = cues(
    r"\b(?:i|we)(?:['’]ve| have)? (?:already )?(?:nominated|proposed|suggested|sent|put forward)\b"
    r"[^.;:!?]{0,80}$"
)
LONG_AGO = cues(
    r"^[^.;:!?]{0,80}\b(?:last (?:week|month|year|time|round|cohort)|already|earlier|previously"
    r"|(?:days|weeks|months|years|a (?:week|month|year)) ago|in (?:january|february|march|april|may"
    r"|june|july|august|september|october|november|december))\b"
)
"""Together: somebody who was put forward before and is not again."""
CONSENTS = re.compile(
    r"(?:\s?\([^()]{0,120}\)|, (?:(?! whose\b)[^.;]){0,80},)?,?\s(?:who |s?he(?:['’]s)? )?"
    r"(?:(?:has|have|is|are|was|will|would|can|could|also|already|both|kindly|very much|fully"
    r"|quite|been|had) ){0,3}"
    r"(?:agree\w*|approv\w*|supports?|content|happy|signed|aware|sa(?:ys?|id)|thinks?|thought"
    r"|believes?|knows? (?:about|of|that|i)|vouch\w*|spare\w*|releas\w*|cover\w*|told"
    r"|dictat\w*|ask(?:s|ed)?|writes|behind|confirm\w*|consent\w*|keeps? (?:the|my|his|her)"
    r"|instruct\w*|cc|copied|put me|insist\w*|ok['’]?d|okayed|cleared|signed off)\b",
    re.I,
)
"""What is said behind the name of somebody who agrees, asks or writes."""
NOMINATOR = re.compile(
    r".{0,200}?\b(?:wish(?:es)?|would like|wants?|is|am|are|proposes)\b.{0,20}"
    r"\b(?:nominat(?!ed\b)|put(?:ting)? forward|propos(?!ed\b)|recommend(?!ed\b))"
    r"|.{0,40}?\b(?:would like|wants|wishes)\b.{0,60}\bto have\b.{0,20}\bplaces?\b"
    r"|[^.]{0,50}\bhas asked (?:me|us)\b",
    re.I,
)
