// The one script tag on a customer's page: a launcher, and behind it the chat in a frame of our
// host. Everything lives in a shadow root, so that neither page nor widget styles the other.
import look from "./launcher.css" with { type: "text" };

const OPEN_KEY = "helpbot-open";
// Where a browser closes its storage to frames, the chat asks us to keep its way back here.
const KEPT_KEY = "helpbot-kept";
const BOOT_PATIENCE_MS = 8000;

class Launcher {
  private readonly root: ShadowRoot;
  private readonly button = document.createElement("button");
  private readonly panel = document.createElement("div");
  private readonly way = document.createElement("p");
  private frame: HTMLIFrameElement | null = null;
  private booted = false;

  constructor(private readonly host: string) {
    const place = document.createElement("helpbot-widget");
    this.root = place.attachShadow({ mode: "open" });
    this.dress();
    this.buildButton();
    this.buildPanel();
    this.root.append(this.button, this.panel);
    document.body.append(place);
    window.addEventListener("message", (event) => this.hear(event));
    document.addEventListener("focusin", (event) => this.pageFocused(event, place));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.panel.hidden) this.close(true);
    });
    if (get(OPEN_KEY, sessionStorageOf)) this.open(false);
  }

  // A sheet made by script needs no permission of the page's policy; older browsers get the file.
  private dress(): void {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(look);
      this.root.adoptedStyleSheets = [sheet];
    } catch {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = `${this.host}/widget.css`;
      this.root.append(link);
    }
  }

  private buildButton(): void {
    this.button.type = "button";
    this.button.className = "launcher";
    this.button.textContent = WORDS.launcher_open!;
    this.button.setAttribute("aria-expanded", "false");
    this.button.setAttribute("aria-controls", "panel");
    this.button.addEventListener("click", () => (this.panel.hidden ? this.open(true) : this.close(true)));
    // Whoever reaches for the button is about to press it: the frame may begin to load.
    for (const sign of ["pointerenter", "focus", "touchstart"]) {
      this.button.addEventListener(sign, () => this.load(), { once: true, passive: true });
    }
  }

  private buildPanel(): void {
    this.panel.id = "panel";
    this.panel.className = "panel";
    this.panel.hidden = true;
    const link = document.createElement("a");
    link.href = `${this.host}/chat/plain`;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = WORDS.launcher_plain!;
    // The frame has a button of its own; where it does not come, a phone would have none.
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = WORDS.close!;
    close.addEventListener("click", () => this.close(true));
    this.way.append(WORDS.launcher_failed!, link, close);
    this.way.hidden = true;
    this.panel.append(this.way);
  }

  private load(): void {
    if (this.frame) return;
    this.frame = document.createElement("iframe");
    this.frame.title = WORDS.launcher_frame!;
    this.frame.src = `${this.host}/chat/frame`;
    this.panel.append(this.frame);
  }

  private open(byPerson: boolean): void {
    this.load();
    this.panel.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.root.host.classList.add("open");
    put(OPEN_KEY, "1", sessionStorageOf);
    this.say(byPerson ? "opened" : "shown");
    window.setTimeout(() => (this.way.hidden = this.booted), BOOT_PATIENCE_MS);
  }

  private close(focus: boolean): void {
    this.panel.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    this.root.host.classList.remove("open");
    put(OPEN_KEY, "", sessionStorageOf);
    this.say("hidden");
    if (focus) this.button.focus();
  }

  private say(what: string): void {
    const message = { helpbot: what, kept: get(KEPT_KEY, localStorageOf) };
    if (this.booted) this.frame?.contentWindow?.postMessage(message, this.host);
  }

  // Only our own frame, from our own host, is listened to.
  private hear(event: MessageEvent): void {
    if (event.origin !== this.host || !this.frame) return;
    if (event.source !== this.frame.contentWindow) return;
    const what: unknown = event.data?.helpbot;
    if (what === "close") this.close(true);
    if (what === "keep") put(KEPT_KEY, String(event.data.kept), localStorageOf);
    if (what === "ready") {
      this.booted = true;
      this.way.hidden = true;
      this.say(this.panel.hidden ? "hidden" : "opened");
    }
  }

  // On a small screen the panel covers the page: who tabs back into the page must see it.
  private pageFocused(event: FocusEvent, place: HTMLElement): void {
    const covers = this.panel.clientWidth >= document.documentElement.clientWidth;
    if (!this.panel.hidden && covers && event.target !== place) this.close(false);
  }
}

// Even naming a storage that is closed throws; then nothing is remembered.
type Place = () => Storage;
const localStorageOf: Place = () => localStorage;
const sessionStorageOf: Place = () => sessionStorage;

function put(key: string, value: string, place: Place): void {
  try {
    place().setItem(key, value);
  } catch {
    return;
  }
}

function get(key: string, place: Place): string {
  try {
    return place().getItem(key) ?? "";
  } catch {
    return "";
  }
}

function begin(host: string): void {
  if (!document.querySelector("helpbot-widget")) new Launcher(host);
}

const tag = document.currentScript;
if (tag instanceof HTMLScriptElement) {
  const origin = new URL(tag.src).origin;
  if (document.body) begin(origin);
  else document.addEventListener("DOMContentLoaded", () => begin(origin));
}
