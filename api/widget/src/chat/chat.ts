// The conversation as a whole: begin or resume, follow, say, forget.
import * as api from "./api";
import { Refused } from "./api";
import { Composer } from "./composer";
import { find, wait } from "./dom";
import { Feedback } from "./feedback";
import { hadTalk, keepTalk, keptTalk, type Talk } from "./keep";
import { Log } from "./log";
import { Notice } from "./notice";
import { Sender } from "./sender";
import type { Content, Entry } from "./shapes";
import { Stream } from "./stream";

export class Chat {
  private current: Talk | null = null;
  // Kept in no storage: browsers hold cookies back from a frame on another site.
  private pass = "";
  readonly notice = new Notice();
  readonly log = new Log((choice, byKey) => {
    // Who taps stays where they are: a screen keyboard would cover the answer.
    if (byKey) this.composer.focus();
    void this.send({ choice_id: choice.id }, choice.label);
  });
  readonly composer = new Composer((text) => this.say(text));
  private readonly sender = new Sender({
    talk: () => this.current,
    lineIsUp: (up) => this.notice.line(up),
    overloaded: () => this.notice.show(WORDS.overloaded!),
    isAnswered: (id) => this.log.isAnswered(id),
    lookAgain: () => this.lookAgain(),
    refused: (error, content) => void this.refused(error, content),
  });
  private readonly asked = new Feedback(() => this.current, (text) => this.say(text));
  private readonly stream = new Stream({
    event: (name, data) => this.heard(name, data),
    lineIsUp: (up) => this.notice.line(up),
    refused: () => void this.lost(),
  });

  get talk(): Talk | null {
    return this.current;
  }

  /** Resume what this browser had, or begin; tried until the network lets us. */
  async start(): Promise<void> {
    for (let pause = 1000; ; pause = Math.min(pause * 2, 8000)) {
      try {
        await this.resume();
        this.notice.line(true);
        if (this.notice.says(WORDS.overloaded!)) this.notice.clear();
        return this.composer.show();
      } catch (error) {
        if (error instanceof Refused && error.status < 500) return this.notice.show(error.message);
        if (error instanceof Refused) this.notice.show(WORDS.overloaded!);
        else this.notice.line(false);
        await wait(pause);
      }
    }
  }

  private async resume(): Promise<void> {
    const kept = keptTalk();
    if (!kept) {
      const lost = hadTalk();
      await this.begin();
      if (lost) this.notice.show(WORDS.lost!);
      return;
    }
    try {
      const entries = await api.history(kept);
      this.enter(kept, entries);
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error;
      await this.begin();
      this.notice.show(WORDS.lost!);
    }
  }

  private async begin(): Promise<void> {
    const opened = await api.open();
    const talk = { id: opened.conversation_id, token: opened.token };
    this.enter(talk, opened.replies.map((reply): Entry => ({ from: "bot", ...reply })));
  }

  private enter(talk: Talk, entries: Entry[]): void {
    this.current = talk;
    keepTalk(talk);
    this.log.clear();
    this.log.fill(entries);
    this.follow();
    this.asked.about(this.log.lastReply);
    void this.showPrivate();
  }

  follow(): void {
    if (this.current) this.stream.follow(this.current, this.log.lastReply?.id ?? "");
  }

  rest(): void {
    this.stream.close();
  }

  private heard(name: string, data: string): void {
    const body = JSON.parse(data || "{}") as { kind?: string; text?: string };
    if (name === "typing") find("status").textContent = WORDS.sending!;
    if (name === "message") this.show({ ...(body as Entry), from: "person" } as Entry);
    if (name === "reply") this.show(body as unknown as Entry);
    if (name === "notice" && body.kind === "private") void this.showPrivate();
    if (name === "notice" && body.text) this.notice.show(body.text);
  }

  private show(entry: Entry): void {
    this.log.add(entry);
    if (this.notice.says(WORDS.overloaded!)) this.notice.clear();
    if (entry.from === "person") return this.sender.arrived();
    if (!this.sender.busy || this.log.isAnswered(entry.in_reply_to ?? "")) {
      find("status").textContent = "";
    }
    this.asked.about(this.log.lastReply);
  }

  /** Take what the form's page, a window of our own, hands over after a check. */
  verified(pass: string): void {
    this.pass = pass;
    void this.showPrivate();
  }

  private async showPrivate(): Promise<void> {
    // Who holds a pass has a result: where none comes, somebody behind it was slow.
    for (let tries = this.pass ? 4 : 1; tries > 0 && this.current; tries -= 1) {
      const replies = await api.privateReplies(this.current, this.pass);
      for (const reply of replies) this.log.addPrivate(reply);
      if (replies.length) return;
      if (tries > 1) await wait(2000);
    }
  }

  private async lookAgain(): Promise<void> {
    if (!this.current) return;
    for (const entry of await api.history(this.current, this.log.lastReply?.id)) this.show(entry);
  }

  /** Send typed words; false while there is no conversation. */
  say(text: string): boolean {
    if (!this.current) return false;
    void this.send({ text }, text);
    return true;
  }

  private async send(content: Content, shown: string): Promise<void> {
    this.notice.clear();
    this.asked.about(null);
    await this.sender.send(content, shown);
    if (this.current) keepTalk(this.current);
  }

  private async refused(error: Refused, content: Content): Promise<void> {
    if (error.status === 401) await this.lost();
    else this.composer.complain(error.message);
    if ("text" in content) this.composer.giveBack(content.text);
  }

  private async lost(): Promise<void> {
    this.drop();
    await this.resume();
    this.notice.show(WORDS.lost!);
  }

  // Another window may have begun anew already: then its conversation is kept.
  private drop(): void {
    this.stream.close();
    this.sender.forget();
    if (keptTalk()?.id === this.current?.id) keepTalk(null);
    this.current = null;
  }

  /** Take the conversation back; the receipt stays on the screen. */
  async erase(): Promise<void> {
    if (!this.current) return;
    try {
      const receipt = await api.erase(this.current);
      this.drop();
      await this.begin();
      this.notice.show(WORDS.erased!.replace("{receipt}", receipt));
      find("title").focus();
    } catch (error) {
      this.notice.show(error instanceof Refused ? error.message : WORDS.failed!);
    }
  }
}
