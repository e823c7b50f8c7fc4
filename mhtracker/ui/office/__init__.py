"""The parts of the Settings page: you, appearance, pathway, code lists, review rules, workers, the register."""
