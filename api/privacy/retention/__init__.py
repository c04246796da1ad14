"""Nothing is kept longer than its class allows; counts stay."""
