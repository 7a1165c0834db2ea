"""The demo's sharing platform: answers from invented people, and can be made to fail."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from yijianshi.domain.codes import ElementCode, ResourceCode
from yijianshi.integrations.population import Population
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.ports import Clock, HeldLicence, SourceUnavailable, Subject, Supplied

from .facsimile import facsimile
from .holdings import LICENCE_STORE, held_by
from .registers import REGISTERS, Asked

_CHINA = ZoneInfo("Asia/Shanghai")


class DemoExchange:
    """The DataExchange port for demo and tests; `down` holds the codes of the registers that do not answer."""

    def __init__(self, population: Population, clock: Clock, *, down: set[str] | None = None) -> None:
        self._population = population
        self._clock = clock
        self.down: set[str] = down if down is not None else set()

    def ask(self, resource: ResourceCode, *, about: Subject, elements: Sequence[ElementCode]) -> Supplied:
        """
        Return what `resource` knows of `elements`; what it does not know is left out.

        :raises SourceUnavailable: if the register is down or not connected.
        """
        self._refuse_if_down(resource)
        if resource not in shipped_catalogue().resources:
            raise SourceUnavailable(f"没有接入“{resource}”。请先自己填，我们稍后核对，不耽误提交。")
        # A register for which nothing was invented answers as any does that has nobody of this number.
        register = REGISTERS.get(resource)
        known = register(Asked.about(about, self._population)) if register else {}
        values = {element: known[element] for element in elements if known.get(element, "") != ""}
        return Supplied(resource, values, self._clock.now())

    def licences_of(self, about: Subject) -> tuple[HeldLicence, ...]:
        """Return the valid licences held by the subject. :raises SourceUnavailable: if the store is down."""
        self._refuse_if_down(LICENCE_STORE)
        today = self._clock.now().astimezone(_CHINA).date()
        return held_by(about, self._population, today=today)

    def licence_document(self, licence: HeldLicence) -> bytes:
        """Return the licence as a PDF, marked as a specimen. :raises SourceUnavailable: if the store is down."""
        self._refuse_if_down(LICENCE_STORE)
        return facsimile(licence)

    def _refuse_if_down(self, resource: str) -> None:
        if resource in self.down:
            raise SourceUnavailable(f"“{resource}”暂时连不上。请先自己填，我们稍后核对，不耽误提交。")
