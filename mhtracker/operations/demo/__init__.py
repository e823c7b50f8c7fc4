"""The demo register: invented people, and the office around them."""
