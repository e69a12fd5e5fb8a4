"""A small OpenID Connect provider in a thread: discovery, keys, authorize, token, userinfo. It signs in whoever it is told to."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "wbl", "provider secret"


class Provider:
    """`claims` is what it says about the next person; `codes` and `tokens` are used once, as they should be."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        self.refused: list[str] = []
        self.fixed_jti = ""
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.answer(self, urlsplit(self.path).path, parse_qs(urlsplit(self.path).query))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.answer(self, self.path, parse_qs(body))

            def log_message(self, *args: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def app(self, **settings: Any) -> dict[str, Any]:
        """The entry of SOCIALACCOUNT_PROVIDERS."""
        return {
            "provider_id": "district",
            "name": "District sign-in",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": self.url, "oauth_pkce_enabled": True, **settings},
        }

    def answer(self, handler: BaseHTTPRequestHandler, path: str, asked: dict[str, list[str]]) -> None:
        pages = {
            "/.well-known/openid-configuration": self.discovery,
            "/jwks": self.jwks,
            "/authorize": self.authorize,
            "/token": self.token,
        }
        values = {key: found[0] for key, found in asked.items()}
        if path == "/userinfo":
            said = self.tokens.get(handler.headers["Authorization"].removeprefix("Bearer "), {})
        else:
            said = pages[path](values)
        location = said.pop("_location", "")
        handler.send_response(302 if location else 401 if "error" in said else 200)
        if location:
            handler.send_header("Location", location)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        handler.wfile.write(json.dumps(said).encode())

    def discovery(self, asked: dict[str, str]) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def jwks(self, asked: dict[str, str]) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]}

    def authorize(self, asked: dict[str, str]) -> dict[str, Any]:
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return {"_location": f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"}

    def token(self, asked: dict[str, str]) -> dict[str, Any]:
        begun = self.codes.pop(asked["code"], None)
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if begun is None or begun.get("code_challenge") != challenge or asked.get("client_secret") != SECRET:
            self.refused.append("token")
            return {"error": "invalid_grant"}
        now, access = int(time.time()), secrets.token_urlsafe(8)
        self.tokens[access] = dict(self.claims)
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, **self.claims}
        claims["jti"] = self.fixed_jti or secrets.token_urlsafe(8)
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": signed}
