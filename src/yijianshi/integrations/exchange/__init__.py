"""The data-sharing platform and the electronic licence store (数据共享交换平台, 电子证照库)."""

from .demo import DemoExchange
from .health import check
from .remote import HttpExchange, InsecureAddress

__all__ = ["DemoExchange", "HttpExchange", "InsecureAddress", "check"]
