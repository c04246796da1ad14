// One message at a time on its way. Tried again with the same id until the server has it, which
// answers a known id once: however often the line breaks, the message arrives exactly once.
import { Refused, send } from "./api";
import { find, wait } from "./dom";
import type { Talk } from "./keep";
import type { Content } from "./shapes";

const PAUSES_MS = [1000, 2000, 4000, 8000];
const LOOK_AGAIN_MS = 5000;

export interface Desk {
  talk(): Talk | null;
  lineIsUp(up: boolean): void;
  isAnswered(messageId: string): boolean;
  lookAgain(): Promise<void>;
  refused(error: Refused, content: Content): void;
}

export class Sender {
  private readonly place = find("pending");
  private readonly status = find("status");
  private way: { id: string; messageId: string } | null = null;

  constructor(private readonly desk: Desk) {}

  get busy(): boolean {
    return this.way !== null;
  }

  /** Send what was typed or tapped; `shown` stands on the screen until the log has it. */
  async send(content: Content, shown: string): Promise<void> {
    const talk = this.desk.talk();
    if (this.way || !talk) return;
    const way = (this.way = { id: newId(), messageId: "" });
    this.show(shown);
    try {
      way.messageId = await this.deliver(talk, way.id, content);
      await this.answered(way);
    } catch (error) {
      if (error instanceof Refused && this.way === way) this.desk.refused(error, content);
    }
    if (this.way === way) this.forget();
  }

  private async deliver(talk: Talk, id: string, content: Content): Promise<string> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await send(talk, id, content);
      } catch (error) {
        if (error instanceof Refused && error.status < 500) throw error;
        this.desk.lineIsUp(error instanceof Refused);
        await pause(PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]!);
        if (this.way?.id !== id) throw new Error("forgotten");
      }
    }
  }

  // The stream brings the answer; where it does not, we look ourselves.
  private async answered(way: { messageId: string }): Promise<void> {
    for (let waited = 0; this.way === way && !this.desk.isAnswered(way.messageId); waited += 100) {
      await wait(100);
      if (waited && waited % LOOK_AGAIN_MS === 0) await this.desk.lookAgain().catch(() => undefined);
    }
  }

  private show(text: string): void {
    this.place.textContent = text;
    this.place.hidden = false;
    this.status.textContent = WORDS.sending!;
  }

  /** The log has the message now. */
  arrived(): void {
    this.place.hidden = true;
  }

  forget(): void {
    this.way = null;
    this.arrived();
    this.status.textContent = "";
  }
}

// As long as the pause, or until the network is back.
function pause(ms: number): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    window.addEventListener("online", () => (clearTimeout(timer), done()), { once: true });
  });
}

function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
}
