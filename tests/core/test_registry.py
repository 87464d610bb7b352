"""What apps above tell those below."""

from __future__ import annotations

import pytest

from core.registry import Registry


def test_items_are_found_by_their_code_in_the_order_of_their_registration() -> None:
    colours: Registry[int] = Registry("colours")
    colours.register("red", 1)
    colours.register("blue", 2)
    assert (colours.get("red"), colours.find("green"), "blue" in colours) == (1, None, True)
    assert list(colours) == [1, 2]
    assert list(colours.items()) == [("red", 1), ("blue", 2)]


def test_a_code_is_taken_once_and_one_that_is_not_there_is_named_with_those_that_are() -> None:
    colours: Registry[int] = Registry("colours")
    colours.register("red", 1)
    colours.register("red", 1)
    with pytest.raises(ValueError, match="another of the colours called “red”"):
        colours.register("red", 2)
    with pytest.raises(KeyError, match=r"“green” is none of the colours\. There are: red"):
        colours.get("green")
