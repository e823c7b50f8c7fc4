"""Speed and memory, each figure beside a floor measured in the same run: `python3 tasks.py bench`."""
