"""The data-sharing platform and the electronic licence store (数据共享交换平台, 电子证照库)."""

from .demo import DemoExchange
from .health import check
from .remote import HttpExchange, InsecureAddress
from .rolls import DemoRolls, NoRolls

__all__ = ["DemoExchange", "DemoRolls", "HttpExchange", "InsecureAddress", "NoRolls", "check"]
