"""Swagger UI works under the site's content policy, with nothing from elsewhere."""

from typing import Any

import pytest

from accounts.tokens.services import issue_token
from iceshop.infra import clock
from iceshop.tests.api.calling import ALL
from iceshop.tests.browser.conftest import ASGIServer

pytestmark = [
    pytest.mark.browser,
    # WhiteNoise streams files by plain iterators, which Django reads whole under ASGI.
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume synchronous iterators"),
]

_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event => {
    window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


def test_docs_list_every_endpoint_and_can_call_them(browser: Any, live_asgi: ASGIServer) -> None:
    token = issue_token(name="docs", scopes=ALL, now=clock.now())
    page = browser.new_page()
    page.add_init_script(_WATCH)
    page.goto(f"{live_asgi.url}/docs")
    page.wait_for_selector(".opblock")

    assert page.locator(".opblock").count() == 7
    page.click("button.authorize")
    page.fill(".auth-container input", token)
    page.click(".auth-btn-wrapper button.authorize")
    page.click(".auth-btn-wrapper button.btn-done")
    page.click("#operations-windows-window_list .opblock-summary-control")
    page.click("#operations-windows-window_list .try-out__btn")
    page.click("#operations-windows-window_list .execute")
    page.wait_for_selector("#operations-windows-window_list .live-responses-table .response")
    status = page.inner_text(
        "#operations-windows-window_list .live-responses-table .response .response-col_status"
    )

    assert status.strip().startswith("200")
    assert page.evaluate("window.violations") == []
    page.close()
