// Tables of sphinxcontrib-soup: search, filter, sort, columns, copy, CSV, links to all of that, and the chain of a row.
// Without this script every table is whole. What a page does not hold stands in scripts beside it, because a page that
// is opened from a folder on disk may fetch nothing else.
(() => {
  "use strict";

  const LIMIT = 100; // rows shown at first; the others stand in a body of their own, which waits for this script
  const MORE = 2000; // rows that may be added at once
  const FEW = 8; // a table of fewer rows, and no more columns, needs no tools
  const CHOICES = 12; // a column of at most so many different texts is filtered by choosing
  const MUCH = /[^]{200}|(\n[^]*){4}/; // a label of so much text does not stay in sight: it would hide the rows
  const EMPTY = "(empty)";
  const RESERVED = ["search", "gaps", "sort", "hide"];
  const SIGNS = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&" };
  const here = document.currentScript.src;
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

  function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function attributes(one, values) {
    for (const [name, value] of Object.entries(values)) one.setAttribute(name, value);
    return one;
  }

  function button(text, pressed) {
    return element("button", { type: "button", className: "soup-button", textContent: text, onclick: pressed });
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  // What a theme keeps at the top of the window; how high it is, is known only when it is laid out.
  const bars = Array.from(document.querySelectorAll("header:not(.soup-head)"));
  function top() {
    const stays = (bar) => /sticky|fixed/.test(getComputedStyle(bar).position);
    return Math.max(0, ...bars.filter(stays).map((bar) => bar.offsetHeight));
  }

  const plain = (html) => html.replace(/<[^>]*>/g, "").replace(/&[#\w]+;/g, (sign) => SIGNS[sign] ?? sign).trim();
  const wordsOf = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (text, words) => words.every((word) => text.includes(word));

  const loads = new Map();
  function load(address) {
    if (!loads.has(address)) {
      const started = (resolve, reject) =>
        document.head.append(element("script", { src: address, onload: resolve, onerror: reject }));
      loads.set(address, new Promise(started));
    }
    return loads.get(address);
  }

  // --- rows: those that stand in the page, and those of other parts, of which elements are made when they are shown ---

  class Row {
    // The text of each cell; that a row is a gap is known beside it.
    get texts() {
      return (this.kept ??= this.read());
    }

    get searched() {
      return (this.lower ??= [...this.texts, this.group.text].join("\n").toLowerCase());
    }
  }

  class WrittenRow extends Row {
    constructor(row, group) {
      super();
      this.row = row;
      this.group = group;
      this.gap = row.classList.contains("soup-gap");
    }

    read() {
      const texts = Array.from(this.row.cells, (cell) => cell.textContent.trim());
      if (this.gap) texts[0] = texts[0].replace(/\s*gap$/, "");
      return texts;
    }
  }

  class KeptRow extends Row {
    constructor(cells, anchor, gap, base, group) {
      super();
      Object.assign(this, { cells, anchor, gap: Boolean(gap), base, group });
    }

    read() {
      return this.cells.map(plain);
    }

    get row() {
      return (this.made ??= this.make());
    }

    make() {
      const row = element("tr", { className: this.gap ? "soup-foreign soup-gap" : "soup-foreign" });
      if (this.anchor) row.id = this.anchor;
      this.cells.forEach((html, index) => {
        const named = index === 0 && html;
        const cell = element(named ? "th" : "td", { innerHTML: html });
        if (named) cell.scope = "row";
        if (index === 0 && this.gap) cell.append(" ", element("b", { className: "soup-flag", textContent: "gap" }));
        row.append(cell);
      });
      return rebased(row, this.base);
    }
  }

  function rebased(row, base) {
    for (const link of row.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), base);
    return row;
  }

  // --- groups of rows, each below its label; a table that is not grouped is one without a label ------------------------

  class Group {
    constructor(written, html, base) {
      Object.assign(this, { written, html, base });
    }

    get body() {
      return this.written ?? (this.made ??= element("tbody", {}, this.make()));
    }

    get label() {
      return this.body.rows[0];
    }

    get text() {
      return (this.said ??= plain(/<span>([^]*)<\/span>/.exec(this.html ?? this.label.innerHTML)?.[1] ?? ""));
    }

    make() {
      const head = element("th", { scope: "rowgroup" }, element("div", { innerHTML: this.html }));
      return rebased(element("tr", { className: "soup-group soup-foreign" }, head), this.base);
    }
  }

  // A group goes on in the bodies that have no label.
  function* writtenRows(table) {
    let group;
    for (const body of table.tBodies) {
      const rows = Array.from(body.rows);
      const label = rows[0].classList.contains("soup-group") && rows.shift();
      if (label || !group) group = new Group(body, label ? undefined : "");
      for (const row of rows) yield new WrittenRow(row, group);
    }
  }

  function byGroup(entries) {
    const found = new Map();
    for (const entry of entries) {
      if (!found.has(entry.group)) found.set(entry.group, []);
      found.get(entry.group).push(entry);
    }
    return found;
  }

  // --- a table --------------------------------------------------------------------------------------------------------

  function enliven(view, number) {
    const given = view.dataset;
    const frame = view.querySelector(".soup-table-wrap");
    const table = frame.querySelector("table");
    table.id ||= `soup-table-${number + 1}`;
    const heads = Array.from(table.tHead.rows[0].cells);
    const names = heads.map((head) => head.dataset.column);
    const written = [...writtenRows(table)];
    const grouped = "group" in given;
    const offset = Number(given.first ?? 0);
    const total = Number(given.total ?? written.length);
    const open = new Map(); // row to its chain
    const hidden = new Set();
    const sheet = new CSSStyleSheet();
    let all = written; // rows of the parts that are here, as written
    let groups = byGroup(all); // the rows of each
    let entries = all; // the same as sorted
    let found = all;
    let moved = false; // whether the page shows them in another order than it is written in
    let broken = false;
    let limit = LIMIT;
    let state = { search: "", gaps: false, sort: null, filters: new Map() };

    const count = element("output", { className: "soup-count" });
    const more = element("button", { type: "button", className: "soup-more" });
    const search = element("input", { type: "search", autocomplete: "off" });
    const gaps = element("input", { type: "checkbox", autocomplete: "off" });
    const filters = element("tr", { className: "soup-filters", hidden: true });
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

    const isWhole = () => all.length === total || broken;
    const isNarrowed = () => state.search || state.gaps || state.sort || state.filters.size;

    // Everything that looks at all rows waits for those that stand on other pages.
    async function whole() {
      if (isWhole()) return;
      count.textContent = `reading ${total} rows …`;
      try {
        await load(given.rows);
        const { cells, rows } = globalThis.soupRows[given.key];
        const base = new URL(given.page || location.pathname, location);
        const known = new Map(written.map((entry, index) => [rows[offset + index][0][0], entry.group]));
        const groupOf = (label) => {
          if (!known.has(label)) known.set(label, grouped ? new Group(undefined, cells[label], base) : written[0].group);
          return known.get(label);
        };
        const kept = ([indices, anchor, gap]) => {
          const shown = (grouped ? indices.slice(1) : indices).map((index) => cells[index]);
          return new KeptRow(shown, anchor, gap, base, groupOf(indices[0]));
        };
        if (isWhole()) return;
        const before = rows.slice(0, offset).map(kept);
        groups = byGroup([...before, ...written, ...rows.slice(offset + written.length).map(kept)]);
        all = [...groups.values()].flat(); // parts may be cut across groups
        entries = all;
      } catch {
        broken = true; // the rows of this part stay, and it is said that they are not all
      }
    }

    function fits(entry) {
      if (state.gaps && !entry.gap) return false;
      for (const [index, wanted] of state.filters) {
        const text = entry.texts[index];
        if (wanted.exact !== undefined ? text !== wanted.exact : !has(text.toLowerCase(), wanted.words)) return false;
      }
      return !state.words?.length || has(entry.searched, state.words);
    }

    // Within groups. Values of a scale by their rank, then other texts as people sort them; empty cells last, whichever way.
    function sorted(index, direction) {
      const order = JSON.parse(heads[index].dataset.order ?? "[]");
      const ranks = new Map(order.map((value, rank) => [value, rank]));
      const keyed = (entry) => {
        const key = entry.texts[index];
        return { entry, key, rank: ranks.get(key) ?? order.length };
      };
      const compare = (a, b) => {
        if (!a.key || !b.key) return (a.key ? 0 : 1) - (b.key ? 0 : 1);
        return direction * (a.rank - b.rank || collator.compare(a.key, b.key));
      };
      return [...groups.values()].flatMap((own) => own.map(keyed).sort(compare)).map(({ entry }) => entry);
    }

    function place() {
      found = entries.filter(fits);
      const shown = found.slice(0, limit);
      const visible = new Set(shown);
      for (const entry of written) entry.row.classList.toggle("soup-passed-over", !visible.has(entry));
      for (const entry of all) if (entry.made && !visible.has(entry)) entry.made.remove();
      const reordered = entries !== written;
      const moving = reordered || moved ? byGroup(all === written ? entries : shown) : [];
      for (const [group, own] of moving) group.body.append(...own.map((entry) => entry.row));
      moved = reordered;
      if (grouped) label(shown);
      for (const [entry, chained] of open) {
        if (visible.has(entry)) entry.row.after(chained);
        else close(entry);
      }
      for (const entry of shown) offer(entry);
      say(shown.length);
    }

    // The labels of the groups that have rows to show say how many of their rows fit.
    function label(shown) {
      const here = new Set(shown.map((entry) => entry.group));
      const fitting = byGroup(found);
      let above = table.tHead;
      for (const [group, own] of groups) {
        if (group.written) group.label.classList.toggle("soup-passed-over", !here.has(group));
        else if (here.has(group)) above.after(group.body);
        else group.made?.remove();
        if (group.written || here.has(group)) above = group.body;
        if (!here.has(group)) continue;
        group.label.classList.toggle("soup-much", MUCH.test(group.text));
        const fit = fitting.get(group).length;
        const tally = group.label.querySelector("small:last-child");
        tally.textContent = tally.textContent.replace(/^(\d+ of )?/, fit < own.length ? `${fit} of ` : "");
        span(group.label);
      }
    }

    function span(row) {
      row.firstChild.colSpan = heads.length - hidden.size;
    }

    function say(shown) {
      const part = isWhole() ? "" : `rows ${offset + 1} to ${offset + shown} of ${total}`;
      const first = found.length > shown ? `first ${shown} of ` : "";
      const rows = found.length < all.length ? `${first}${found.length} of ${all.length} rows` : `${first}${all.length} rows`;
      count.textContent = part || (broken ? `${rows} of this part; the others could not be read` : rows);
      const next = Math.min(found.length, limit === LIMIT && found.length <= MORE ? found.length : limit + MORE);
      const which = isWhole() ? "" : " of this part";
      more.textContent = next === found.length ? `Show all ${next} rows${which}` : `Show ${next} rows${which}`;
      if (!found.length) more.textContent = "No row fits: show all again";
      more.hidden = found.length <= limit && Boolean(found.length);
      more.dataset.next = next;
    }

    async function show() {
      state.words = wordsOf(state.search);
      if (isNarrowed() && !isWhole()) await whole();
      entries = state.sort ? sorted(state.sort.index, state.sort.direction) : all;
      heads.forEach((head, index) => {
        const way = state.sort?.index === index && (state.sort.direction > 0 ? "ascending" : "descending");
        if (way) head.setAttribute("aria-sort", way);
        else head.removeAttribute("aria-sort");
      });
      place();
    }

    function changed() {
      limit = LIMIT;
      note();
      return show();
    }

    // Takes search and filters away.
    function widen() {
      state = { search: "", gaps: false, sort: state.sort, filters: new Map() };
      search.value = "";
      gaps.checked = false;
      for (const one of filters.querySelectorAll("input, select")) one.value = "";
      return changed();
    }

    // --- the address says what is shown, so that it can be sent to somebody ---

    function note() {
      const said = new URLSearchParams();
      if (state.search) said.set("search", state.search);
      if (state.gaps) said.set("gaps", "only");
      for (const [index, wanted] of state.filters) said.set(names[index], wanted.text);
      if (state.sort) said.set("sort", (state.sort.direction < 0 ? "-" : "") + names[state.sort.index]);
      if (hidden.size) said.set("hide", [...hidden].map((index) => names[index]).join(" "));
      const hash = String(said) ? `#${table.id}?${said}` : location.pathname + location.search;
      try {
        history.replaceState(null, "", hash);
      } catch {
        // a browser may forbid it where pages have no address of their own
      }
    }

    function follow() {
      const [address, said] = location.hash.slice(1).split(/\?(.*)/s);
      const id = decoded(address);
      if (id === table.id && said !== undefined) {
        const asked = new URLSearchParams(said);
        state = { search: asked.get("search") ?? "", gaps: asked.has("gaps"), sort: null, filters: new Map() };
        const sort = asked.get("sort") ?? "";
        const index = names.indexOf(sort.replace(/^-/, ""));
        if (index >= 0) state.sort = { index, direction: sort.startsWith("-") ? -1 : 1 };
        hidden.clear();
        for (const name of (asked.get("hide") ?? "").split(" ")) if (names.includes(name)) hidden.add(names.indexOf(name));
        for (const [name, text] of asked) {
          const column = names.indexOf(name);
          if (column >= 0 && !RESERVED.includes(name)) state.filters.set(column, filterOf(column, text));
        }
        search.value = state.search;
        gaps.checked = state.gaps;
        hide();
        if (state.filters.size) openFilters(true);
        view.scrollIntoView();
        return show();
      }
      const target = document.getElementById(id);
      const elsewhere = id.startsWith(`${table.id}.`) && !target && !isWhole();
      if (elsewhere || target?.matches(".soup-passed-over") && table.contains(target)) {
        search.value = state.search = id.slice(table.id.length + 1);
        view.scrollIntoView();
        return show();
      }
      return undefined;
    }

    // --- columns ---

    function hide() {
      const rule = (index) => `#${CSS.escape(table.id)} tr:not(.soup-chain, .soup-group) > :nth-child(${index + 1})`;
      const rules = [...hidden].map(rule).join(", ");
      sheet.replaceSync(rules ? `@media screen { ${rules} { display: none } }` : "");
      for (const box of view.querySelectorAll(".soup-menu input")) box.checked = !hidden.has(Number(box.value));
      for (const row of table.querySelectorAll(".soup-chain, .soup-group")) span(row);
      fit();
    }

    function columns() {
      const boxes = heads.map((head, index) => {
        const box = element("input", { type: "checkbox", value: index, checked: true, autocomplete: "off" });
        box.addEventListener("change", () => {
          if (box.checked) hidden.delete(index);
          else hidden.add(index);
          hide();
          note();
        });
        return element("label", {}, box, head.textContent);
      });
      const list = attributes(element("div", { className: "soup-choices" }, ...boxes), { role: "group" });
      list.ariaLabel = "Columns";
      const menu = element("details", { className: "soup-menu" });
      menu.append(element("summary", { className: "soup-button", textContent: "Columns" }), list);
      menu.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !menu.open) return;
        event.stopPropagation();
        menu.open = false;
        menu.firstChild.focus();
      });
      document.addEventListener("click", (event) => {
        if (!menu.contains(event.target)) menu.open = false;
      });
      return menu;
    }

    // --- filters, a row below the heads ---

    function filterOf(index, text) {
      const choices = choicesOf(index);
      const exact = choices && (text === EMPTY ? "" : choices.find((choice) => choice === text));
      return exact === undefined ? { text, words: wordsOf(text) } : { text, exact };
    }

    function choicesOf(index) {
      const order = JSON.parse(heads[index].dataset.order ?? "[]");
      const texts = new Set();
      for (const entry of all) {
        texts.add(entry.texts[index]);
        if (texts.size > CHOICES) return undefined;
      }
      const rank = (text) => (order.includes(text) ? order.indexOf(text) : order.length);
      return [...texts].sort((a, b) => rank(a) - rank(b) || collator.compare(a, b));
    }

    function field(head, index) {
      const choices = choicesOf(index);
      const tag = choices ? "select" : "input";
      const made = element(tag, choices ? {} : { type: "search", autocomplete: "off" });
      made.ariaLabel = `Filter ${names[index] && head.textContent.trim()}`;
      if (choices) made.append(...["", ...choices.map((text) => text || EMPTY)].map((text) => new Option(text || "all", text)));
      made.value = state.filters.get(index)?.text ?? "";
      made.addEventListener("input", () => {
        if (made.value.trim()) state.filters.set(index, filterOf(index, made.value));
        else state.filters.delete(index);
        changed();
      });
      return element("td", {}, made);
    }

    const toggle = button("Filter columns", () => openFilters(filters.hidden));
    attributes(toggle, { "aria-expanded": "false" });

    async function openFilters(opened) {
      if (opened) {
        await whole();
        filters.replaceChildren(...heads.map(field));
      } else if (state.filters.size) {
        state.filters.clear();
        changed();
      }
      filters.hidden = !opened;
      toggle.setAttribute("aria-expanded", String(opened));
      if (opened && document.activeElement === toggle) filters.querySelector("input, select").focus();
      place();
      fit();
    }

    // --- what is shown as a file, or in another program: all rows that fit, in the columns that are chosen ---

    async function texts() {
      await whole();
      place();
      const chosen = names.map((_, index) => index).filter((index) => !hidden.has(index));
      const marked = all.some((entry) => entry.gap);
      const line = (label, cells, gap) =>
        [...(grouped ? [label] : []), ...chosen.map((index) => cells[index]), ...(marked ? [gap] : [])];
      const titles = line(given.group, heads.map((head) => head.textContent.trim()), "Gap");
      return [titles, ...found.map((entry) => line(entry.group.text, entry.texts, entry.gap ? "yes" : ""))];
    }

    async function save() {
      // a spreadsheet would compute what begins like a formula
      const safe = (text) => (/^[=+\-@\t]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text);
      const quoted = (text) => (/[",;\r\n]|^'/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
      const lines = (await texts()).map((cells) => cells.map((text) => quoted(safe(text))).join(","));
      const file = new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
      const link = element("a", { href: URL.createObjectURL(file), download: `${table.id}.csv` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }

    async function copy() {
      const lines = await texts();
      const made = element("table");
      for (const cells of lines) made.insertRow().append(...cells.map((text) => element("td", { textContent: text })));
      const flat = (text) => text.replaceAll(/\s*\n\s*/g, "; ").replaceAll("\t", " ");
      const give = (event) => {
        event.clipboardData.setData("text/plain", lines.map((cells) => cells.map(flat).join("\t")).join("\n"));
        event.clipboardData.setData("text/html", made.outerHTML);
        event.preventDefault();
      };
      document.addEventListener("copy", give, { once: true });
      const done = document.execCommand("copy"); // works where the newer interface is denied: plain http, a folder
      document.removeEventListener("copy", give);
      count.textContent = done ? `${lines.length - 1} rows copied` : "the browser did not let the rows be copied";
    }

    // --- chains ---

    function itemOf(entry) {
      const cells = Array.from(entry.row.cells);
      const last = given.view === "traceability-matrix";
      const within = last ? cells.slice(0, names.indexOf("executions")).reverse() : cells.slice(0, 1);
      return within.map((cell) => cell.querySelector("a[href*='#']:not(.soup-place a)")).find(Boolean)?.hash.slice(1);
    }

    function offer(entry) {
      if (!given.chains || entry.offered) return;
      entry.offered = true;
      const id = itemOf(entry);
      if (!id) return;
      entry.opener = element("button", { type: "button", className: "soup-open-chain", ariaLabel: `Chain of ${id}` });
      attributes(entry.opener, { "aria-expanded": "false" });
      entry.opener.addEventListener("click", () => (open.has(entry) ? close(entry) : unfold(entry, id)));
      entry.row.cells[0].prepend(entry.opener);
    }

    async function unfold(entry, id) {
      const inside = element("div", { className: "soup-within" });
      const chained = element("tr", { className: "soup-chain" }, element("td", {}, inside));
      span(chained);
      open.set(entry, chained);
      entry.opener.setAttribute("aria-expanded", "true");
      entry.row.after(chained);
      try {
        const fresh = `?${performance.timeOrigin}`; // never one that the browser kept from before
        await Promise.all([load(given.chains + fresh), load(new URL(`soup-chain.js${fresh}`, here).href)]);
        inside.append(globalThis.soupChain(id, new URL(given.chains, location)));
      } catch {
        inside.append("The chains could not be read: soup-chains.js is not there.");
      }
      const row = entry.anchor ?? entry.row.id;
      if (row) {
        const address = new URL(entry.base ?? location.href);
        address.hash = row;
        inside.append(element("p", {}, element("a", { href: address, textContent: "Link to this row" })));
      }
    }

    function close(entry) {
      open.get(entry).remove();
      open.delete(entry);
      entry.opener.setAttribute("aria-expanded", "false");
    }

    // --- size: heads stay in sight, of the page where the table fits, else of a frame of its own ---

    function fit() {
      const scrolls = (up) => /auto|scroll|hidden/.test(getComputedStyle(up).overflowY + getComputedStyle(up).overflowX);
      let up = view.parentElement;
      while (up && up !== document.body && !scrolls(up)) up = up.parentElement;
      const free = table.offsetWidth <= frame.clientWidth + 1 && (!up || up === document.body);
      view.style.setProperty("--soup-frame", `${frame.clientWidth}px`);
      view.style.setProperty("--soup-top", `${top()}px`);
      view.classList.toggle("soup-free", free);
      view.classList.toggle("soup-boxed", !free && table.offsetHeight > 0.8 * window.innerHeight);
      if (grouped) view.style.setProperty("--soup-heads", `${table.tHead.offsetHeight}px`);
    }

    const full = button("Fill window", () => {
      const filled = view.classList.toggle("soup-full");
      full.setAttribute("aria-pressed", String(filled));
    });
    attributes(full, { "aria-pressed": "false" });
    view.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && view.classList.contains("soup-full")) full.click();
    });

    function tools() {
      search.addEventListener("input", () => {
        state.search = search.value.trim();
        changed();
      });
      gaps.addEventListener("change", () => {
        state.gaps = gaps.checked;
        changed();
      });
      const named = { className: "soup-tools", role: "group", ariaLabel: frame.ariaLabel };
      const bar = element("div", named, element("label", { className: "soup-search" }, "Search", search));
      if (written.some((entry) => entry.gap) || total > written.length) bar.append(element("label", {}, gaps, "gaps only"));
      bar.append(toggle, columns(), button("Copy", copy), button("CSV", save), full, count);
      return bar;
    }

    heads.forEach((head, index) => {
      const sorter = element("button", { type: "button", className: "soup-sort" }, ...head.childNodes);
      sorter.addEventListener("click", () => {
        const before = state.sort?.index === index ? state.sort.direction : 0;
        state.sort = before < 0 ? null : { index, direction: before ? -1 : 1 };
        changed();
      });
      head.append(sorter);
    });
    more.addEventListener("click", () => {
      if (found.length) {
        limit = Number(more.dataset.next);
        place();
      } else widen();
      frame.focus({ preventScroll: true });
    });
    if (total >= FEW || heads.length > FEW) {
      table.tHead.append(filters);
      frame.before(tools());
      frame.after(more);
    }
    place();
    table.classList.add("soup-ready");
    new ResizeObserver(fit).observe(frame);
    window.addEventListener("hashchange", follow);
    if (location.hash) follow();
  }

  document.querySelectorAll(".soup-view").forEach(enliven);
})();
