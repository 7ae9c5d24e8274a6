"""Parts of figures that take long to draw and depend only on what they show."""

from collections.abc import Callable


class Drawings:
    """A cache of drawings by what they show."""

    def __init__(self) -> None:
        self._drawn: dict[str, str] = {}

    def of(self, shown: str, draw: Callable[[], str]) -> str:
        """The drawing with a key, drawn on first access.

        Args:
            shown: The key: everything that the drawing depends on, apart from the program.
            draw: Makes the drawing on the first access.
        """
        if shown not in self._drawn:
            self._drawn[shown] = draw()
        return self._drawn[shown]
