"""Two pages are the same where a browser makes the same document of them, and only there."""

import pytest

from tests.publish.same import is_same_document


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ('<p id="a" class="b">x y</p>', '<p class="b"  id="a"> x\n y </p>', True),
        ("<p>a<br />b</p>", "<p>a<br>b</p>", True),
        ("<p>it&#39;s</p>", "<p>it's</p>", True),
        ("<svg><path/></svg>", "<svg><path></path></svg>", True),
        ("<svg><path/><g/></svg>", "<svg><path><g/></path></svg>", False),
        ("<em>a</em> b", "<em>a</em>b", False),
        ("<p>a</p>", "<p>b</p>", False),
        ("<p>a</p>", "<p>a</p><p></p>", False),
        ('<p id="a">a</p>', '<p id="b">a</p>', False),
        ("<p>a<b>c</b></p>", "<p><b>a</b>c</p>", False),
    ],
)
def test_what_is_the_same(one: str, other: str, same: bool) -> None:
    assert is_same_document(one.encode(), other.encode()) is same
