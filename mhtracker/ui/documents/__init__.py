"""Documents in the window: taking files in, and showing what they hold."""
