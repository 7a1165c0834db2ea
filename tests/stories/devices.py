"""What somebody holds in his hand or has on the desk: a phone, a phone without scripts, a wide screen."""

from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext


@dataclass(frozen=True, slots=True)
class Device:
    """What somebody holds in his hand or has on the desk."""

    name: str
    width: int
    height: int
    scripts: bool = True

    @property
    def is_phone(self) -> bool:
        return self.width < 600

    def context(self, browser: Browser) -> BrowserContext:
        """Return a browser of its own, with nothing remembered."""
        context = browser.new_context(
            viewport={"width": self.width, "height": self.height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            is_mobile=self.is_phone,
            has_touch=self.is_phone,
            java_script_enabled=self.scripts,
            service_workers="block",
        )
        context.set_default_timeout(10_000)
        return context


PHONE = Device("phone", 360, 780)
DESKTOP = Device("desktop", 1280, 900)
PHONE_WITHOUT_SCRIPTS = Device("phone without scripts", 360, 780, scripts=False)
#: A phone on which letters are large (长辈版); the page is told so when it is looked at.
LARGE_LETTERS = Device("large letters", 360, 780)
