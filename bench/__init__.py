"""Benchmarks beside their floors: what the platform costs, and what bare SQL would cost on the same machine."""
