"""Dates of every shape that is taken, and texts that are nearly dates."""

from itertools import product

from hypothesis import strategies as st

_WHOLE = ("2022", "2022-09", "2022-09-16", "2024-02-29", "0001", "0001-01-01", "0987", "9999", "9999-12-31")
_VAGUE = ("202X", "20XX", "098X", "01XX", "99XX", "2022-XX", "2022-XX-XX", "2022-09-XX")
_SEASONS = ("2022-21", "2022-22", "2022-23", "2022-24", "0001-24", "9999-24")
SINGLE = tuple(f"{text}{flag}" for text, flag in product((*_WHOLE, *_VAGUE, *_SEASONS), ("", "?", "~", "%")))
_ENDS = (
    "2022",
    "2022-09",
    "2022-09-16",
    "202X",
    "2022-XX",
    "2022-23",
    "2022-09~",
    "2022-09-16?",
    "0001",
    "9999",
)
_BETWEEN: tuple[str, ...] = (
    "0001/9999",
    "2021/2022",
    "2022-09/2022-11",
    "2022-09/2022-09",
    "2022-09-12/2022-09-13",
)
_BETWEEN += ("2022-09-30/2022-10-01", "2022-09-30/2022-10", "2022-09/2022-10-01", "2021-XX/2022", "201X/202X")
_BETWEEN += ("2022-09-12~/2022-09-13?", "2022-21/2022-23", "2021-24/2022-02", "2022-23/2022-04")
# One date of which only bounds are known.
_SETS = (
    "[2022-09-13..2022-11-28]",
    "[2022-09-13..2022-09-16]",
    "[2021-05..2022-05-16]",
    "[2021-05..2022-05]",
    "[1991..2022]",
    "[..2022]",
    "[..2022-11]",
    "[..9999-12-31]",
)
# One date of every shape that the guide says is taken.
SHAPES = (
    *SINGLE,
    *(pattern.format(end) for end in _ENDS for pattern in ("{}/..", "{}/", "../{}", "/{}")),
    *_BETWEEN,
    *_SETS,
)

_PIECES = st.sampled_from(
    [
        *"0129X~?%/-.[]TZY٣",
        "..",
        "2022",
        "0000",
        "-00",
        "-09",
        "-13",
        "-31",
        "-21",
        "-XX",
        "202X",
        "T10:00:00Z",
    ]
)
# Any text, pieces of dates in any order, and dates in which one character is another.
NEARLY = st.one_of(
    st.text(),
    st.lists(_PIECES, max_size=8).map("".join),
    st.builds(
        lambda text, at, other: f"{text[:at]}{other}{text[at + 1 :]}",
        st.sampled_from(SHAPES),
        st.integers(0, 12),
        st.sampled_from([*"0123456789X?~%/.- xT", ""]),
    ),
)
