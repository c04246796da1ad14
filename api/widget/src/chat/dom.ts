// Short ways to make and find elements. Text is only ever set as text.
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = "",
  text = "",
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function button(label: string, tapped: (event: MouseEvent) => void, className = ""): HTMLButtonElement {
  const made = make("button", className, label);
  made.type = "button";
  made.addEventListener("click", tapped);
  return made;
}

export function find<Found extends HTMLElement = HTMLElement>(id: string): Found {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id}`);
  return found as Found;
}

// With a keyboard people write at once; on a phone the screen keyboard would cover the words.
export const hasKeyboard = (): boolean => window.matchMedia("(hover: hover) and (pointer: fine)").matches;

export const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
