"""Which addresses are called on behalf of a tenant: none that leads into our own network."""

from ipaddress import ip_address

import pytest

from router.domain.webhooks import WebhookRules

STRICT = WebhookRules()
OPEN = WebhookRules(http=True, private_addresses=True)

INSIDE = [
    "127.0.0.1", "127.8.9.10", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "0.1.2.3", "192.0.0.1", "198.18.0.1", "192.0.2.1", "203.0.113.5",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
]  # fmt: skip

ALWAYS_FORBIDDEN = ["169.254.169.254", "fe80::1", "224.0.0.1", "0.0.0.0", "::ffff:169.254.169.254", "::"]  # noqa: S104


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_on_the_public_internet_is_not_called(address: str) -> None:
    assert STRICT.forbids(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_the_public_internet_is_called(address: str) -> None:
    assert not STRICT.forbids(ip_address(address))


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "::1", "fd00::1"])
def test_private_networks_are_called_where_the_operator_says_so(address: str) -> None:
    assert not OPEN.forbids(ip_address(address))


@pytest.mark.parametrize("address", ALWAYS_FORBIDDEN)
def test_where_clouds_keep_their_secrets_is_never_called(address: str) -> None:
    assert OPEN.forbids(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "https://example.com:8443/hooks/selat?tenant=7",
        "https://hooks.example.co.id/a%20b",
        "https://8.8.8.8/x",
        "https://[2606:4700:4700::1111]:444/",
        "https://example.com./",
    ],
)
def test_an_https_url_of_the_public_internet_is_accepted(url: str) -> None:
    assert STRICT.objection(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "", "example.com", "/hooks", "//example.com", "https:///x", "https://", "https:example.com",
        "http://example.com", "ftp://example.com", "file:///etc/passwd", "gopher://x", "javascript:alert(1)",
        "https://user@example.com", "https://user:secret@example.com", "https://example.com@10.0.0.1/",
        "https://example.com:0/", "https://example.com:99999/", "https://example.com:port/",
        "https://exa mple.com", "https://example.com\\@127.0.0.1/", "https://example.com/\nX: y", "https://exämple.com",
        "https://localhost", "https://LOCALHOST:8080/x", "https://localhost./", "https://127.0.0.1", "https://[::1]/",
        "https://[::ffff:127.0.0.1]/", "https://169.254.169.254/latest/meta-data", "https://[fe80::1%25eth0]/",
        "https://-x.com", "https://.com", "https://[::1", "https://]/",
    ],
)  # fmt: skip
def test_every_other_url_is_refused(url: str) -> None:
    assert STRICT.objection(url)


def test_http_and_loopback_are_accepted_where_the_operator_says_so() -> None:
    assert OPEN.objection("http://127.0.0.1:9000/hook") is None
    assert OPEN.objection("http://localhost/hook") is None
    assert OPEN.objection("ftp://localhost/hook")
    assert WebhookRules(http=True).objection("http://127.0.0.1/hook")
    assert WebhookRules(private_addresses=True).objection("http://127.0.0.1/hook")
