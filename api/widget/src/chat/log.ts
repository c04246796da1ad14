// The conversation on the screen. Entries are only ever appended, each once: a screen reader
// reads the log aloud as it grows.
import { entryBubble, type Tapped } from "./bubbles";
import { find } from "./dom";
import type { Entry, Reply } from "./shapes";

export class Log {
  private readonly place = find("log");
  private readonly shown = new Set<string>();
  private readonly answered = new Set<string>();
  private latest = "";
  lastReply: Reply | null = null;

  constructor(private readonly tapped: Tapped) {}

  has(id: string): boolean {
    return this.shown.has(id);
  }

  isAnswered(messageId: string): boolean {
    return this.answered.has(messageId);
  }

  /** Show what was said before, without reading all of it aloud. */
  fill(entries: Entry[]): void {
    this.place.setAttribute("aria-live", "off");
    for (const entry of entries) this.append(entry);
    window.setTimeout(() => this.place.setAttribute("aria-live", "polite"), 500);
    this.place.scrollTop = entries.length > 1 ? this.place.scrollHeight : 0;
  }

  add(entry: Entry): void {
    if (this.append(entry)) this.scroll(this.firstOfTurn());
  }

  /** Show what one person may see below the reply that stands for it: once after each entry. */
  addPrivate(reply: Reply): void {
    if (!this.shown.has(reply.id)) return;
    const latest = this.latest;
    const entry: Entry = { ...reply, from: "bot", private: true, id: `${reply.id} ${latest}` };
    // What was waited for, not the reply above that stands for it.
    if (this.append(entry)) this.scroll(this.place.lastElementChild as HTMLElement);
    this.latest = latest;
  }

  private firstOfTurn(): HTMLElement {
    let first = this.place.lastElementChild as HTMLElement;
    while (isBot(first) && isBot(first.previousElementSibling)) {
      first = first.previousElementSibling as HTMLElement;
    }
    return first;
  }

  // As far down as there is something, but not past the first words of the latest answer.
  private scroll(first: HTMLElement): void {
    this.place.scrollTop = first.offsetTop - 8;
    // Enlarged, or on a phone on its side, the page itself scrolls as well.
    const page = document.documentElement;
    if (page.scrollHeight > page.clientHeight) first.scrollIntoView();
  }

  private append(entry: Entry): boolean {
    if (this.shown.has(entry.id)) return false;
    this.shown.add(entry.id);
    this.latest = entry.id;
    if (entry.from !== "person") {
      if (!entry.private) this.lastReply = entry;
      if (entry.in_reply_to) this.answered.add(entry.in_reply_to);
    }
    this.place.append(entryBubble(entry, this.tapped));
    return true;
  }

  clear(): void {
    this.place.textContent = "";
    this.shown.clear();
    this.answered.clear();
    this.latest = "";
    this.lastReply = null;
  }

  /** Return what may be saved: not what concerns one person's account. */
  text(): string {
    const kept = [...this.place.children].filter((each) => !each.classList.contains("private"));
    return kept.map((each) => lines(each).join("\n")).join("\n\n");
  }
}

const isBot = (bubble: Element | null): boolean => !!bubble && bubble.classList.contains("bot");

// In the form that is shown, unfolded, without the buttons.
function lines(bubble: Element): string[] {
  const easy = document.documentElement.classList.contains("is-easy");
  const hidden = easy ? ".usual" : ".easy";
  return [...bubble.querySelectorAll("p")]
    .filter((each) => !each.closest(hidden))
    .map((each) => [each.textContent ?? "", ...addresses(each)].join(" "));
}

// A saved page has no links: the address itself stands behind the words. Our own are for once only.
function addresses(line: Element): string[] {
  const all = [...line.querySelectorAll("a")].map((each) => each.href);
  return all.filter((href) => /^https?:/.test(href) && !href.startsWith(location.origin));
}
