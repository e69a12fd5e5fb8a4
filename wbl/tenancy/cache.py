"""Cache keys get the district in front: two districts can never read each other's entries."""

from wbl.tenancy.scope import current_district_id

GLOBAL = "global:"


def district_key(key: str, key_prefix: str, version: int) -> str:
    """Django's KEY_FUNCTION. Raises NoDistrict unless the key says that it is global (`global:…`) or is allauth's:
    limits of sign-in, used codes, used tokens of other providers."""
    if key.startswith((GLOBAL, "allauth:", "allauth.", "jwt:iss=")):
        return f"{key_prefix}:{version}:{key}"
    return f"{key_prefix}:{version}:{current_district_id()}:{key}"
