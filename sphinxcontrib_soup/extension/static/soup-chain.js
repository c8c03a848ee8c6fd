// The chain of an item: from what is needed or can go wrong, over the item, to what was executed. soup.js asks for it.
(() => {
  "use strict";

  const MOST = 300; // items of one chain that are shown
  const up = new Map(); // item to the items above it
  let known; // items by ID

  function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function badge(tone, text) {
    return tone ? element("b", { className: `soup-${tone}`, textContent: text }) : "";
  }

  function learn(items) {
    for (const [parent, , , , , below] of Object.values(items)) {
      for (const child of below.flatMap(([, ids]) => ids)) {
        if (!up.has(child)) up.set(child, new Set());
        up.get(child).add(parent);
      }
    }
  }

  function ancestors(id, found = new Set()) {
    for (const parent of up.get(id) ?? []) {
      if (!found.has(parent)) ancestors(parent, found.add(parent));
    }
    return found;
  }

  // Above the item only what leads to it, below it all; what is below an item that stands there twice stands there once.
  function chain(items, id, base) {
    const over = ancestors(id);
    const seen = new Set();
    let left = MOST;

    function step(item, link, onTheWay) {
      const [, kind, title, address, verdict, below, executed] = items[item];
      const name = address ? element("a", { href: new URL(address, base), textContent: item }) : item;
      const how = element("span", { className: "soup-kind", textContent: link ? `${link} ${kind}` : kind });
      const line = element("span", { className: "soup-step" }, how, " ", name, ` ${title} `, badge(...verdict));
      if (item === id) line.setAttribute("aria-current", "true");
      const shown = element("li", {}, line);
      if (seen.has(item)) {
        if (below.length || executed.length) line.append(" (see above)");
        return shown;
      }
      seen.add(item);
      const steps = next(below, onTheWay);
      if (!onTheWay) steps.push(...executed.map(execution));
      if (steps.length) shown.append(element("ul", {}, ...steps));
      return shown;
    }

    function next(below, onTheWay) {
      const steps = [];
      for (const [link, ids] of below) {
        for (const item of ids) {
          if (!items[item] || (onTheWay && item !== id && !over.has(item))) continue;
          left -= 1;
          if (left < 0) return [...steps, element("li", { textContent: "and more, which is not shown here" })];
          steps.push(step(item, link, onTheWay && item !== id));
        }
      }
      return steps;
    }

    function execution([tone, outcome, name, place]) {
      const where = element("code", { className: "soup-place", textContent: place });
      return element("li", {}, badge(outcome && tone, outcome), ` ${name} `, where);
    }

    const starts = [...over].filter((item) => !up.has(item));
    const steps = starts.length ? starts.map((item) => step(item, "", true)) : [step(id, "", false)];
    return element("ul", { className: "soup-steps" }, ...steps);
  }

  // `base` is the address of soup-chains.js, which the addresses in it start from.
  globalThis.soupChain = (id, base) => {
    known ??= Object.fromEntries(globalThis.soupChains.map((entry) => [entry[0], entry]));
    const items = known;
    if (!items[id]) return `${id} is in no chain.`;
    if (!up.size) learn(items);
    return chain(items, id, base);
  };
})();
