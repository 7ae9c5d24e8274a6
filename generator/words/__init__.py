"""The interface's words: the text of pages and of the theme that is not the curators', one catalogue a language.

The curators' own words are not changed. A message is text with `{names}` for
values; where a number decides its form, it is a mapping of the plural categories of Unicode's CLDR
(https://cldr.unicode.org/index/cldr-spec/plural-rules) and the number is the value `n`.
"""

from generator.words.catalogue import DEFAULT, Message, Words, languages

__all__ = ["DEFAULT", "Message", "Words", "languages"]
