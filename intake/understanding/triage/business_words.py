"""Pure: phrases of sentences that are about the sending of a message, not about its matter.

`OUTRIGHT` ones make a sentence business however long it is. `HINTS` do so in a sentence that is
short for the number of them: a long sentence about the matter may hold one by chance. Both are
searched in text that is in lower case.
"""

from intake.understanding.texts.patterns import low_cues

_WE = r"(?:we|i)(?:['’](?:d|ve|re|m|ll))?"
_LEAD = (
    r"(?:the |its |your |our )?(?:new |acting )?(?:project )?(?:lead\b(?! to| on to| into)"
    r"|main contact|contact\b)"
)
_POST = (
    r"(?:manager|director|chair|chairman|chairwoman|co-?ordinator|officer|founder|secretary"
    r"|convenor|convener|organiser|president|co-founder|headteacher|principal|treasurer"
    r"|trustee|lead|chief executive|ceo|head|gp partner|practice manager|clerk|warden)"
)

OUTRIGHT = low_cues(
    r"\b(?:hope|trust) (?:that )?(?:this|it|the above) (?:is|will be|gives|tells|meets|suffices"
    r"|will do)\b.{0,20}(?:you|need|enough|$)|^we have member support\b",
    r"\bexpressions? of (?:our |my )?interest\b",
    r"\be\.?o\.?i\.?s?\b",
    r"\bletter of interest\b",
    r"\b(?:express|register|note|record|declare|confirm)(?:ing)? (?:our |an? |my |the "
    r"|some )?interest\b",
    r"\b(?:application|info|information|formal) (?:pack|form)s?\b",
    r"\bthe pack\b|\byour (?:application )?forms?\b|\bgood with forms\b",
    r"\bapplicants?\b",
    r"\bplease find\b|\bsee attached\b|\b(?:form|letter|document|file|nominations?|spreadsheet"
    r"|table) (?:is |are )?attached\b",
    r"\battached (?:is|are|here|to this|please|with|for)\b|\battach(?:ing)? (?:the|our|my|a)\b",
    r"\blook(?:ing)? forward to (?:hearing|receiving|meeting|your|working|talking|seeing you)\b",
    r"\bhear(?:ing)? from you\b|\bhesitate to\b|\b(?:do |please )let (?:me|us) (?:know|have)\b",
    r"\bget (?:back )?in touch with (?:me|us)\b|\bcontact me\b|\b(?:call|ring|phone|text|reach"
    r"|e-?mail|copy|cc) me\b",
    r"\bcopied (?:in|him|her|to)\b|\bmy (?:number|mobile|phone|e-?mail|name|details)(?: number"
    r"| address)? (?:is|are|was|below)\b",
    rf"\b{_WE}(?: am| are)? (?:happy|glad|pleased|willing) to be the (?:\w+ )?"
    r"(?:point of )?contact\b",
    r"^(?:please )?(?:call|ring|phone|text) (?:after|before|between|from|any ?time)\b",
    r"\b(?:use|on) my mobile\b|\bcan be (?:reached|contacted) (?:on|at|by|from)\b",
    r"^(?:many )?thanks?\b|\bthank you\b|^cheers\b|\bapologies\b|^sorry\b|\bforgive me\b",
    r"\b(?:grateful|obliged) (?:if|to (?:hear|know|you))\b|\bgrateful for a\b",
    r"\b(?:project|overall) lead\b|\blead (?:officer|applicant|contact)\b|\bsenior (?:leader"
    r"|sponsor)\b",
    r"\bexec(?:utive)? sponsor\b|\bour sponsor\b",
    rf"\bi(?:['’]m| am|['’]ll| will)(?: be)? {_LEAD}|\bi will be leading\b"
    rf"|\bwill lead (?:on )?(?:it|this)\b",
    rf"\bwould be {_LEAD}",
    r"\bi(?:['’]m| am) (?:writing|sending|forwarding|e-?mailing|contacting|replying|resending"
    r"|submitting|typing)\b",
    r"\bi(?:['’]m| am) getting in touch\b|^i write\b|\bi write (?:on behalf|to)\b|\bi(?:['’]m"
    r"| am) leaving\b",
    r"\bforward(?:ing|ed) (?:this|it|so|the|from|below|you)\b",
    r"\b(?:has|have|been) asked (?:me|us|by)\b(?! (?:what|how|why|whether|who|where|when)\b)"
    r"|\basks? me to\b|\bis the one to (?:talk|speak|write) to\b",
    r"\b(?:ics|icb|stp|footprint)\b",
    rf"\b{_WE} (?:are )?in (?:the )?(?:north|south)[ -]?(?:east|west|central)\b",
    r"\bon behalf of .{0,80}\b(?:partners|team|service|organisation|partnership|network"
    r"|trust)\b.{0,40}$",
    r"\b(?:throw|throwing|put|putting) (?:our|my) (?:hats?|names?) (?:forward|in|into|down)\b"
    r"|\bhat in(?:to)? the ring\b",
    r"\bput(?:ting)? (?:us|ourselves|me|something|someone) (?:forward|in|down)\b|\bcount (?:us"
    r"|me) in\b",
    r"\b(?:like us to be|we be|love to be|like to be|to be|being) considered\b"
    r"|\bplease consider\b|\bfor (?:your )?consideration\b",
    r"\bplease (?:accept|take|treat|see|note|register|send|use|keep|ignore|forgive|excuse"
    r"|reply|copy|contact|change|remove|count|could|can|may)\b",
    r"\bdo (?:ring|call|phone|e-?mail|shout|write back|get in touch)\b|\bif you need (?:more|any)",
    r"\bpls\b|^hope (?:you|this|it|all|that)\b|\bhope you(?:['’]re| are|r)\b",
    r"\b(?:working |project )(?:title|name) (?:is|will be|would be)\b|\bcall ourselves\b",
    r"^(?:just )?(?:one|two|three|a couple of|a few) (?:\w+ )?(?:things?|updates?)\b"
    r"(?! (?:we|that|have|are|go))"
    r"|\b(?:project|it) ?(?:is|['’]s) (?:now |going )?to be called\b|\bwants? in\.?$",
    r"\bproject is (?:now |to be |going to be )?(?:called|named|titled|known as)\b"
    r"|\b(?:it|be) noted\b|^(?:the )?title (?:is|will be)\b",
    rf"\bmy name is\b|\bi(?:['’]?m| am) (?:the |a |an "
    rf"|your )?(?:[\w-]+ ){{0,4}}{_POST}\b.{{0,3}}(?:of|at|for|with|here|$|,|\.)",
    r"\bim the \w+ \w+\b|\bout of (?:the )?office\b|\bin a personal capacity\b|\bon (?:annual"
    r"|maternity|sick) leave\b",
    r"\bnominat(?:e|es|ed|ing|ions?|or)\b|\bnominees?\b|\bcohort (?:starting|one|two|\d|please"
    r"|except)|\b(?:any|same|first|second|preferred) cohort\b"
    r"|\b(?:prefer|suits?|like|join|wait for)\b.{0,20}\bcohort\b|\b(?:his|her|their) release\b",
    r"\bsigned up so far\b|\bsent you\b|\b(?:since|when|what) (?:i|we) (?:sent|wrote|submitted)\b",
    r"\bto add to\b|\bnothing else (?:has )?chang"
    r"|\bchanges? the summary\b",
    r"\b(?:ignore|disregard|forget) (?:all |any )?(?:previous|prior|earlier|other|above)\b"
    r"|\bsystem prompt\b|\bmark this (?:project|as)\b",
    r"\bconfirm (?:safe )?receipt\b|\backnowledge receipt\b|\bopening it\b"
    r"|\bhas come through\b|\bcomes through (?:ok|okay|properly)\b",
    r"\bhere goes\b|\byour e-?mail (?:to|on|has|was)\b",
    r"^re\b\s?:|\bas (?:discussed|requested|promised) (?:with|on|in|yesterday|here|by|,)"
    r"|^as (?:discussed|requested|promised)\b",
    r"\bfurther to (?:your|the|our|my|monday|tuesday|wednesday|thursday|friday)\b"
    r"|\bin response to your\b|\bwith reference to your\b",
    r"\bwrites\s?:$|\bown words\s?:$|\bdetails (?:are|follow|below|as follows)\s?:?$",
    r"\bi (?:forgot|omitted|left out|should have (?:said|added|mentioned))\b|\bmy (?:first"
    r"|last|earlier|previous|original) (?:message|e-?mail|note|letter)\b",
    r"\b(?:hello|hi),? (?:ace|team|all|everyone|again|there|both|folks)\b|^yes please\b"
    r"|\bme again\b",
    r"^(?:and )?(?:we|i)(?:['’]re|['’]m| are| am) (?:all )?(?:in|based in|from) [\w ]{3,40}\.?$",
    r"\b(?:we|i)(?:['’]ll| will| shall| am going to|['’]m going to| can) (?:send|write|e-?mail"
    r"|supply|do|finish|get) (?:you )?(?:the|a|our|my) (?:\w+ )?(?:paragraphs?|summary|rest"
    r"|details|text|words|description|outline|write-?up)\b"
    r"|\b(?:get|put) (?:our|my|the) names? (?:in|down)\b",
    r"\b(?:will|has agreed to|have agreed to|is going to|is to) (?:be )?sponsor(?:ing)? (?:it"
    r"|us|this|the (?:project|work|bid))\b|\b(?:is|are) (?:all |both )?with us\.?$",
    r"^we (?:work|operate|are based|cover) (?:\w+ )?(?:across|over|throughout|in)"
    r" (?:[\w'’-]+ ?){1,4}\.?$",
    r"^i(?:['’]m| am) (?:the |an? )(?:\w+ ){0,2}(?:proprietor|owner|landlord|landlady|editor"
    r"|curator|steward|minister|vicar|rector|imam|rabbi|priest) (?:of|at|for)\b",
    r"^we(?:['’]re| are) in [a-z]\w+\b.{0,40}\b(?:but|and|though)\b",
    r"\bby way of introduction\b|\bin (?:that|the (?:first|second|latter|former)) capacity\b"
    r"|\bi (?:ran|bumped) into\b|\b(?:said|told me|suggested|urged me)(?: \w+){0,2} to (?:write"
    r"|e-?mail|apply|get in touch)\b|\b(?:and|she|he|they) said,? write\b|\bput me on ?to\b",
    r"\byour (?:poster|flyer|leaflet|stand|talk|advert|newsletter|bulletin|webinar|website|page"
    r"|helpdesk|director|office|list|panel|notice)\b|\byou ask(?:ed)? for\b"
    r"|\byou asked (?:about|who|what)\b",
    r"\bto lead (?:on )?(?:it|this|the project)\b|\bbe in charge of (?:it|this)\b|\bto type (?:up"
    r"|this)\b|\basked (?:me|us) to (?!use\b)|\bno need to (?:acknowledge|reply|answer)\b",
    r"\b(?:all )?(?:correspondence|letters|replies|queries) (?:should|to|may|please)\b"
    r"|\bthe following on behalf\b|\bwho['’]s who\b|\blead: me\b",
    r"\bonly after information\b|\bno project as such\b|\b(?:revised|latest|final) version\b"
    r"|\bquick question\b",
)

