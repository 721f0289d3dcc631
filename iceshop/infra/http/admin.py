"""The admin shows; only actions change, through services."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import Model
from django.http import HttpRequest

from iceshop.infra.http.wording import say
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import DomainError

M = TypeVar("M", bound=Model)
_SHOWN_DIGITS = 4


class ReadOnlyAdmin(admin.ModelAdmin, Generic[M]):  # type: ignore[type-arg]  # generic only in stubs
    """No adding, no deleting, no editing of fields; ``change`` permission allows the actions.

    ``administrators_only`` fields are hidden from everybody but superusers.
    """

    administrators_only: ClassVar[tuple[str, ...]] = ()

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What is never shown, and what this account may not see."""
        hidden = () if request.user.is_superuser else self.administrators_only
        return [*(super().get_exclude(request, obj) or ()), *hidden]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """All fields of the table that are shown."""
        hidden = self.get_exclude(request, obj)
        fields = self.model._meta.fields  # noqa: SLF001  Django's own door
        return [field.name for field in fields if field.name not in hidden]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def act(self, request: HttpRequest, keys: Iterable[Any], deed: Callable[[Any], object]) -> None:
        """Do ``deed`` with each key, and tell what was done and what was refused, and why."""
        done = 0
        for key in list(keys):
            try:
                deed(key)
            except DomainError as error:
                language = getattr(request, "LANGUAGE_CODE", "en")
                refusal = say(error.code, language, error.params)
                self.message_user(request, f"{key}: {refusal}", level=messages.WARNING)
            else:
                done += 1
        if done:
            self.message_user(request, f"Done: {done}.")


class ReasonForm(ActionForm):
    """A reason beside the choice of the action."""

    reason = forms.CharField(max_length=120, required=False, label="Reason")


def reason_of(request: HttpRequest) -> str:
    """The reason that was typed beside the action; empty without one."""
    return request.POST.get("reason", "").strip()[:120]


def staff(request: HttpRequest) -> Actor:
    """Who uses the admin, as events and audit facts name them."""
    return Actor.staff(request.user.pk)


def masked(value: str) -> str:
    """The end of a phone number, enough to tell two apart.

    >>> masked("905324180760")
    '…0760'
    """
    return f"…{value[-_SHOWN_DIGITS:]}" if value else ""
