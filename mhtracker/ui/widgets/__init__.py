"""The parts that pages are made of. Each takes the theme first, and says its name to assistive technology."""
