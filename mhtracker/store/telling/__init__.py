"""What was recorded, in words: names for ids, labels for codes, sentences. Window, paper and CLI read it."""
