"""The interface's words: what pages and the theme say of their own accord, a catalogue a language.

A dossier's own words are its curators' and stay as they are. A message is text with `{names}` for
values; where a number decides its form, it is a mapping of the plural categories of Unicode's CLDR
(https://cldr.unicode.org/index/cldr-spec/plural-rules) and the number is the value `n`.
"""

from generator.words.catalogue import DEFAULT, Message, Words, languages

__all__ = ["DEFAULT", "Message", "Words", "languages"]
