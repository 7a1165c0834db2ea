"""What one thing would spare in one place, as values that a page, a sheet of figures and a letter can show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reduction:
    """One of the four reductions: before, and after; None where the list does not say."""

    name: str
    unit: str
    before: float | None
    after: float | None
    counted: str = ""

    @property
    def saved(self) -> float:
        return max((self.before or 0) - (self.after or 0), 0) if self.after is not None else 0

    @property
    def share(self) -> float:
        """How much of it is spared, in whole percent."""
        return round(self.saved / self.before * 100) if self.before else 0


@dataclass(frozen=True, slots=True)
class GainItem:
    """One item of a one-thing beside what the list says of it."""

    code: str
    name: str
    department: str
    listed: str = ""  # the list's own name; empty where the list lacks it
    where: str = ""
    score: float = 0
    sure: bool = True
    days: str = ""
    optional: bool = False

    @property
    def is_there(self) -> bool:
        return bool(self.listed)


@dataclass(frozen=True, slots=True)
class GainMaterial:
    """One document of the one set: who asks for it, and how it is come by once it is one thing."""

    name: str
    asked_by: tuple[str, ...]
    way: str  # upload | shared | produced | generated | forbidden
    why: str = ""
    without_basis: bool = False

    @property
    def is_repeated(self) -> bool:
        return len(self.asked_by) > 1


@dataclass(frozen=True, slots=True)
class Wait:
    """An order that the list makes and nothing demands: whoever waits, for what, and why it need not be."""

    item: str
    waits_for: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """One one-thing in one place: what the list has of it, and what handling it at once would spare."""

    bundle: str
    title: str
    audience: str
    lead: str
    division: str
    place: str
    items: tuple[GainItem, ...]
    reductions: tuple[Reduction, ...] = ()
    materials: tuple[GainMaterial, ...] = ()
    fields_twice: tuple[tuple[str, int], ...] = ()
    fields_from_list: bool = False
    stages: tuple[tuple[str, ...], ...] = ()
    waits: tuple[Wait, ...] = ()
    undetermined: tuple[str, ...] = ()  # items without any limit in the list
    scheme: tuple[tuple[str, tuple[str, ...]], ...] = ()  # the draft 实施方案: heading, paragraphs

    @property
    def found(self) -> int:
        return sum(item.is_there for item in self.items)

    @property
    def lacking(self) -> tuple[str, ...]:
        return tuple(item.name for item in self.items if not item.is_there)

    @property
    def unsure(self) -> tuple[GainItem, ...]:
        return tuple(item for item in self.items if item.is_there and not item.sure)

    @property
    def is_one_thing(self) -> bool:
        """Whether there is anything to handle together."""
        return self.found >= 2

    @property
    def repeated(self) -> tuple[GainMaterial, ...]:
        return tuple(m for m in self.materials if m.is_repeated)

    def materials_by(self, way: str) -> tuple[GainMaterial, ...]:
        return tuple(m for m in self.materials if m.way == way)

    def reduction(self, name: str) -> Reduction | None:
        return next((r for r in self.reductions if r.name == name), None)
