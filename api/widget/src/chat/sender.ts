// One message at a time on its way, what is said meanwhile behind it. Tried again with the same id
// until the server has it, which answers a known id once: however often the line breaks, the
// message arrives exactly once.
import { Refused, send } from "./api";
import { find, wait } from "./dom";
import type { Talk } from "./keep";
import type { Content } from "./shapes";

const PAUSES_MS = [1000, 2000, 4000, 8000];
const LOOK_AGAIN_MS = 5000;

export interface Desk {
  talk(): Talk | null;
  lineIsUp(up: boolean): void;
  overloaded(): void;
  isAnswered(messageId: string): boolean;
  lookAgain(): Promise<void>;
  refused(error: Refused, content: Content): void;
}

interface Said {
  content: Content;
  shown: string;
}

export class Sender {
  private readonly place = find("pending");
  private readonly status = find("status");
  private way: { id: string; messageId: string } | null = null;
  // A hasty tap is a wish, too: the first that stands here is on its way or about to be.
  private line: Said[] = [];

  constructor(private readonly desk: Desk) {}

  get busy(): boolean {
    return this.line.length > 0;
  }

  /** Send what was typed or tapped, behind what is on its way; `shown` stands there until the log has it. */
  async send(content: Content, shown: string): Promise<void> {
    if (this.isTappedAgain(content)) return;
    this.line.push({ content, shown });
    this.show();
    // What was forgotten meanwhile is not this line any more.
    const line = this.line;
    if (line.length === 1) while (this.line === line && line.length) await this.sendOne(line[0]!);
  }

  // Nobody who taps twice while they wait wants two answers. Who has the answer waits no more.
  private isTappedAgain(content: Content): boolean {
    const asked = JSON.stringify(content);
    const answered = this.way !== null && this.desk.isAnswered(this.way.messageId);
    const waiting = answered ? this.line.slice(1) : this.line;
    return "choice_id" in content && waiting.some((said) => JSON.stringify(said.content) === asked);
  }

  private async sendOne(said: Said): Promise<void> {
    const talk = this.desk.talk();
    if (!talk) return this.forget();
    const way = (this.way = { id: newId(), messageId: "" });
    this.show();
    try {
      way.messageId = await this.deliver(talk, way.id, said.content);
      await this.answered(way);
    } catch (error) {
      if (error instanceof Refused && this.way === way) this.desk.refused(error, said.content);
    }
    if (this.way === way) this.done();
  }

  private async deliver(talk: Talk, id: string, content: Content): Promise<string> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await send(talk, id, content);
      } catch (error) {
        if (error instanceof Refused && error.status < 500) throw error;
        this.desk.lineIsUp(error instanceof Refused);
        if (error instanceof Refused) this.desk.overloaded();
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

  private show(): void {
    this.place.textContent = this.line.map((said) => said.shown).join("\n");
    this.place.hidden = false;
    this.status.textContent = WORDS.sending!;
  }

  /** The log has the message that was on its way. */
  arrived(): void {
    this.place.textContent = this.line.slice(1).map((said) => said.shown).join("\n");
    this.place.hidden = this.line.length < 2;
  }

  private done(): void {
    this.arrived();
    this.line.shift();
    this.way = null;
    if (!this.busy) this.status.textContent = "";
  }

  /** Drop what is on its way and what stands behind it: their conversation is gone. */
  forget(): void {
    this.line = [];
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
