"""Staff accounts and their failed log-ins."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class StaffUser(AbstractUser):
    """Somebody who logs in with a password: administrator, operator, or a seller's people.

    Administrators are superusers; operators are staff with the operators' group; sellers are
    neither and reach what their memberships give them.
    """

    class Meta(AbstractUser.Meta):
        db_table = "accounts_staff_user"

    @property
    def sees_all_stores(self) -> bool:
        """Whether the account belongs to the house rather than to a seller."""
        return self.is_active and (self.is_staff or self.is_superuser)


class FailedLogin(models.Model):
    """One wrong password; rows older than the limit's span no longer count."""

    username_key = models.CharField(max_length=150)
    address = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        db_table = "accounts_failed_login"
        indexes = [
            # The limit counts the failures of one name from one address since an instant.
            models.Index(fields=("username_key", "address", "at"), name="failed_login_lookup")
        ]

    def __str__(self) -> str:
        return f"failed log-in at {self.at:%Y-%m-%d %H:%M}"
