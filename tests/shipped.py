"""The rules that come with the program, read once for all tests."""

from pipeline.rules import load

RULES = load()
WORDS = RULES.words
