// A card on links to items: kind, title, verdict, and what the item leads to. It comes on hover and on focus, stays while
// the pointer is on it, and goes with Escape. What it says stands in soup-chains.js, which is read for the first card.
(() => {
  "use strict";

  const WAIT = 350; // milliseconds before a card comes or goes
  const MOST = 6; // items named of each kind of link
  const here = document.currentScript.src;
  const card = document.createElement("div");
  card.id = card.className = "soup-card";
  card.setAttribute("role", "tooltip");
  let reading; // a promise of the items by ID
  let shown; // the link whose card is there
  let timer;

  function read() {
    const script = document.createElement("script");
    script.src = new URL(`../soup-chains.js?${performance.timeOrigin}`, here);
    return new Promise((resolve) => {
      const known = () => new Map((globalThis.soupChains ?? []).map((entry) => [entry[0], entry]));
      script.onload = script.onerror = () => resolve(known());
      if (globalThis.soupChains) resolve(known());
      else document.head.append(script);
    });
  }

  // The ID of the item that a link leads to: it stands in the address and in the text.
  function itemOf(link) {
    const id = link.hash?.slice(1);
    return id && link.textContent.includes(id) ? id : undefined;
  }

  function line(className, ...children) {
    const made = document.createElement("div");
    made.className = className;
    made.append(...children);
    return made;
  }

  function sign([tone, text]) {
    if (!tone) return "";
    const made = document.createElement("b");
    made.className = `soup-${tone}`;
    made.textContent = text;
    return made;
  }

  function fill([id, kind, title, , verdict, below]) {
    const name = document.createElement("strong");
    name.textContent = id;
    const more = (ids) => (ids.length > MOST ? ` and ${ids.length - MOST} more` : "");
    const links = below.map(([link, ids]) => line("soup-card-link", `${link} ${ids.slice(0, MOST).join(", ")}${more(ids)}`));
    card.replaceChildren(line("soup-kind", kind), line("", name, ` ${title}`), line("", sign(verdict)), ...links);
  }

  async function open(link) {
    reading ??= read();
    const entry = (await reading).get(itemOf(link));
    if (!entry || !link.isConnected || !(link.matches(":hover") || link === document.activeElement)) return;
    close();
    fill(entry);
    document.body.append(card);
    const at = link.getBoundingClientRect();
    const below = at.bottom + card.offsetHeight + 8 < window.innerHeight || at.top < card.offsetHeight + 8;
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - card.offsetWidth - 8));
    card.style.left = `${left + window.scrollX}px`;
    card.style.top = `${(below ? at.bottom + 4 : at.top - card.offsetHeight - 4) + window.scrollY}px`;
    link.setAttribute("aria-describedby", card.id);
    shown = link;
  }

  function close() {
    shown?.removeAttribute("aria-describedby");
    shown = undefined;
    card.remove();
  }

  function later(act) {
    clearTimeout(timer);
    timer = setTimeout(act, WAIT);
  }

  function come(event) {
    if (card.contains(event.target)) return clearTimeout(timer);
    const link = event.target.closest?.("a[href]");
    if (link === shown && link) return clearTimeout(timer);
    if (link && itemOf(link)) later(() => open(link));
    else if (shown) later(close);
    else clearTimeout(timer);
    return undefined;
  }

  document.addEventListener("pointerover", (event) => event.pointerType === "mouse" && come(event));
  document.addEventListener("focusin", (event) => event.target.matches(":focus-visible") && come(event));
  document.addEventListener("focusout", () => shown && later(close));
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
})();
