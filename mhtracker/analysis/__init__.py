"""What managers ask of many people at once: flow, lengths of stay, forecasts. numpy and pandas are imported late."""
