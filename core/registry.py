"""What an app below needs from those above: told by them when they are ready, so that imports run
one way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Registry(Generic[Item]):
    """Items by code, in the order in which they were registered.

    `subject` says what they are, for whoever asks for one that is not there.
    """

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self._items: dict[str, Item] = {}

    def register(self, code: str, item: Item) -> Item:
        """Takes an item, and gives it back. Raises ValueError for a code that another one has."""
        if self._items.get(code, item) != item:
            raise ValueError(f"There is already another of the {self.subject} called “{code}”.")
        self._items[code] = item
        return item

    def get(self, code: str) -> Item:
        """The item. Raises KeyError, with the codes that there are."""
        if code not in self._items:
            known = ", ".join(sorted(self._items)) or "none"
            raise KeyError(f"“{code}” is none of the {self.subject}. There are: {known}.")
        return self._items[code]

    def find(self, code: str) -> Item | None:
        """The item; None where nobody registered one."""
        return self._items.get(code)

    def __contains__(self, code: object) -> bool:
        return code in self._items

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())

    def codes(self) -> list[str]:
        """Of all items."""
        return list(self._items)

    def items(self) -> Iterator[tuple[str, Item]]:
        """Codes and items."""
        return iter(self._items.items())