HINTS = low_cues(
    r"\battach(?:ed|ment)s?\b|\benclosed?\b|\bthe forms?\b|\bfill(?:ed|ing)? (?:in|out)\b",
    r"\b(?:see|find|read|set out|given|shown|described|as|about it|details?|information"
    r"|summary|outline) below\b|\bbelow\.?$",
    r"\b(?:happy|glad|pleased|delighted|available|free) to (?:talk|discuss|answer|chat|provide"
    r"|tell you|share|send|supply|meet|explain|expand|submit|apply|clarify)\b",
    r"\blet (?:me|us) (?:know|have)\b|\bget (?:back )?in touch\b|\bon (?:annual |maternity "
    r"|sick )?leave\b|\bseconded\b",
    r"\b(?:could|can|would|will|may) (?:you|i|we) (?:please |kindly |also |possibly )?(?:send"
    r"|tell|let|confirm|pass|forward|advise|look|put|add|have|register|share|reply|say|give"
    r"|point|help|ask|change|use|remove|clarify|submit|enter|take this)\b",
    r"\bthanks\b|\bgrateful for\b|\bapologi[sz]e\b|\bsorry (?:for|if|about|was|that|to|it)\b"
    r"|\bexcuse\b",
    rf"\b{_WE} (?:do )?hope (?:it is|this|that this|that it|you|that you|to (?:hear|attend))\b",
    r"\b(?:send|sending|sent|pass|passing|submit|submitting) (?:this|it|you|the (?:following"
    r"|below))\b|\bforwarding\b|\bon (?:her|his|their|my|our) behalf\b",
    r"\bwhich (?:area|borough|system|partnership)\b|\b(?:interested|interest) in (?:the |your "
    r"|this |applying|taking part|being|ace\b)",
    rf"(?:^(?:\w+,? ){{0,2}}|\b{_WE} (?:have |just |only |recently )?)(?:saw|seen|read"
    rf"|heard (?:of|about)|came across|spotted|noticed|received|got|been sent) (?:this|it"
    rf"|about (?:this|it|your)|your|of (?:this|your)|the (?:ace|call|notice|announcement|advert"
    rf"|flyer|e-?mail|invitation|leaflet|post|thing|ad|grant|fund|money))\b",
    r"\bplease\b|\bkindly\b",
    r"\b(?:apply|applying|application|bid|bidding|submission|submit|submitting) (?:for|to"
    r"|under|in|by)\b.{0,50}\b(?:ace|grant|fund(?:s|ing)?|call|scheme|programme|round"
    r"|deadline)\b|\bapply to ace\b",
    r"\b(?:your|the) (?:deadline|closing date|cut[- ]?off|guidance|word limit|criteria|call"
    r"|notice|grant|scheme|programme|funding|announcement|flyer|bulletin)\b|\bclosing (?:date"
    r"|today)\b|\bmiss(?:ed|ing)? the (?:date|deadline)\b",
    r"\bhere (?:it|they|we) (?:is|are|goes?)\b|^(?:so |and )?here(?:['’]s| is| are) (?:our|my"
    r"|the|a|what|some|four|three|two|five|six)\b",
    r"\bin plain words\b|\bas (?:below|follows)\b|\bcomes? next\b|\bmore detail\b"
    r"|\bthe detail\b|\byou(?:['’]re| are)? (?:look(?:ing)? for|want(?:ed)? (?:from )?us"
    r"|need (?:from us|anything|more|to know|any))\b",
    rf"\bleft out anything\b|\b{_WE} (?:will |can )?write (?:it |this )?up\b|\bwrite up the\b"
    rf"|\bi (?:have|will) (?:call|name)\w* (?:it|this)\b|\b{_WE} call (?:it|this|the project)\b",
    r"\brelease (?:for|from|is|has)\b|\bfor a place\b|\bput(?:ting)? (?:\w+ ){1,4}forward\b"
    r"|\bagreed to be (?:a|our|one)\b",
    r"\b(?:are|is|['’]re) (?:now |also |all |both )?(?:on board|signed up|partners)\b"
    r"|\b(?:we have|our|with) partners? (?:in|at|are|is|include|including|so far)\b"
    r"|\bpartners? (?:are|include|so far)\b",
    r"\byou(?:['’]ve| have)? told (?:me|us)\b|\bthe summary\b|\b(?:my|this) (?:e-?mail|message"
    r"|machine|phone)\b|\btab \d\b|\bin error\b",
    r"\bshare (?:this|my|our) .{0,20}(?:with|details)\b|\bshare this\b|\b(?:any|some|few|two"
    r"|have a|more) (?:questions|queries)\b|\bquer(?:y|ies)\b",
    r"\bname for (?:it|the project)\b|\b(?:come|came) on board\b|\bas a partner\b",
    r"\b(?:manager|director|boss|chief executive|matron|supervisor|headteacher|trustees"
    r"|governors)\b[^.;!?]{0,40}? (?:(?:has|have|who|fully|also) ){0,2}"
    r"(?:agree[sd]?\b(?! (?:that|on|to)\b)"
    r"|approve[sd]?\b|consents?\b|(?:is|are) (?:happy|content|fine|aware)\b|said yes\b)",
    r"\bthe right person\b|\bmy (?:committee|trustees|manager|board)\b"
    r"|\bnot (?:sure|certain) (?:which|whether|if|what)\b|\bi will (?:send"
    r"|write|fill|complete|return)\b",
)
