"""Services, their places, who waits for them and the contracts behind them."""
