// The page around us: it says when we are shown, we ask it to close. The server's frame-ancestors
// decides who that page may be; nobody but our parent window is listened to.
import { keepElsewhere, restore } from "./keep";

export interface Shown {
  opened(): void;
  shown(): void;
  hidden(): void;
}

const framed = window.parent !== window;

export function listen(to: Shown): void {
  if (!framed) return to.opened();
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent) return;
    const what: unknown = event.data?.helpbot;
    if (typeof event.data?.kept === "string") restore(event.data.kept as string);
    if (what === "opened") to.opened();
    if (what === "shown") to.shown();
    if (what === "hidden") to.hidden();
  });
  keepElsewhere((text) => tell("keep", text));
  tell("ready");
}

/** Hear of a check from the form's page: opened from here, of our own origin. */
export function onVerified(take: (pass: string) => void): void {
  window.addEventListener("message", (event) => {
    const pass: unknown = event.data?.verified;
    if (event.origin === location.origin && typeof pass === "string") take(pass);
  });
}

// Our parent can only be a page that frame-ancestors names: no other gets to load us.
function tell(what: string, kept = ""): void {
  window.parent.postMessage({ helpbot: what, kept }, "*");
}

export function askToClose(): void {
  if (framed) tell("close");
}

export { framed };
