// Links lead to our own host and to the hosts of data/link_hosts.txt; anything else stays text.
import { make } from "./dom";
import { withRuby } from "./ruby";
import type { Link, Source } from "./shapes";

const own = new Set([location.origin, document.body.dataset.home]);

function allowed(address: string): boolean {
  try {
    const url = new URL(address);
    if (own.has(url.origin)) return true;
    return url.protocol === "https:" && !url.username && LINK_HOSTS.includes(url.host);
  } catch {
    return false;
  }
}

export const isOwn = (link: Link): boolean => {
  try {
    return own.has(new URL(link.url).origin);
  } catch {
    return false;
  }
};

// Ten digits in groups, as the catalogue writes telephone numbers.
const PHONE = /0[0-9]{1,3}-[0-9]{2,6}(?:-[0-9]{3,4})?/g;

// Return `text` with its readings above the kanji, and with telephone numbers to tap.
export function withPhones(text: string): DocumentFragment {
  const made = document.createDocumentFragment();
  let from = 0;
  for (let found = PHONE.exec(text); found; found = PHONE.exec(text)) {
    const digits = found[0].replace(/-/g, "");
    if (digits.length !== 10) continue;
    const phone = make("a", "", found[0]);
    phone.href = `tel:${digits}`;
    made.append(withRuby(text.slice(from, found.index)), phone);
    from = found.index + found[0].length;
  }
  made.append(withRuby(text.slice(from)));
  return made;
}

export function link(wanted: Link): HTMLElement {
  if (!allowed(wanted.url)) return make("span", "", wanted.label);
  const made = make("a", "", wanted.label);
  made.href = wanted.url;
  made.target = "_blank";
  // Pages of our own may tell us that a check is done; no other page gets hold of this window.
  made.rel = isOwn(wanted) ? "opener" : "noopener noreferrer";
  made.append(make("span", "unseen", WORDS.new_window!));
  return made;
}

// "2024-12" -> 2024年12月; the units come from the words.
function date(iso: string): string {
  const parts = iso.split("-").map((part, place) => Number(part) + (WORDS.date_units[place] ?? ""));
  return parts.join("");
}

export function sourceLine(source: Source): HTMLElement {
  const line = make("p", "source");
  const when = source.source_date
    ? WORDS.source_dated!.replace("{date}", date(source.source_date))
    : WORDS.source_undated!.replace("{date}", date(source.read_on));
  line.append(link({ label: WORDS.source!, url: source.url }), when);
  return line;
}
