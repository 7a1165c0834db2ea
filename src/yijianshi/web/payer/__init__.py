"""Where a payer is outside in the demo, and where a provider calls back."""
