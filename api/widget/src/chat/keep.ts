// What stays on this device: the way back into the conversation, and how it should look.
// A shared computer forgets the conversation after half a day without a word.
const FORGET_AFTER_MS = 12 * 60 * 60 * 1000;
const TALK = "helpbot-talk";
const LOOK = "helpbot-look";

export interface Talk {
  id: string;
  token: string;
}

export interface Look {
  easy: boolean;
  size: number;
}

// Some browsers close their storage to frames. Then the page around us, which the server let
// frame us, is asked to keep things (frame.ts); without one they live as long as this page.
let memory: Record<string, string> = {};
let askToKeep: (text: string) => void = () => undefined;

export function keepElsewhere(ask: (text: string) => void): void {
  askToKeep = ask;
}

/** Take what the page around us has kept; it is used only where our own storage is closed. */
export function restore(text: string): void {
  try {
    memory = JSON.parse(text) as Record<string, string>;
  } catch {
    memory = {};
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return memory[key] ?? null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    if (value === null) delete memory[key];
    else memory[key] = value;
    askToKeep(JSON.stringify(memory));
  }
}

function parsed<Kept>(key: string): Partial<Kept> | null {
  try {
    return JSON.parse(read(key) ?? "null") as Partial<Kept> | null;
  } catch {
    return null;
  }
}

export function keptTalk(): Talk | null {
  const kept = parsed<Talk & { at: number }>(TALK);
  const fresh = Date.now() - (kept?.at ?? 0) < FORGET_AFTER_MS;
  return kept?.id && kept.token && fresh ? { id: kept.id, token: kept.token } : null;
}

// Outlives cleared storage as long as this tab does: then the person is told that it is lost.
const HAD = "helpbot-had-talk";

/** Say whether this tab had a conversation whose way back is gone now. */
export function hadTalk(): boolean {
  try {
    return sessionStorage.getItem(HAD) === "1";
  } catch {
    return false;
  }
}

export function keepTalk(talk: Talk | null): void {
  try {
    if (talk) sessionStorage.setItem(HAD, "1");
    else sessionStorage.removeItem(HAD);
  } catch {
    // Nothing is told then.
  }
  write(TALK, talk && JSON.stringify({ ...talk, at: Date.now() }));
}

export function keptLook(): Look {
  const kept = parsed<Look>(LOOK);
  return { easy: kept?.easy === true, size: Number(kept?.size) || 0 };
}

export function keepLook(look: Look): void {
  write(LOOK, JSON.stringify(look));
}
