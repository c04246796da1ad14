// A plain chat on the public chat API. The words come from the page.
"use strict";
(() => {
  const root = document.getElementById("chat");
  const log = document.getElementById("log");
  const notice = document.getElementById("notice");
  const composer = document.getElementById("composer");
  const box = document.getElementById("text");
  const words = root.dataset;
  const KEY = "helpbot-conversation";
  let talk = null;
  let sending = false;

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  const call = async (path, options = {}) => {
    const headers = { "Content-Type": "application/json", ...options.headers };
    if (talk) headers.Authorization = `Bearer ${talk.token}`;
    const answer = await fetch(`/chat/conversations${path}`, { ...options, headers });
    const body = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(body.error), { status: answer.status, body });
    return body;
  };

  const bubble = (who, className) => {
    const item = element("li", `bubble ${className}`);
    item.append(element("p", "who", who));
    log.append(item);
    return item;
  };

  const showPerson = (text) => bubble(words.person, "person").append(element("p", "", text));

  const link = (each) => {
    const anchor = element("a", "", each.label);
    anchor.href = each.url;
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
    return anchor;
  };

  const showDetails = (item, reply) => {
    if (!reply.details.length) return item;
    const more = element("details");
    more.append(element("summary", "", words.more));
    for (const detail of reply.details) more.append(element("p", "", detail));
    item.append(more);
    return more;
  };

  // "2024-12" -> 2024年12月; the units come from the page.
  const date = (iso) => iso.split("-").map((part, place) => Number(part) + words.units[place]).join("");

  const showSource = (item, source) => {
    if (!source) return;
    const line = element("p", "source");
    line.append(link({ label: words.source, url: source.url }), " ");
    line.append(source.source_date ? date(source.source_date) + words.dated : date(source.read_on) + words.undated);
    item.append(line);
  };

  const showChoices = (item, reply) => {
    if (!reply.choices.length) return;
    const row = element("div", "choices");
    for (const choice of reply.choices) {
      const button = element("button", "", choice.label);
      button.type = "button";
      button.addEventListener("click", () => send({ choice_id: choice.id }, choice.label));
      row.append(button);
    }
    item.append(row);
  };

  const showReply = (reply) => {
    const item = bubble(words.bot, "bot");
    item.append(element("p", "first-step", reply.text));
    const more = showDetails(item, reply);
    for (const each of reply.links) item.append(element("p").appendChild(link(each)).parentNode);
    showSource(more, reply.source);
    showChoices(item, reply);
    item.scrollIntoView({ block: "nearest" });
  };

  const begin = async () => {
    const opened = await call("", { method: "POST", body: "{}" });
    talk = { id: opened.conversation_id, token: opened.token };
    sessionStorage.setItem(KEY, JSON.stringify(talk));
    opened.replies.forEach(showReply);
  };

  const resume = async () => {
    talk = JSON.parse(sessionStorage.getItem(KEY) || "null");
    if (!talk) return begin();
    try {
      const { messages } = await call(`/${talk.id}/messages`);
      for (const each of messages) each.from === "person" ? showPerson(each.text) : showReply(each);
    } catch (error) {
      if (error.status !== 401) throw error;
      talk = null;
      await begin();
    }
  };

  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  // The same client_message_id is answered once, so trying again is safe.
  const ask = async (body, tries = 8) => {
    try {
      const path = `/${talk.id}/messages`;
      const answer = await call(path, { method: "POST", headers: { Prefer: "wait=15" }, body });
      if (answer.replies) return answer.replies;
    } catch (error) {
      if (error.status && error.status < 500) throw error;
    }
    if (tries <= 1) throw new Error("no answer");
    await wait(1500);
    return ask(body, tries - 1);
  };

  const send = async (content, shown) => {
    if (sending) return;
    sending = true;
    notice.textContent = words.sending;
    const body = JSON.stringify({ client_message_id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, ...content });
    showPerson(shown);
    try {
      (await ask(body)).forEach(showReply);
      notice.textContent = "";
    } catch (error) {
      notice.textContent = error.body?.message ?? words.failed;
      if (content.text && !box.value) box.value = content.text;
    }
    sending = false;
  };

  const submit = () => {
    const text = box.value.trim();
    if (!text || sending) return;
    box.value = "";
    send({ text }, text);
  };

  const erase = async () => {
    if (!talk || !window.confirm(words.confirm)) return;
    try {
      const { receipt } = await call(`/${talk.id}`, { method: "DELETE" });
      sessionStorage.removeItem(KEY);
      talk = null;
      log.replaceChildren();
      await begin();
      notice.textContent = words.erased + receipt;
    } catch (error) {
      notice.textContent = error.body?.message ?? words.failed;
    }
  };
  document.getElementById("erase").addEventListener("click", erase);

  composer.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  // Enter that confirms a kanji conversion must not send; Safari reports it as keyCode 229.
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });
  resume().catch((error) => { notice.textContent = error.body?.message ?? words.failed; });
})();
