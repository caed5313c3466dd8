"""A provider's JSON interface over HTTP, every outcome sorted into done, refused or unknown."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from app.payments.gateways import fields
from app.payments.gateways.base import (
    GatewayError,
    GatewayRefused,
    GatewayUnreachable,
    JsonObject,
    KeyRefused,
    MalformedEvent,
)
from app.platform.certificates import trusted

TIMEOUT = httpx.Timeout(5.0, connect=2.0)
# In progress elsewhere, too early, too many: the request was not decided, so it may be repeated.
_UNDECIDED = frozenset({408, 409, 425, 429})
_NOT_LET_IN = frozenset({401, 403})


class JsonApi:
    """Calls below one base address with one bearer key.

    Raises GatewayUnreachable when the outcome is unknown (timeout, 5xx, an answer that is not
    JSON) and GatewayRefused when the provider said a definite no.
    """

    def __init__(
        self,
        base_url: str,
        key: str,
        *,
        timeout: httpx.Timeout = TIMEOUT,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        # No connection is kept: a worker that forks must not share a socket with its parent.
        self._client = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {key}"},
            timeout=timeout,
            limits=httpx.Limits(max_keepalive_connections=0),
            trust_env=False,
            verify=trusted(),
            transport=transport,
        )

    def get(self, path: str, params: Mapping[str, str | int] | None = None) -> JsonObject:
        return self._answer(self._client.build_request("GET", path, params=params))

    def post(self, path: str, body: JsonObject, idempotency_key: str | None = None) -> JsonObject:
        headers = {"Idempotency-Key": idempotency_key} if idempotency_key else {}
        return self._answer(self._client.build_request("POST", path, json=body, headers=headers))

    def close(self) -> None:
        self._client.close()

    def _answer(self, request: httpx.Request) -> JsonObject:
        try:
            response = self._client.send(request)
        except httpx.HTTPError as error:
            raise GatewayUnreachable(f"{type(error).__name__} at {request.url.path}") from error
        if response.is_success:
            return _body(response)
        raise _failure(response)


def _failure(response: httpx.Response) -> GatewayError:
    status = response.status_code
    undecided = status in _UNDECIDED or not response.is_client_error
    if undecided:
        return GatewayUnreachable(f"answered {status}")
    refused = KeyRefused if status in _NOT_LET_IN else GatewayRefused
    try:
        error = fields.as_object(_body(response).get("error"), "error")
        return refused(fields.text(error, "code"), str(error.get("message") or ""))
    except (GatewayUnreachable, MalformedEvent):
        return refused(f"http_{status}")


def _body(response: httpx.Response) -> JsonObject:
    try:
        return fields.parse_object(response.content)
    except MalformedEvent as error:
        raise GatewayUnreachable(f"answered {response.status_code} with {error}") from error
