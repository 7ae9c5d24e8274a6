"""What a browser complains of while it shows a page, and where it turns to."""

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Dialog, Page, Request, Response


@dataclass
class Heard:
    """Filled while the tab is open."""

    complaints: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def asked(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def sent(self, request: Request) -> None:
        self.addresses.append(request.url)

    def failed(self, request: Request) -> None:
        # Who leaves a page gives up what it was still loading.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def is_at_home(self, url: str) -> bool:
        """Whether nothing was asked of any other site."""
        return all(address.startswith((url, "data:", "blob:")) for address in self.addresses)


def listen(page: Page) -> Heard:
    """Listens to a tab from now on."""
    heard = Heard()
    page.on("console", heard.said)
    page.on("pageerror", lambda error: heard.complaints.append(f"script: {error}"))
    page.on("dialog", heard.asked)
    page.on("request", heard.sent)
    page.on("requestfailed", heard.failed)
    page.on("response", heard.answered)
    return heard
