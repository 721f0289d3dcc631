"""Staff accounts for tests; their password is PASSWORD."""

import factory

from accounts.credentials.models import StaffUser

PASSWORD = "Karbuz-Kupleri-42"


class StaffUserFactory(factory.django.DjangoModelFactory[StaffUser]):
    class Meta:
        model = StaffUser
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user-{n}")
    password = factory.django.Password(PASSWORD)
