// Behind 「その他」: how it looks, paper, a person, and taking the conversation back.
import { find, make } from "./dom";
import { keepLook, keptLook, type Talk } from "./keep";

const SIZES = 3;

export interface Deeds {
  talk(): Talk | null;
  human(): void;
  text(): string;
  memo(): Promise<string>;
  erase(): Promise<void>;
}

export class Panel {
  private readonly place = find("panel");
  private readonly opener = find<HTMLButtonElement>("more");
  private readonly sure = find("sure");
  private readonly look = keptLook();

  constructor(private readonly deeds: Deeds) {
    this.opener.addEventListener("click", () => this.toggle());
    on("easy", () => this.change({ easy: !this.look.easy }));
    on("size", () => this.change({ size: (this.look.size + 1) % SIZES }));
    on("human", () => (this.close(), deeds.human()));
    on("print", () => (this.close(), window.print()));
    on("save", () => this.save());
    find("plain").addEventListener("click", (event) => this.goOnPlain(event));
    on("erase", () => this.ask(true));
    on("erase-no", () => this.ask(false));
    on("erase-yes", () => void this.erase());
    window.addEventListener("beforeprint", unfold);
    this.apply();
  }

  get isOpen(): boolean {
    return !this.place.hidden;
  }

  private toggle(): void {
    if (this.isOpen) return this.close();
    this.place.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    // A link that is there when it is tapped: a window opened later would be blocked.
    const link = find<HTMLAnchorElement>("memo");
    this.deeds.memo().then(
      (url) => ((link.href = url), (link.hidden = false)),
      () => (link.hidden = true),
    );
  }

  close(): void {
    this.place.hidden = true;
    this.sure.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
  }

  closeAndReturn(): void {
    this.close();
    this.opener.focus();
  }

  private change(wanted: Partial<typeof this.look>): void {
    Object.assign(this.look, wanted);
    keepLook(this.look);
    // What changes its form was read aloud before: the log keeps silent about it.
    const log = find("log");
    log.setAttribute("aria-live", "off");
    this.apply();
    window.setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
  }

  private apply(): void {
    const root = document.documentElement;
    root.classList.toggle("is-easy", this.look.easy);
    for (let size = 1; size < SIZES; size += 1) {
      root.classList.toggle(`size-${size}`, this.look.size === size);
    }
    find("easy").setAttribute("aria-pressed", String(this.look.easy));
    const sizes = [WORDS.size_0!, WORDS.size_1!, WORDS.size_2!];
    find("size").textContent = sizes[this.look.size] ?? WORDS.size_0!;
  }

  private save(): void {
    const note = `${WORDS.save_note}\n${new Date().toLocaleString("ja-JP")}\n\n`;
    const file = new Blob([`\ufeff${note}${this.deeds.text()}\n`], { type: "text/plain" });
    const link = make("a");
    link.href = URL.createObjectURL(file);
    link.download = WORDS.save_name!;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    this.closeAndReturn();
  }

  // The plain page goes on with this conversation: its key travels in a form, in no address.
  private goOnPlain(event: Event): void {
    const talk = this.deeds.talk();
    if (!talk) return;
    event.preventDefault();
    const form = make("form");
    Object.assign(form, { method: "post", action: "/chat/plain/continue", target: "_blank" });
    const fields = [["conversation_id", talk.id], ["token", talk.token]] as const;
    for (const field of fields) {
      form.append(Object.assign(make("input"), { type: "hidden", name: field[0], value: field[1] }));
    }
    document.body.append(form);
    form.submit();
    form.remove();
  }

  private ask(asking: boolean): void {
    this.sure.hidden = !asking;
    find(asking ? "erase-no" : "erase").focus();
  }

  private async erase(): Promise<void> {
    this.close();
    await this.deeds.erase();
  }
}

function on(id: string, deed: () => void): void {
  find(id).addEventListener("click", deed);
}

function unfold(): void {
  for (const each of document.querySelectorAll("details")) each.open = true;
}
