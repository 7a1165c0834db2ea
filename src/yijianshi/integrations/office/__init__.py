"""The app in which officers live (政务办公平台): it is told what is due, without any personal data."""

from .demo import DemoOfficeApp
from .http import HttpOfficeApp

__all__ = ["DemoOfficeApp", "HttpOfficeApp"]
