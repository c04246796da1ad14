// Links lead to our own host and to the hosts of data/link_hosts.txt; anything else stays text.
import { make } from "./dom";
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
