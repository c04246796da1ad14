// The chat in the frame: puts the parts together once the page is there.
import { memo } from "./chat/api";
import { Chat } from "./chat/chat";
import { find, hasKeyboard } from "./chat/dom";
import { askToClose, framed, listen, onVerified } from "./chat/frame";
import { Panel } from "./chat/panel";

const chat = new Chat();
const panel = new Panel({
  talk: () => chat.talk,
  human: () => void chat.say(WORDS.human_said!),
  text: () => chat.log.text(),
  memo: () => (chat.talk ? memo(chat.talk) : Promise.reject(new Error("no conversation"))),
  erase: () => chat.erase(),
});

find("menu").addEventListener("click", () => void chat.say(WORDS.menu_said!));
find("close").hidden = !framed;
find("close").addEventListener("click", askToClose);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || chat.composer.converting(event)) return;
  if (panel.isOpen) panel.closeAndReturn();
  else askToClose();
});
// A phone asleep or a tab behind others keeps no line open.
document.addEventListener("visibilitychange", () => (document.hidden ? chat.rest() : chat.follow()));

let begun: Promise<void> | null = null;

function show(focus: boolean): void {
  if (begun) chat.follow();
  begun ??= chat.start().then(() => find("boot").remove());
  if (focus) void begun.then(() => (hasKeyboard() ? chat.composer.focus() : find("title").focus()));
}

onVerified((pass) => chat.verified(pass));
listen({ opened: () => show(true), shown: () => show(false), hidden: () => chat.rest() });
