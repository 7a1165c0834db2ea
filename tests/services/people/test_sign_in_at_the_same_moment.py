"""Two who come by the same number at the same moment become one party with one account, whoever of them is first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.services.town import Town
from yijianshi.services.people.identified import let_in
from yijianshi.services.providers import Agent, Identified, IdentityRefused
from yijianshi.store.accounts.models import Account, Party, Representation

NUMBER, FIRM = "11010519491231002X", "91350100M000100Y43"
AT_ONCE = 4


def coming(town: Town, people: list[Identified]) -> list[str]:
    together = Barrier(len(people))

    def come(one: Identified) -> str:
        together.wait()
        try:
            return str(let_in(one, at=town.now).account.id)
        except IdentityRefused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(come, people))


@pytest.mark.clause("C2.1")
def test_one_number_is_one_party_and_one_account(committed_town: Town) -> None:
    people = [
        Identified(
            provider="province", subject=f"u-{n}", name="示例客", number=NUMBER, level=2, response=f"{n:064x}"
        )
        for n in range(AT_ONCE)
    ]
    accounts = set(coming(committed_town, people))
    assert len(accounts) == 1
    assert Account.objects.filter(login__startswith="id-").count() == 1
    party = Account.objects.get(login__startswith="id-").party
    assert party is not None
    assert Party.objects.filter(kind="person", number_hash=party.number_hash).count() == 1


def test_one_agent_of_one_firm_stands_for_it_once(committed_town: Town) -> None:
    agent = Agent("示例客", NUMBER)
    people = [
        Identified(
            provider="province", subject="e-1", kind="enterprise", name="福州示例有限公司", number=FIRM,
            agent=agent, level=2, response=f"{n:064x}",
        )
        for n in range(AT_ONCE)
    ]  # fmt: skip
    assert len(set(coming(committed_town, people))) == 1
    assert Representation.objects.filter(account__login__startswith="id-").count() == 1


def test_the_same_answer_lets_in_once(committed_town: Town) -> None:
    one = Identified(
        provider="province", subject="u-1", name="示例客", number=NUMBER, level=2, response="ab" * 32
    )
    said = coming(committed_town, [one] * AT_ONCE)
    assert sum("已经用过一次" in words for words in said) == AT_ONCE - 1
