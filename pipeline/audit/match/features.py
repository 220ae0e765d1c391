"""The names of what is measured on a printed and a registered person: the keys of match.toml."""

from __future__ import annotations

NAME = (
    "name_same",  # all words, joined or not
    "name_rarity",  # how rare the words are that agree: tenths of a natural logarithm of their share
    "name_near",  # words with one letter off
    "name_far",  # words with more letters off
    "name_near_rarity",  # how rare those words are
    "name_initials",  # words cut to their first letters
    "name_left_out",  # words of the registered name that are not printed
    "name_added",  # printed words that the registered name lacks
    "name_clash",  # pairs of words that are other words
    "name_order",  # the same words in another order
    "name_one",  # one word only, and the same
)
NIP = (
    "nip_same",
    "nip_one",  # digits wrong, too many or too few
    "nip_two",
    "nip_three",
    "nip_other",
    "nip_birth",  # another number with the same day of birth
    "nip_owned",  # the printed number is somebody else's
)
PLACE = (
    "place",  # how much of position and unit agrees
    "place_same",
    "place_other",
    "place_rarity",  # how few hold the position that agrees
    "place_unprinted",
    "unit",  # how much of the unit agrees
    "acting",  # printed as acting, and registered in another position
)
TITLES = ("titles_same", "titles_other", "sex_other")
LEARNED = ("alias",)  # somebody has confirmed that this name is this person
CANDIDATE = (*NAME, *NIP, *PLACE, *TITLES, *LEARNED)
NOBODY = (
    "nobody",
    "nobody_nip",  # a number is printed
    "nobody_nip_odd",  # and it is not well formed
    "nobody_unplaced",  # no position is printed
    "nobody_rarity",  # how rare the printed words are
    "nobody_one",  # a name of one word
    "nobody_three",  # a name of three words or more
)
TENTH = 10.0
