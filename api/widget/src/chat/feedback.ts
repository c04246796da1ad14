// 「解決しましたか？」 about the latest answer, in one place above the input.
import { feedback } from "./api";
import { button, find } from "./dom";
import type { Talk } from "./keep";
import { isQuestion, type Reply } from "./shapes";

export class Feedback {
  private readonly place = find("feedback");
  private readonly label = find("feedback-label");
  private readonly row = find("feedback-row");

  constructor(
    private readonly talk: () => Talk | null,
    private readonly say: (text: string) => void,
  ) {}

  /** Ask about `reply` where it is an answer; take the question away where it is not. */
  about(reply: Reply | null): void {
    // Nobody in distress is asked to rate the words.
    const asks = reply && !isQuestion(reply) && !reply.answer_id.startsWith("distress");
    const isAnswer = asks && reply.source && !reply.private;
    this.place.hidden = !isAnswer;
    if (!reply || !isAnswer) return;
    this.label.textContent = WORDS.solved!;
    this.offer(
      button(WORDS.solved_yes!, () => this.give(reply, true)),
      button(WORDS.solved_no!, () => this.give(reply, false)),
    );
  }

  private give(reply: Reply, solved: boolean): void {
    const talk = this.talk();
    if (talk) feedback(talk, reply.id, solved).catch(() => undefined);
    this.label.textContent = solved ? WORDS.solved_thanks! : WORDS.solved_sorry!;
    if (solved) this.offer();
    else {
      this.offer(
        button(WORDS.other_ways!, () => this.say(WORDS.other_ways_said!)),
        button(WORDS.human!, () => this.say(WORDS.human_said!)),
      );
    }
    this.label.focus();
  }

  private offer(...buttons: HTMLButtonElement[]): void {
    this.row.textContent = "";
    this.row.append(...buttons);
  }
}
