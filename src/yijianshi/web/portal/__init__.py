"""Doors that lead in and on: one's own space, another device, the kiosk, an existing portal, how one is told."""
