"""By which platforms people sign in is read from the environment; what is unsafe is refused for production."""

import pytest

from yijianshi.integrations.identity import OidcProvider, TicketProvider
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.project.environment import Environment, EnvironmentUnusable
from yijianshi.project.sign_in import join_provider

from .test_environment import PRODUCTION, keys

PROVINCE = {
    "YIJIANSHI_IDENTITY": "province",
    "YIJIANSHI_IDENTITY_PROVINCE_NAME": "省统一认证",
    "YIJIANSHI_IDENTITY_PROVINCE_ADDRESS": "https://id.example.gov.cn",
    "YIJIANSHI_IDENTITY_PROVINCE_CLIENT": "yijianshi",
    "YIJIANSHI_IDENTITY_PROVINCE_SECRET": "given by the platform",
    "YIJIANSHI_IDENTITY_PROVINCE_CLAIMS": "number=idCard level=authLevel",
    "YIJIANSHI_IDENTITY_PROVINCE_LEVELS": "L2=2 L3=3",
}
OFFICE = {
    "YIJIANSHI_IDENTITY": "province office",
    "YIJIANSHI_IDENTITY_OFFICE_KIND": "ticket",
    "YIJIANSHI_IDENTITY_OFFICE_FOR": "staff",
    "YIJIANSHI_IDENTITY_OFFICE_NAME": "办公平台",
    "YIJIANSHI_IDENTITY_OFFICE_ADDRESS": "https://office.example.gov.cn/sso",
    "YIJIANSHI_IDENTITY_OFFICE_CLIENT": "app",
    "YIJIANSHI_IDENTITY_OFFICE_SECRET": "given by the office app",
}


@pytest.mark.clause("C2.1")
def test_several_providers_of_both_kinds_are_joined() -> None:
    environment = Environment.read(PRODUCTION | PROVINCE | OFFICE)
    province, office = (join_provider(one, clock=NODE_CLOCK) for one in environment.providers)
    assert isinstance(province, OidcProvider)
    assert (province.known.name, province.known.highest, province.known.is_staff) == ("省统一认证", 3, False)
    assert isinstance(office, TicketProvider)
    assert office.known.is_staff
    assert keys(PRODUCTION | PROVINCE | OFFICE) == set()
    assert "given by the platform" not in repr(environment)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"YIJIANSHI_IDENTITY": "Province"}, "YIJIANSHI_IDENTITY"),
        ({"YIJIANSHI_IDENTITY": "province province"}, "YIJIANSHI_IDENTITY"),
        ({"YIJIANSHI_IDENTITY_PROVINCE_ADDRESS": ""}, "YIJIANSHI_IDENTITY_PROVINCE_ADDRESS"),
        ({"YIJIANSHI_IDENTITY_PROVINCE_CLIENT": ""}, "YIJIANSHI_IDENTITY_PROVINCE_CLIENT"),
        ({"YIJIANSHI_IDENTITY_PROVINCE_KIND": "saml"}, "YIJIANSHI_IDENTITY_PROVINCE_KIND"),
        ({"YIJIANSHI_IDENTITY_PROVINCE_FOR": "all"}, "YIJIANSHI_IDENTITY_PROVINCE_FOR"),
        ({"YIJIANSHI_IDENTITY_PROVINCE_CLAIMS": "nonsense"}, "YIJIANSHI_IDENTITY_PROVINCE_CLAIMS"),
        ({"YIJIANSHI_IDENTITY_PROVINCE_LEVELS": "L2=9"}, "YIJIANSHI_IDENTITY_PROVINCE_LEVELS"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_name(change: dict[str, str], name: str) -> None:
    with pytest.raises(EnvironmentUnusable, match=name):
        Environment.read(PROVINCE | change)


@pytest.mark.clause("C2.1")
@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"YIJIANSHI_IDENTITY_PROVINCE_ADDRESS": "http://id.example.gov.cn"}, "identity"),
        ({"YIJIANSHI_IDENTITY_PROVINCE_ADDRESS": "http://127.0.0.1:9000"}, "identity"),
        ({"YIJIANSHI_IDENTITY_PROVINCE_SECRET": ""}, "identity"),
        ({"YIJIANSHI_IDENTITY_PROVINCE_SECRET": "short"}, "identity"),
        ({"YIJIANSHI_IDENTITY_PROVINCE_LEVELS": "L3=3 *=2"}, "identity"),
        ({"YIJIANSHI_OFFICE_APP": "http://office.example.gov.cn/todo"}, "office-app"),
    ],
)
def test_what_is_unsafe_is_refused_for_production(change: dict[str, str], key: str) -> None:
    assert keys(PRODUCTION | PROVINCE | change) == {key}
