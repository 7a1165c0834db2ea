"""Visits at a counter (亮码): showing a code, taking it, looking before somebody's turn, passing an intake on."""
