"""Pages go out compressed: a lesson of 40 kB is 8 kB on the way. Files have their own ways.

Only whole text pages are packed. What streams (media, which is asked for in ranges, and large
exports) goes out as it is, and static files come packed from the disk already.

A page that is encrypted and compressed can give away a secret in it, letter by letter, to somebody
who makes the browser ask a thousand times and measures each reply (BREACH, 2013). What stands in
ours: the CSRF token is masked anew for each reply, operation ids are new each time, and Django's
middleware adds a random number of bytes. docs/decisions/0004-compression.md
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PACKED = ("text/", "application/json", "application/manifest+json")


class PageCompression(GZipMiddleware):
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        text = response.headers.get("Content-Type", "").startswith(PACKED)
        if response.streaming or not text or "Content-Range" in response.headers:
            return response
        return super().process_response(request, response)
