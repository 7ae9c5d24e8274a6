// Written by `python -m generator.folding` from generator/folding/table.py, which says what each is.

export const APOSTROPHES = "'\u2019\u2018\u201b`\u00b4\u2032\u2035\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02ca\u02cb\u055a\u05f3\uff07"
export const DOUBLE_QUOTES = "\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2036\u301d\u301e\u301f\u02ba\u05f4\uff02"
export const HYPHENS = "\\-\u2010\u2011\u2012\u2013\u2212\u2043\u02d7\u058a\u05be\ufe63\uff0d"
export const GONE = "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\udb40\udc00-\udb40\udc7f\udb40\udd00-\udb40\uddef\u055b\u055c\u055e\u0640"
export const FORMS = "\u1d62-\u1d6a\u2080-\u209c\u2c7c\u2e80-\u2fdf\u3300-\u33ff\ufe10-\ufe6f\uff00-\uffef"
export const SUPERSCRIPTS = "\u00aa\u00ba"
export const MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670"
export const LEFT_OUT = "'.,"
export const UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ud840\udc00-\ud8bf\udfff"
export const SYLLABIC = "\u1200-\u137f\uac00-\ud7a3"
export const LETTERS = {"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u0127": "h", "\u0167": "t", "\u0131": "i", "\u00f0": "d", "\u00e6": "ae", "\u0153": "oe", "\u00df": "ss", "\u00fe": "th", "\u0259": "e", "\u014b": "n", "\u03c2": "\u03c3", "\u0491": "\u0433", "\u0671": "\u0627", "\u0649": "\u064a", "\u06cc": "\u064a", "\u0629": "\u0647", "\u06c1": "\u0647", "\u06be": "\u0647", "\u06a9": "\u0643", "\u0565\u057e": "\u0565\u0582"}
export const ENDINGS = ["ll", "re", "ve"]
