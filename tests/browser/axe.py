"""Ask axe-core (npm, api/widget/package-lock.json) what breaks WCAG 2.2 AA in a frame."""

from playwright.sync_api import Frame, Page

from tests.support.servers import ROOT

_SCRIPT = ROOT / "api/widget/node_modules/axe-core/axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = """async tags => {
  const found = await axe.run(document, {runOnly: {type: "tag", values: tags}, iframes: false,
    // Off by default, but of WCAG 2.2 AA.
    rules: {"target-size": {enabled: true}}});
  return {passes: found.passes.length,
          violations: found.violations.map(v => [v.id, v.nodes.map(n => n.html)])};
}"""


def violations(page: Page) -> list:
    """Return what axe finds in the page and in each frame of it."""
    # An animation halfway has colours of its own.
    page.wait_for_timeout(100)
    return [each for frame in page.frames for each in _in_frame(frame)]


def _in_frame(frame: Frame) -> list:
    # Evaluated, not added as a tag: the page's policy refuses foreign scripts, as it should.
    frame.evaluate(_SCRIPT.read_text("utf-8"))
    found = frame.evaluate(_RUN, _TAGS)
    assert found["passes"] > 3, "axe looked at nothing"
    return found["violations"]
