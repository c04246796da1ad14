// What is said beside the conversation: the line, a lost conversation, a receipt.
import { find } from "./dom";

export class Notice {
  private readonly place = find("notice");
  private readonly offline = find("offline");

  show(sentence: string): void {
    this.place.textContent = sentence;
    this.place.hidden = !sentence;
  }

  says(sentence: string): boolean {
    return this.place.textContent === sentence;
  }

  clear(): void {
    this.show("");
  }

  line(up: boolean): void {
    if (this.offline.hidden === up) return;
    this.offline.hidden = up;
    document.body.classList.toggle("is-offline", !up);
    this.offline.textContent = up ? "" : WORDS.offline!;
  }
}
