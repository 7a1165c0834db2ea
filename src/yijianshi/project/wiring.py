"""Where ports meet adapters, and nowhere else: the settings decide who stands behind each counterparty."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from yijianshi.domain.messages import Way
from yijianshi.domain.workdays import Calendar, legal_day
from yijianshi.integrations import ocr
from yijianshi.integrations.crypto import KeyRing, SoftwareCrypto
from yijianshi.integrations.documents import TypstDocuments
from yijianshi.integrations.exchange import DemoExchange, DemoRolls, HttpExchange, NoRolls
from yijianshi.integrations.files import FolderFiles, S3Files
from yijianshi.integrations.identity import DemoOffice, DemoTickets
from yijianshi.integrations.messenger.carriers import DemoCarrier, HttpCarrier
from yijianshi.integrations.messenger.in_app import InAppMessenger
from yijianshi.integrations.messenger.queued import QueuedMessenger
from yijianshi.integrations.office import DemoOfficeApp, HttpOfficeApp
from yijianshi.integrations.payment import CounterPayment, DemoPayment
from yijianshi.integrations.population import Population, build_population
from yijianshi.integrations.portals import HttpReceiver
from yijianshi.integrations.scanner import ClamdScanner, DemoScanner
from yijianshi.services.carriers import Carrier
from yijianshi.services.catalogue.reading import read_workdays, shipped_folder
from yijianshi.services.outside import Outside, print_with, use_when_needed
from yijianshi.services.ports import DataExchange, Files, PaperReader, Payment, Rolls, Scanner
from yijianshi.services.providers import IdentityProvider, OfficeApp
from yijianshi.store.deployment.models import Stamp

from .clock import NODE_CLOCK
from .environment import Environment, PaymentPlace, Reading
from .seeding import OFFICE, OFFICE_USERS
from .sign_in import join_provider


def wire() -> None:
    """Have everything joined at its first use."""
    print_with(_printer)
    use_when_needed(lambda: joined(settings.ENVIRONMENT))


def joined(environment: Environment) -> Outside:
    """Return the counterparties that this environment asks for."""
    carriers = _carriers(environment)
    also = (QueuedMessenger(NODE_CLOCK),) if carriers else ()
    return Outside(
        clock=NODE_CLOCK,
        crypto=SoftwareCrypto(_keys(environment)),
        exchange=_exchange(environment),
        rolls=_rolls(environment),
        files=_files(environment),
        scanner=_scanner(environment),
        documents=_printer(),
        messenger=InAppMessenger(NODE_CLOCK, also=also),
        payment=_payment(environment),
        calendar=Calendar(read_workdays(shipped_folder())),
        distances=environment.distances,
        reader=_reader(environment),
        booking=environment.booking,
        address=environment.address or "http://127.0.0.1:8000",
        demo_seal=not environment.is_production,
        identity=_identity(environment),
        office=_office(environment),
        guarding=environment.guarding,
        carriers=carriers,
        receiver=HttpReceiver(),
    )


@cache
def _printer() -> TypstDocuments:
    return TypstDocuments()


def _keys(environment: Environment) -> KeyRing:
    return environment.key_ring()


def _exchange(environment: Environment) -> DataExchange:
    if environment.exchange_address:
        return HttpExchange(environment.exchange_address)
    return DemoExchange(_population(), NODE_CLOCK)


def _rolls(environment: Environment) -> Rolls:
    return NoRolls() if environment.exchange_address else DemoRolls(_population())


def _population() -> Population:
    stamped = Stamp.objects.first()
    return _population_since(legal_day(stamped.stamped_at if stamped else NODE_CLOCK.now()))


@cache
def _population_since(day: date) -> Population:
    return build_population(on=day)


def _files(environment: Environment) -> Files:
    if environment.object_store is not None:
        place = environment.object_store
        return S3Files.connect(
            bucket=place.bucket,
            endpoint=place.endpoint,
            region=place.region or "us-east-1",
            access_key=place.access_key,
            secret_key=place.secret_key,
        )
    return FolderFiles(Path(environment.folder) / "materials")


def _scanner(environment: Environment) -> Scanner:
    if environment.scanner_address:
        return ClamdScanner(environment.scanner_address)
    return DemoScanner()


def _payment(environment: Environment) -> Payment:
    if environment.payment is PaymentPlace.COUNTER:
        return CounterPayment()
    ledger = Path(environment.folder) / "demo-payments.json"
    return DemoPayment(ledger, NODE_CLOCK, secret=environment.secret_key)


def _identity(environment: Environment) -> dict[str, IdentityProvider]:
    if not environment.providers and not environment.is_production:
        secret, today = environment.secret_key, legal_day(NODE_CLOCK.now())
        return {
            "province": DemoTickets(_population(), secret=secret, clock=NODE_CLOCK, on=today),
            OFFICE: DemoOffice(OFFICE_USERS, secret=secret, clock=NODE_CLOCK),
        }
    return {one.code: join_provider(one, clock=NODE_CLOCK) for one in environment.providers}


def _office(environment: Environment) -> OfficeApp | None:
    if environment.office_address:
        return HttpOfficeApp(environment.office_address, secret=environment.office_secret, clock=NODE_CLOCK)
    if environment.is_production:
        return None
    return DemoOfficeApp(Path(environment.folder) / "demo-office-app.jsonl", NODE_CLOCK)


def _carriers(environment: Environment) -> Mapping[Way, Carrier]:
    """Return who carries messages out: a gateway, in the demo a file to read, otherwise nobody."""
    if environment.message_gateway:
        address, secret = environment.message_gateway, environment.message_secret
        return {way: HttpCarrier(address, secret, way=way) for way in Way}
    if environment.is_production:
        return {}
    sink = Path(environment.folder) / "demo-messages.jsonl"
    return {way: DemoCarrier(sink, NODE_CLOCK, way=way) for way in Way}


def _reader(environment: Environment) -> PaperReader | None:
    if environment.reading is Reading.OFF or not ocr.is_installed():
        return None
    return ocr.reader()
