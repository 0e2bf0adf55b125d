"""What happens around every request: health, request id, headers, language."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers

from cabi_crm.ui.requests import already_read, request_id

Next = Callable[[HttpRequest], HttpResponse]


def health(get_response: Next) -> Next:
    """Answer /healthz (the process) and /readyz (database, migrations) before the host check."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return JsonResponse({"status": "ok"})
        if request.path == "/readyz":
            ready = is_ready()
            return JsonResponse(
                {"status": "ok" if ready else "unavailable"}, status=200 if ready else 503
            )
        return get_response(request)

    return middleware


def is_ready() -> bool:
    """Whether the database answers and every migration has been applied."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def request_context(get_response: Next) -> Next:
    """Give every request an id, for the log and the audit trail, and a memory of its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token, memory = request_id.set(str(uuid.uuid4())), already_read.set({})
        try:
            response = get_response(request)
            response["X-Request-ID"] = request_id.get()
            return response
        finally:
            request_id.reset(token)
            already_read.reset(memory)

    return middleware


def response_headers(get_response: Next) -> Next:
    """Headers that Django does not set; nothing that a user saw may be kept by the browser."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = "camera=(), geolocation=(self), microphone=()"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if not request.path.startswith("/" + settings.STATIC_URL.lstrip("/")):
            patch_cache_control(response, no_store=True, private=True)
            patch_vary_headers(response, ["HX-Request"])
        return response

    return middleware


def own_language(get_response: Next) -> Next:
    """Show each user their own language, others the one they chose here, and else Danish.

    What the browser prefers does not count: at a Danish job centre the pages are Danish.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        mine = "" if isinstance(user, AnonymousUser) else user.language
        chosen = mine or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        response.headers["Content-Language"] = language
        return response

    return middleware
