"""Practising (练习): made-up cases in a place of their own; nothing here reads or writes anything of a real matter."""
