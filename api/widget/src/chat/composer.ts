// Where the person writes. Enter sends, but never the Enter that confirms a kanji conversion.
import { find } from "./dom";

const TALLEST_PX = 144;

export class Composer {
  private readonly form = find<HTMLFormElement>("composer");
  private readonly box = find<HTMLTextAreaElement>("text");
  private readonly error = find("error");
  private composing = false;
  private endedAt = -1;

  constructor(private readonly send: (text: string) => boolean) {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.box.addEventListener("compositionstart", () => (this.composing = true));
    this.box.addEventListener("compositionend", (event) => {
      this.composing = false;
      this.endedAt = event.timeStamp;
    });
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("input", () => this.grow());
  }

  /** Say whether a key belongs to a conversion that is going on. */
  converting(event: KeyboardEvent): boolean {
    // Safari ends the composition just before it reports the key, which then carries code 229
    // or, on some versions, nothing but the same moment.
    const sameMoment = this.endedAt >= 0 && event.timeStamp - this.endedAt < 20;
    return event.isComposing || this.composing || event.keyCode === 229 || sameMoment;
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || this.converting(event)) return;
    event.preventDefault();
    if (!event.repeat) this.submit();
  }

  private submit(): void {
    const text = this.box.value.trim();
    if (!text || !this.send(text)) return;
    this.box.value = "";
    this.grow();
    this.complain("");
  }

  private grow(): void {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight + 4, TALLEST_PX)}px`;
  }

  /** Show what is wrong with the text, tied to the box; an empty sentence takes it back. */
  complain(sentence: string): void {
    this.error.textContent = sentence;
    this.error.hidden = !sentence;
    if (sentence) this.box.setAttribute("aria-invalid", "true");
    else this.box.removeAttribute("aria-invalid");
  }

  giveBack(text: string): void {
    if (!this.box.value) this.box.value = text;
    this.grow();
  }

  show(): void {
    this.form.hidden = false;
  }

  focus(): void {
    this.box.focus({ preventScroll: true });
  }
}
