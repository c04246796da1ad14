// What the chat API answers; the shapes are api/channels/web/schemas.py's.
export interface Choice {
  id: string;
  label: string;
  topic: string;
  picture?: string | null;
}

export interface Link {
  label: string;
  url: string;
}

export interface Source {
  url: string;
  source_date: string | null;
  read_on: string;
}

export interface Reply {
  id: string;
  in_reply_to: string | null;
  text: string;
  details: string[];
  easy?: { text: string; details: string[] } | null;
  answer_id: string;
  choices: Choice[];
  links: Link[];
  source: Source | null;
  private: boolean;
}

export type Entry = ({ from: "person"; id: string; text: string }) | ({ from: "bot" | "staff" } & Reply);

export interface Opened {
  conversation_id: string;
  token: string;
  replies: Reply[];
}

export type Content = { text: string } | { choice_id: string };

// Answers that put a question have ids that begin so (CONTRIBUTING.md).
export const isQuestion = (reply: Reply): boolean => reply.answer_id.startsWith("ask_");
