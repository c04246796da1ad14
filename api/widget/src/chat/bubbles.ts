// What one entry of the conversation looks like.
import { button, hasKeyboard, make } from "./dom";
import { isOwn, link, sourceLine, withPhones } from "./links";
import { isQuestion, type Choice, type Entry, type Link, type Reply } from "./shapes";

// Answers in other languages carry the language in their ids (data/answers/languages.yml).
const FOREIGN = /^other_language__(\w+)$/;

// `byKey`: on the keyboard of a desk, so the focus may go where one writes.
export type Tapped = (choice: Choice, byKey: boolean) => void;

function bubble(who: string, className: string, id: string): HTMLElement {
  const made = make("div", `bubble ${className}`);
  made.dataset.id = id;
  made.append(make("p", "who", who));
  return made;
}

function paragraph(text: string, className = ""): HTMLElement {
  const made = make("p", className);
  made.append(withPhones(text));
  if (/^[\x20-\x7e]+$/.test(text)) made.lang = "en";
  return made;
}

function linkRow(each: Link): HTMLElement {
  const made = make("p", "link");
  made.append(link(each));
  return made;
}

function details(lines: string[], links: HTMLElement[], className: string): HTMLElement[] {
  if (!lines.length && !links.length) return [];
  const made = make("details", className);
  made.append(make("summary", "", WORDS.more!));
  made.append(...lines.map((line) => paragraph(line)), ...links);
  return [made];
}

// What stands below the words once they unfold; made anew for each form of the words.
function below(reply: Reply): HTMLElement[] {
  const far = reply.links.filter((each) => !isOwn(each) && each.url !== reply.source?.url);
  if (!reply.source) return far.map(linkRow);
  // A question's buttons come before where it was read.
  const line = isQuestion(reply) ? [sourceLine(reply.source)] : [];
  return [...far.map(linkRow), ...line, paragraph(WORDS.caveat!)];
}

function choiceButton(choice: Choice, tapped: Tapped): HTMLButtonElement {
  const made = button(choice.label, (event) => tapped(choice, event.detail === 0 && hasKeyboard()));
  if (!choice.picture) return made;
  made.className = "picture";
  const drawing = make("img");
  drawing.src = `/static/screens/${encodeURIComponent(choice.picture)}.svg`;
  // The label below says the same; what the drawing shows beyond it stands here.
  drawing.alt = SCREENS[`screen_${choice.picture}`] ?? "";
  drawing.width = 120;
  drawing.height = 84;
  made.prepend(drawing);
  return made;
}

function choiceRow(choices: Choice[], tapped: Tapped): HTMLElement {
  const row = make("div", "choices");
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", WORDS.choices!);
  row.append(...choices.map((choice) => choiceButton(choice, tapped)));
  return row;
}

function botBubble(reply: Reply, who: string, tapped: Tapped): HTMLElement {
  const made = bubble(who, reply.private ? "bot private" : "bot", reply.id);
  const form = reply.easy ? "usual" : "";
  const language = FOREIGN.exec(reply.answer_id);
  // The easy words stand beside the usual ones; the switch shows one of both.
  const step = paragraph(reply.text, `first-step ${form}`);
  if (language) step.lang = language[1]!;
  made.append(step);
  if (reply.easy) made.append(paragraph(reply.easy.text, "first-step easy"));
  made.append(...details(reply.details, below(reply), form));
  if (reply.easy) made.append(...details(reply.easy.details, below(reply), "easy"));
  if (reply.private) made.append(make("p", "note", WORDS.private_note!));
  made.append(...reply.links.filter(isOwn).map(linkRow));
  if (reply.source && !isQuestion(reply)) made.append(sourceLine(reply.source));
  if (reply.choices.some((each) => each.picture)) made.append(make("p", "note", WORDS.sketches!));
  if (reply.choices.length) made.append(choiceRow(reply.choices, tapped));
  return made;
}

export function entryBubble(entry: Entry, tapped: Tapped): HTMLElement {
  if (entry.from === "person") {
    const made = bubble(WORDS.person!, "person", entry.id);
    made.append(make("p", "", entry.text));
    return made;
  }
  return botBubble(entry, entry.from === "staff" ? WORDS.staff! : WORDS.bot!, tapped);
}
