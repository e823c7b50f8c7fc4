"""Reviews: when they fall due, what they may say, and days proposed for them."""
