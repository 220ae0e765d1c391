"""What all tests share."""

from hypothesis import settings

# The same cases on every machine and every run, and no stopwatch: a slow machine is not a defect.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
