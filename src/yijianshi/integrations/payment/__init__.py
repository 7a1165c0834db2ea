"""The provider of unified public payment (统一公共支付): what is charged is paid there, split by who collects."""

from .counter import CounterPayment
from .demo import DemoPayment
from .health import check

__all__ = ["CounterPayment", "DemoPayment", "check"]
