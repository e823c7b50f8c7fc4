"""The parts that tell the history: of the register on its page, of one person on theirs."""
