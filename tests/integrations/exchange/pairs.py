"""Which register each field of the three deep one-things is prefilled from, and of which kind the value must be."""

OPEN_RESTAURANT = """
business-licence business-scope text
business-licence enterprise-address address
business-licence enterprise-name string
business-licence enterprise-type enum
business-licence enterprise-uscc uscc
business-licence legal-representative-name string
business-licence premises-address address
business-licence responsible-person-name string
e-licence fire-acceptance-number string
identity-service handler-name string
identity-service handler-phone phone
legal-entity legal-representative-id-number id-number
legal-entity registration-status enum
property-register premises-floor-area number
property-register premises-tenure enum
"""

NEWBORN = """
birth-certificate birth-certificate-number string
birth-certificate delivery-type enum
birth-certificate newborn-birth-time datetime
birth-certificate newborn-birth-weight int
birth-certificate newborn-gender enum
birth-certificate newborn-name string
delivery-record birth-institution string
delivery-record newborn-birth-length number
delivery-record newborn-birth-place region
delivery-record newborn-birth-time datetime
delivery-record newborn-birth-weight int
delivery-record newborn-gender enum
delivery-record newborn-gestational-weeks int
fiscal-invoice medical-invoice-number string
fiscal-invoice medical-total-fee money
identity-service applicant-id-type enum
identity-service applicant-phone phone
legal-entity employer-uscc uscc
marriage-register father-id-number id-number
marriage-register father-name string
medical-insurance hospital-admission-date date
medical-insurance hospital-discharge-date date
medical-insurance hospital-name string
medical-insurance insurance-region region
medical-insurance insurance-type enum
population applicant-id-number id-number
population applicant-name string
population father-ethnicity enum
population household-head-id-number id-number
population household-head-name string
population household-number string
population household-target-address address
population mother-birth-date date
population mother-ethnicity enum
population mother-id-number id-number
population mother-name string
population newborn-ethnicity enum
population newborn-id-number id-number
residence-permit applicant-residence-address address
social-card applicant-bank-account bank-account
social-card applicant-bank-name string
social-insurance employer-bank-account bank-account
social-insurance employer-bank-name string
social-insurance employer-name string
taxation contribution-amount money
"""

ENTERPRISE_OPENING = """
business-licence business-scope text
business-licence enterprise-address address
business-licence legal-representative-name string
identity-service handler-id-number id-number
identity-service handler-name string
identity-service handler-phone phone
legal-entity industry-category enum
legal-entity legal-representative-id-number id-number
legal-entity legal-representative-phone phone
legal-entity registered-capital money
population legal-representative-id-number id-number
population legal-representative-name string
property-register property-certificate-number string
social-insurance staff-count int
taxation finance-officer-name string
taxation finance-officer-phone phone
"""


def pairs(listed: str) -> tuple[tuple[str, str, str], ...]:
    """Return (resource, element, kind) per line."""
    return tuple(tuple(line.split()) for line in listed.split("\n") if line)  # type: ignore[misc]
