"""Facts and rules of the pathway: pure Python, no Qt, no SQL."""
