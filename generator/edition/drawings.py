"""Parts of figures that take long to draw, and depend on nothing but what they show."""

from collections.abc import Callable


class Drawings:
    """What was drawn, for whoever shows the same again."""

    def __init__(self) -> None:
        self._drawn: dict[str, str] = {}

    def of(self, shown: str, draw: Callable[[], str]) -> str:
        """The drawing of something.

        Args:
            shown: Says all that the drawing depends on but the program.
            draw: Draws it, where nobody has.
        """
        if shown not in self._drawn:
            self._drawn[shown] = draw()
        return self._drawn[shown]
