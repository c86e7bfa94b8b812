"""All that knows Bengali, and nothing else does."""
