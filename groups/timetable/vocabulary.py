"""Words beside days and times: those that may change their meaning, and those of places and activities."""

from .lexicon import DAY, MONTH

#: Words that may change the meaning of a day or time; text with one of them is never taken for other words.
MEANINGFUL = "|".join(
    [
        DAY,
        MONTH,
        r"first|second|third|fourth|fifth|sixth|last|penultimate|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
        r"|twelve|once|twice|every|each|other|another|any|alternat\w+|fortnight\w*|weeks?|weekly|weekdays?|midweek"
        r"|weekends?|month\w*|bi-?\w*ly|quarter\w*|annual\w*|years?|yearly|daily|days?|dates?|times?|odd|even",
        r"today|tomorrow|tonight|terms?|term-?time|termly|half|half-term|holidays?|hols|seasons?|seasonal\w*|spring"
        r"|summer|autumn|winter|christmas|xmas|easter|ramadan|lent|advent|bank|most|mostly|some|sometimes|usual\w*"
        r"|normal\w*|often|occasion\w*|general\w*|regular\w*|irregular\w*|typical\w*|random\w*|various|several|many|few",
        r"not|no|never|non|nor|none|neither|without|except\w*|exclud\w+|excl?|exception|bar|barring|save|skip\w*|minus|miss"
        r"|but|only|unless|if|when|while|whenever|whether|either|or|until|till|til|since|before|after|between"
        r"|through|throughout|next|this|these|previous\w*|following|preceding|nearest|later|earlier|early|late|then",
        r"used|was|were|been|former\w*|closed|closing|closes|cancel\w*|suspend\w*|paus\w+|postpon\w+|mov(?:e|es|ed|ing)"
        r"|chang\w+|instead|otherwise|again|plus|also|beyond|besides|including|includes?|start\w*|begin\w*|commenc\w+|resum\w+|return\w*"
        r"|ends|ended|ending|finish\w*|stop|stops|stopped|stopping|ceas\w+|disband\w*|dissolv\w*|discontinu\w*|defunct",
        r"current\w*|tempora\w+|might|possib\w+|probab\w+|perhaps|maybe|hope\w*|hoping|plan(?:s|ned|ning)?"
        r"|propos\w+|provisional\w*|unconfirmed|pending|trial\w*|pilot\w*|taster|one-off|on-off|ad-?hoc|arrang\w+|request"
        r"|appointment\w*|depend\w*|differ\w*|var(?:y|ies|ied|ying|iable)|rotat\w+|rota|single|soon|now|ago|hold|hiatus"
        r"|break|recess|off|swap\w*|shift\w*|series|courses?|programmes?|blocks?|launch\w*|ongoing|moon|agm|party|parties|event|events"
        r"|(?:book|jumble|bake|plant|boot|craft)\s+sale|fair|f[eê]te|festival|conference|outing|trip|fundraiser|concert",
        r"around|about|approx\w*|roughly|circa|nearly|ish|past|noon|midnight|midday|am|pm|hours?|hourly"
        r"|minutes?|mins?|hrs?|tb[acd]|doors|dusk|dawn|sunset|sunrise|mo|tu|th|fr|sa|su|mwf|[b-hj-z]",
    ]
)
#: A word that changes nothing. An initial with a full stop, and words with hyphens and apostrophes, are words too.
WORD = rf"(?!(?:{MEANINGFUL})\b)[^\W\d_][\w'&/-]*(?:\.(?=\s\w))?"
PLACES = "|".join(
    [
        r"hall|church|chapel|mosque|library|centre|café|cafe|house|rooms?|hub|school|pub|hospital|surgery|clinic",
        r"museum|theatre|meeting house|trading estate|leisure centre|car park",
    ]
)
ACTIVITIES = "|".join(
    [
        r"group|club|shed|choir|walks?|circle|coffee mornings?|lunch|class|workshop|natter|crafts?|gardening",
        r"football|badminton|yoga|art|singing|knitting|reading|check-in|meet-?up|social",
    ]
)
