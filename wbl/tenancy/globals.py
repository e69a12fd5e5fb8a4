"""The tables outside the walls, each with its reason. They name people and districts, never a tenant's facts.

A check fails for any table that is neither a DistrictModel nor named here.
"""

GLOBAL_TABLES: dict[str, str] = {
    "tenancy.District": "the tenants themselves",
    "tenancy.FormerSlug": "finds a district by an address it once had",
    "tenancy.RegionMember": "which district belongs to which region",
    "accounts.User": "a person may work in several districts",
    "accounts.Membership": "read for one user or for the current district, by two methods only",
    "partners.PartnerAccess": "read for one user or for the current district, by two methods only",
    "account.EmailAddress": "allauth: a person's addresses",
    "account.EmailConfirmation": "allauth: a person's addresses",
    "socialaccount.SocialAccount": "allauth: a person's sign-ins elsewhere",
    "socialaccount.SocialApp": "allauth: unused, providers come from the settings",
    "socialaccount.SocialToken": "allauth: unused, tokens are not stored",
    "mfa.Authenticator": "allauth: a person's second factors",
    "usersessions.UserSession": "allauth: a person's sessions",
    "auth.Group": "Django's own, unused: roles are memberships",
    "auth.Group_permissions": "Django's own, unused: roles are memberships",
    "auth.Permission": "Django's own, unused: roles are memberships",
    "contenttypes.ContentType": "Django's own: names of models",
    "sessions.Session": "Django's own: who is signed in",
    "admin.LogEntry": "Django's own, unused: the admin's changes are in our history",
}
