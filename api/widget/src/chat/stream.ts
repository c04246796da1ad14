// Server-sent events, read with fetch because the token is a header. A broken line is taken up
// again with the id of the last reply that came.
import { events, Refused } from "./api";
import { wait } from "./dom";
import type { Talk } from "./keep";

const LONGEST_PAUSE_MS = 8000;
// The server sends a sign of life every 15 seconds; a line silent for longer is dead.
const DEAD_AFTER_MS = 40000;

export interface Listener {
  event(name: string, data: string): void;
  lineIsUp(up: boolean): void;
  refused(): void;
}

export class Stream {
  private stop: AbortController | null = null;
  private last = "";

  constructor(private readonly listener: Listener) {
    window.addEventListener("online", () => this.wake());
    window.addEventListener("offline", () => listener.lineIsUp(false));
  }

  private wake: () => void = () => undefined;

  /** Follow `talk` from behind the reply `last` on, until told otherwise. */
  follow(talk: Talk, last: string): void {
    this.close();
    this.last = last;
    const stop = new AbortController();
    this.stop = stop;
    void this.run(talk, stop);
  }

  close(): void {
    this.stop?.abort();
    this.stop = null;
  }

  private async run(talk: Talk, stop: AbortController): Promise<void> {
    let pause = 500;
    while (!stop.signal.aborted) {
      const began = Date.now();
      try {
        await this.read(talk, stop);
      } catch (error) {
        if (stop.signal.aborted) return;
        if (error instanceof Refused && error.status === 401) return this.listener.refused();
        this.listener.lineIsUp(false);
      }
      pause = Date.now() - began > LONGEST_PAUSE_MS ? 500 : Math.min(pause * 2, LONGEST_PAUSE_MS);
      await Promise.race([wait(pause), new Promise<void>((woken) => (this.wake = woken))]);
    }
  }

  private async read(talk: Talk, stop: AbortController): Promise<void> {
    const line = new AbortController();
    const end = (): void => line.abort();
    stop.signal.addEventListener("abort", end);
    window.addEventListener("offline", end);
    let alarm = setTimeout(end, DEAD_AFTER_MS);
    try {
      const answer = await events(talk, this.last, line.signal);
      if (!answer.body) throw new Error("this browser cannot read on");
      this.listener.lineIsUp(true);
      const reader = answer.body.getReader();
      const text = new TextDecoder();
      let left = "";
      for (;;) {
        const part = await reader.read();
        if (part.done) return;
        clearTimeout(alarm);
        alarm = setTimeout(end, DEAD_AFTER_MS);
        left = this.take(left + text.decode(part.value, { stream: true }));
      }
    } finally {
      clearTimeout(alarm);
      stop.signal.removeEventListener("abort", end);
      window.removeEventListener("offline", end);
    }
  }

  // Events end with an empty line; what follows the last one waits for the rest.
  private take(text: string): string {
    const blocks = text.split(/\r\n\r\n|\n\n|\r\r/);
    const left = blocks.pop() ?? "";
    for (const block of blocks) this.tell(block);
    return left;
  }

  private tell(block: string): void {
    let name = "message";
    const data: string[] = [];
    for (const line of block.split(/\r\n|\n|\r/)) {
      const colon = line.indexOf(":");
      const field = line.slice(0, Math.max(colon, 0));
      const value = line.slice(colon + 1).replace(/^ /, "");
      if (field === "event") name = value;
      if (field === "data") data.push(value);
      if (field === "id") this.last = value;
    }
    if (data.length) this.listener.event(name, data.join("\n"));
  }
}
