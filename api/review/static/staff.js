// Small helpers of the console: one key for each button, and renewal when something happens.
"use strict";

// A key works unless somebody is writing, or a kanji conversion is open.
const writing = (target) => target.matches("input:not([type=radio], [type=checkbox]), textarea, select");

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && writing(event.target)) { event.target.blur(); return; }
  if (writing(event.target)) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.matches("input[type=radio], input[type=checkbox]")) wanted.checked = true;
  wanted.focus();
  if (wanted.matches("button, a")) wanted.click();
});

// Pages with data-follow renew the parts that listen for "news" whenever the server rings.
const follow = document.querySelector("[data-follow]");
if (follow) {
  const source = new EventSource(follow.dataset.follow);
  source.addEventListener("news", () => window.htmx && htmx.trigger(document.body, "news"));
}
