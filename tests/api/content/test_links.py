"""Links lead to the hosts of data/link_hosts.txt and nowhere else."""

from dataclasses import replace

import pytest

from api.content import catalogue as module
from api.content.links import is_allowed, load_link_hosts

HOSTS = load_link_hosts()


def test_every_source_is_on_a_host_of_the_list() -> None:
    sources = module.load_catalogue().sources.values()
    assert [each.url for each in sources if not is_allowed(each.url, HOSTS)] == []


@pytest.mark.parametrize(
    "url",
    [
        "http://www.hellowork.mhlw.go.jp/",
        "https://www.hellowork.mhlw.go.jp.evil.example/",
        "https://www.hellowork.mhlw.go.jp@evil.example/",
        "https://www.hellowork.mhlw.go.jp:8443/",
        "//www.hellowork.mhlw.go.jp/",
        "javascript:alert(1)",
        "https://[",
    ],
)
def test_what_only_looks_like_an_allowed_link_is_none(url: str) -> None:
    assert not is_allowed(url, HOSTS)


def test_the_catalogue_refuses_a_source_elsewhere() -> None:
    good = module.load_catalogue()
    name, source = next(iter(good.sources.items()))
    elsewhere = source.model_copy(update={"url": "https://evil.example/"})
    bad = replace(good, sources={**good.sources, name: elsewhere})
    assert [each for each in module._problems(bad) if name in each]
