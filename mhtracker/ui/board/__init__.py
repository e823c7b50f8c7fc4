"""Parts of the pathway page: cards, columns, the month's flows, and carrying a card to another stage."""
