"""How Hypothesis looks for examples: the same ones each time, so that a run tells of the change and not of chance.

`HYPOTHESIS_PROFILE=explore pytest tests/property` looks for new ones, many times longer.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=5000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
