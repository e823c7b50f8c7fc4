"""Forms in the side panel and the few true dialogs."""
