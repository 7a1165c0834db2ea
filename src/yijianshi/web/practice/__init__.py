"""Practising (练习): tasks with made-up cases, what was wrong and why, and the trainer's list."""
