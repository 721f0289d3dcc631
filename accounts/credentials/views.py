"""Log-in and log-out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.credentials.forms import LogInForm
from accounts.credentials.services import begin_login, finish_login
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.responses import page
from iceshop.infra.http.wording import say
from iceshop.kernel.errors import LimitReached

_TEMPLATE = "accounts/log_in.html"


@sensitive_post_parameters("password")
@csrf_protect
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: TimedRequest) -> HttpResponse:
    """Show the form; take a user name and password."""
    if request.method == "POST":
        return _take(request)
    if request.user.is_authenticated:
        return redirect(_target(request))
    return page(request, _TEMPLATE, {"next": _asked(request)})


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect(resolve_url(settings.LOGOUT_REDIRECT_URL or "/"))


def _take(request: TimedRequest) -> HttpResponse:
    form = LogInForm(request.POST)
    if not form.is_valid():
        return _again(request, code="login.incomplete", status=422)
    username, address = form.cleaned_data["username"], request.META.get("REMOTE_ADDR", "")
    try:
        begin_login(username=username, address=address, now=request.now)
    except LimitReached as error:
        response = _again(request, code=error.code, status=429, params=error.params)
        response.headers["Retry-After"] = str(error.retry_after_seconds)
        return response
    user = authenticate(request, username=username, password=form.cleaned_data["password"])
    if user is None:
        return _again(request, code="login.wrong", status=422)
    finish_login(username=username, address=address)
    login(request, user)
    return redirect(_target(request))


def _again(
    request: HttpRequest, *, code: str, status: int, params: dict[str, object] | None = None
) -> HttpResponse:
    context = {
        "next": _asked(request),
        "username": request.POST.get("username", "")[:150],
        "error": say(code, getattr(request, "LANGUAGE_CODE", "tr"), params or {}),
    }
    return page(request, _TEMPLATE, context, status=status)


def _asked(request: HttpRequest) -> str:
    return request.POST.get("next", request.GET.get("next", ""))


def _target(request: HttpRequest) -> str:
    """Where the reader wanted to go, if that is a page of ours."""
    wanted = _asked(request)
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL)
