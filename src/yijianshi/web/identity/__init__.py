"""Signing in with a provider, showing more surely who one is, and what stands for both in the demo."""
