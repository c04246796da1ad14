// The public chat API. The token travels in a header, never in an address.
import type { Talk } from "./keep";
import type { Content, Entry, Opened, Reply } from "./shapes";

const PATH = "/chat/conversations";

// The server said no; `message` is a sentence for the person.
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly receipt: string,
    readonly retryAfter: number,
  ) {
    super(message);
  }
}

async function call(path: string, talk: Talk | null, options: RequestInit = {}): Promise<Response> {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  if (talk) headers.Authorization = `Bearer ${talk.token}`;
  const answer = await fetch(PATH + path, {
    ...options,
    headers: { ...headers, ...(options.headers as Record<string, string> | undefined) },
    cache: "no-store",
  });
  if (answer.ok) return answer;
  const body = (await answer.json().catch(() => ({}))) as { message?: string; receipt?: string };
  const after = Number(answer.headers.get("Retry-After")) || 0;
  throw new Refused(answer.status, body.message ?? WORDS.failed!, body.receipt ?? "", after);
}

const json = async <Body>(answer: Promise<Response>): Promise<Body> => (await (await answer).json()) as Body;

export const open = (): Promise<Opened> => json(call("", null, { method: "POST", body: "{}" }));

export async function history(talk: Talk, after = ""): Promise<Entry[]> {
  const query = after ? `?after=${encodeURIComponent(after)}` : "";
  return (await json<{ messages: Entry[] }>(call(`/${talk.id}/messages${query}`, talk))).messages;
}

export async function send(talk: Talk, id: string, content: Content): Promise<string> {
  const body = JSON.stringify({ client_message_id: id, ...content });
  const answer = call(`/${talk.id}/messages`, talk, { method: "POST", body });
  return (await json<{ message_id: string }>(answer)).message_id;
}

export const events = (talk: Talk, last: string, signal: AbortSignal): Promise<Response> =>
  call(`/${talk.id}/events`, talk, { headers: last ? { "Last-Event-ID": last } : {}, signal });

// What concerns one person's account; nothing where this browser verified nobody.
export async function privateReplies(talk: Talk, pass: string): Promise<Reply[]> {
  try {
    const headers: HeadersInit = pass ? { "Helpbot-Pass": pass } : {};
    const answer = call(`/${talk.id}/private`, talk, { credentials: "same-origin", headers });
    return (await json<{ replies: Reply[] }>(answer)).replies;
  } catch {
    return [];
  }
}

export const memo = async (talk: Talk): Promise<string> =>
  (await json<{ url: string }>(call(`/${talk.id}/memo`, talk))).url;

export const erase = async (talk: Talk): Promise<string> =>
  (await json<{ receipt: string }>(call(`/${talk.id}`, talk, { method: "DELETE" }))).receipt;

export async function feedback(talk: Talk, replyId: string, solved: boolean): Promise<void> {
  const body = JSON.stringify({ solved });
  await call(`/${talk.id}/replies/${replyId}/feedback`, talk, { method: "POST", body });
}
