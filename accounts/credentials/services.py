"""Making staff accounts, and counting wrong passwords."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q

from accounts.credentials.domain import FAILURE_SPAN, FAILURES_ALLOWED, StaffRole
from accounts.credentials.models import FailedLogin, StaffUser
from accounts.credentials.queries import StaffCard, staff_card
from iceshop.infra.audit import services as audit
from iceshop.infra.db import operation, outside, step
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.errors import Invalid, LimitReached, NotFound
from iceshop.kernel.text import fold

OPERATORS = "operators"
_APPS = ("infra", "accounts", "commerce", "windows", "whatsapp")
# Accounts and keys are the administrators' business.
_FOR_ADMINISTRATORS = ("staffuser", "apitoken")


@operation
def create_staff_user(
    *, username: str, password: str, role: StaffRole | str, now: datetime, by: Actor = SYSTEM
) -> StaffCard:
    """Make an account with a password; raises as ``add_staff_user``."""
    return add_staff_user(username=username, password=password, role=role, now=now, by=by)


@step
def add_staff_user(
    *, username: str, password: str, role: StaffRole | str, now: datetime, by: Actor
) -> StaffCard:
    """Make an account with a password, as part of a greater deed.

    Raises: Invalid("staff.username_missing"), Invalid("staff.password_weak"),
    Conflict("staff.username_taken").
    """
    role = StaffRole(role)
    if not (username := username.strip()):
        raise Invalid("staff.username_missing")
    user = StaffUser(
        username=username,
        is_staff=role is not StaffRole.SELLER,
        is_superuser=role is StaffRole.ADMIN,
        date_joined=now,
    )
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid("staff.password_weak") from error
    user.set_password(password)
    user.save(force_insert=True)
    if role is StaffRole.OPERATOR:
        user.groups.add(_operators())
    audit.record(
        by=by,
        action="staff.created",
        object_kind="staff",
        object_key=user.pk,
        facts={"role": role.value},
        now=now,
    )
    return staff_card(user.pk)


@operation
def set_password(*, user_id: int, password: str, by: Actor, now: datetime) -> None:
    """Give an account a new password; its open sessions end.

    Raises: NotFound("staff.unknown"), Invalid("staff.password_weak").
    """
    user = StaffUser.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFound("staff.unknown")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid("staff.password_weak") from error
    user.set_password(password)
    user.save(update_fields=("password",))
    audit.record(
        by=by, action="staff.password_set", object_kind="staff", object_key=user_id, now=now
    )


@operation
def set_staff_active(*, user_id: int, is_active: bool, by: Actor, now: datetime) -> None:
    """Close an account or open it again; a closed one is logged out at its next request."""
    changed = StaffUser.objects.filter(pk=user_id).exclude(is_active=is_active)
    if changed.update(is_active=is_active):
        audit.record(
            by=by,
            action="staff.opened" if is_active else "staff.closed",
            object_kind="staff",
            object_key=user_id,
            now=now,
        )


@operation
def begin_login(*, username: str, address: str, now: datetime) -> None:
    """Count one try of ``username`` from ``address`` before its password is looked at.

    Tries are counted under a lock, so parallel guesses get no more of them.
    Raises: LimitReached("login.too_many").
    """
    key = _key(username)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"login {key} {address}"]
        )
    FailedLogin.objects.filter(at__lte=now - FAILURE_SPAN).delete()
    tries = list(
        FailedLogin.objects.filter(username_key=key, address=address)
        .order_by("-at")
        .values_list("at", flat=True)[:FAILURES_ALLOWED]
    )
    if len(tries) == FAILURES_ALLOWED:
        free_at = tries[-1] + FAILURE_SPAN
        wait = max(1, int((free_at - now).total_seconds()))
        raise LimitReached("login.too_many", retry_after_seconds=wait, minutes=-(-wait // 60))
    FailedLogin.objects.create(username_key=key, address=address, at=now)


@outside
def is_password_again(*, user_id: int | None, password: str, address: str, now: datetime) -> bool:
    """Whether the password of an account that is logged in was given once more, for one deed.

    Wrong ones count like tries to log in. Raises: LimitReached("login.too_many").
    """
    if user_id is None or not password:
        return False
    user = StaffUser.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return False
    begin_login(username=user.username, address=address, now=now)
    if not user.check_password(password):
        return False
    finish_login(username=user.username, address=address)
    return True


@operation
def finish_login(*, username: str, address: str) -> None:
    """Forget the counted tries after the right password."""
    FailedLogin.objects.filter(username_key=_key(username), address=address).delete()


def _key(username: str) -> str:
    return fold(username.strip())[:150]


def _operators() -> Group:
    """The operators' group with today's permissions: see everything, use the actions."""
    group, _ = Group.objects.get_or_create(name=OPERATORS)
    ours = Permission.objects.filter(content_type__app_label__in=_APPS)
    allowed = Q(codename__startswith="view_") | (
        Q(codename__startswith="change_") & ~Q(content_type__model__in=_FOR_ADMINISTRATORS)
    )
    group.permissions.set(ours.filter(allowed))
    return group
