"""Codes that can be read out, written down and typed."""

from groups.short_codes import ALPHABET, LENGTH, new_code


def test_codes_have_five_signs_of_the_alphabet():
    codes = [new_code() for _ in range(300)]

    assert {len(code) for code in codes} == {LENGTH}
    assert set("".join(codes)) == set(ALPHABET)


def test_codes_have_no_vowel_and_no_sign_that_looks_like_another():
    assert set(ALPHABET) & set("aeiouy01l") == set()
