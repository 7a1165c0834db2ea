"""Existing portals that bring people here, and hear how it goes (接入门户)."""

from .receiver import HttpReceiver

__all__ = ["HttpReceiver"]
