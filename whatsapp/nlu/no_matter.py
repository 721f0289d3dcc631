"""How people say that money is no matter."""

from __future__ import annotations

_MONEY_TR = (
    r"(?:para|butce|fiyat|ucret|tutar|masraf|maliyet|miktar)"
    r"(?:si|miz|nin|min|m|i|da|de|ta|te|dan|den|nda|ya|ye|a|yi|sini|sina)?"
)
_LIMIT_TR = r"(?:sinir|limit|ust sinir|ust limit|kisit|tavan)(?:im|imiz|i|lama\w*)?"
_MIND_TR = (
    r"(?:fark ?et(?:mez|miyor|mi?yo)|farki yok|(?:onemli|muhim|sorun|sikinti|dert|problem|mesele"
    r"|onemi|derdi?m?) (?:degil|yok|olmaz)|onem(?:i|li) (?:degil|yok)|derdim(?:iz)? (?:yok|degil)"
    rf"|sikintim(?:iz)? yok|sorunum(?:uz)? yok|{_LIMIT_TR} (?:yok|koym\w*|degil)|limitsiz|sinirsiz"
    r"|esnek|serbest|acik|(?:dusunme|takilma|bakma|umursama|sorma)(?:m|yiz|yin|yiniz|z|dim)?"
    r"|(?:dusun|tak|bak|umursa)m(?:uy|iy)or(?:um|uz)?|ne olursa(?: olsun)?)"
)
_HOW_MUCH_TR = (
    r"(?:ne kadar|kac para|kac lira|kaca|kac tl|ne|kac)(?: (?:ederse|olursa|tutarsa|isterse|derse"
    r"|istiyorsa|diyorsa|cikarsa)(?:n|niz|ler)?(?: (?:olsun|etsin|tutsun|veririm|verelim|oderim"
    r"|tamam"
    r"|kabul))?|sa(?: o)?)"
    r"|(?:kac (?:para|lira|tl)y?|kac|ne kadar)s[ae](?: (?:o|veririm|verelim|oderim|olsun"
    r"|kac para|ne"
    r" kadar))*|(?:sinirsiz|limitsiz) (?:butce|para)(?:m|miz)?(?: var)?"
    r"|(?:ne kadar|fiyati|parasi|ucreti|bedeli|tutari) (?:ney|kac|ne)se(?: (?:o|veririm|oderim"
    r"|verelim|odeyelim))?|neyse (?:parasi|fiyati|o)|parasinda degilim|paranin onemi yok"
)
_MONEY_EN = r"(?:(?:the|my|our) )?(?:money|price|budget|cost|costs|pricing|spend)"
_MIND_EN = (
    r"(?:'s | is |s | are | )?(?:(?:really|totally|completely|just) )*"
    r"(?:(?:does|do)(?: ?not|n'?t) (?:really )?matter|no (?:object|issue|problem|matter|concern"
    r"|worry"
    r"|worries|limit|constraint)|not? (?:an |a |really |any )*(?:object|issue|problem|matter"
    r"|concern"
    r"|important|constraint|limited|fixed)|isn'?t (?:an |a |any |really )*(?:object|issue|problem"
    r"|matter|concern|important)|irrelevant|unimportant|unlimited|flexible|open|whatever|no thing)"
)
_LIMIT_EN = (
    r"(?:there is |there's |i have |we have |i've |we've |got |have )?(?:no|without(?: a| any)?)"
    r" (?:budget|price|upper|spending|set|real|particular|fixed|money)? ?(?:limits?|cap|ceiling"
    r"|maximum|max|budget|constraint)(?: (?:really|on (?:price|money|budget)|for (?:this|it)))*"
)
_CARE_EN = (
    r"(?:(?:i|we) )?(?:don'?t|do not|couldn'?t|not|am not|i'?m not|we'?re not|never)"
    r" (?:(?:really|too|that|so) )*(?:care|mind|fussed|bothered|worried|picky|fussy|worry"
    r"|concerned)"
    r"(?: (?:about|on|over|how|what|with))*(?: (?:the|it|my|our|is|for))*"
    r" (?:price\w*|money|budget|costs?|how much|much it costs|much(?: i pay| it is)?|spend\w*"
    r"|pay\w*)"
    r"(?: (?:it )?(?:costs?|is|takes))?"
)
_ANY_EN = (
    r"any (?:price|budget|amount|cost)(?: (?:is )?(?:fine|ok|okay|works|will do|goes))?"
    r"|(?:whatever|no matter|regardless of|however much) (?:the (?:price|cost|budget)|it (?:costs?"
    r"|takes|is)|what it costs|how much(?: it costs)?|you charge|they (?:ask|charge))"
    r"|(?:the )?sky'?s the limit|(?:the )?sky is the limit|i'?ll pay (?:anything|whatever\w*(?: it"
    r" (?:costs|takes))?)|at any (?:price|cost)|name your price"
)
# Said anywhere.
NO_MATTER = (
    rf"{_MONEY_TR}(?: (?:benim|bizim|icin|hic|pek|cok|konusunda|konusu|hususunda|tarafi|da|de"
    rf"|bir))*"
    rf" {_MIND_TR}|{_HOW_MUCH_TR}|butcesiz|{_MONEY_EN}{_MIND_EN}|{_LIMIT_EN}|{_CARE_EN}|{_ANY_EN}"
)
# Enough in answer to the question about money.
ASKED = (
    rf"(?:hic )?{_MIND_TR}|{_LIMIT_TR} yok|farketmez|fark etmez|ne kadar\w*|neyse(?: ne| o)?"
    r"|hepsi olur|ne olursa(?: olsun)?|bilmem|siz bilirsiniz|onemli olan \w+"
    r"|any(?:thing)?(?: (?:is fine|goes|works))?|doesn'?t matter|does not matter|dont matter"
    r"|(?:i )?(?:don'?t|do not) (?:care|mind)|whatever(?: it is| works)?|unlimited|not important"
    r"|flexible|open|no (?:preference|idea|matter)|it'?s (?:flexible|open)|not (?:fussed"
    r"|bothered|an"
    r" issue|a problem)|irrelevant|up to (?:you|them)|sorun degil"
)
