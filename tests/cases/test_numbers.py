"""The number of a case cannot be guessed, and a slip of the pen shows."""

import math

from zhengtong.cases.numbers import _ALPHABET, is_well_formed, new_number


def drawn(many: int) -> list[str]:
    return ["".join(new_number("QS", 2026).split("-")[2:])[:13] for _ in range(many)]


def test_it_holds_sixty_random_bits_and_more():
    assert 13 * math.log2(len(_ALPHABET)) >= 60
    places = list(zip(*drawn(2000), strict=True))
    assert len(places) == 13
    assert all(len(set(signs)) == len(_ALPHABET) for signs in places), "every sign at every place"


def test_none_is_drawn_twice_and_none_follows_from_another():
    numbers = drawn(2000)
    assert len(set(numbers)) == len(numbers) and sorted(numbers) != numbers


def test_one_wrong_sign_or_two_that_changed_places_show():
    number = new_number("QS", 2026)
    assert is_well_formed(number)
    head, sign = number[:8], number[8]
    other = _ALPHABET[(_ALPHABET.index(sign) + 1) % len(_ALPHABET)]
    assert not is_well_formed(head + other + number[9:])
    swapped = head + number[9] + number[8] + number[10:]
    assert number[8] == number[9] or not is_well_formed(swapped)
