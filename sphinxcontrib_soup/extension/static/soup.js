// Search, sort and a limit of rows for the tables of sphinxcontrib-soup. Without it every table is whole.
(() => {
  "use strict";

  const LIMIT = 100; // rows shown at first; the others stand in a body of their own, which waits for this script
  const FEW = 8; // a table of fewer rows needs no search
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

  function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function enliven(table) {
    const frame = table.closest(".soup-table-wrap");
    const heads = Array.from(table.tHead.rows[0].cells);
    const rows = Array.from(table.tBodies).flatMap((body) => Array.from(body.rows));
    const written = rows.map((row) => ({ row, gap: row.classList.contains("soup-gap") }));
    let entries = written;
    let words = [];
    let gapsOnly = false;
    let limit = LIMIT;

    const count = element("output", { className: "soup-count" });
    const more = element("button", { type: "button", className: "soup-more" });

    function text(entry, index) {
      const cell = entry.row.cells[index];
      const sign = cell.querySelector(".soup-sign")?.textContent ?? "";
      const whole = cell.textContent.trim();
      return whole.startsWith(sign) ? whole.slice(sign.length).trim() : whole;
    }

    function fits(entry) {
      if (gapsOnly && !entry.gap) return false;
      if (!words.length) return true;
      entry.searched ??= Array.from(entry.row.cells, (cell) => cell.textContent).join("\n").toLowerCase();
      return words.every((word) => entry.searched.includes(word));
    }

    function show() {
      let found = 0;
      for (const entry of entries) {
        const shown = fits(entry) && ++found <= limit;
        entry.row.classList.toggle("soup-passed-over", !shown);
      }
      const first = found > limit ? `first ${limit} of ` : "";
      const all = entries.length;
      count.textContent = found < all ? `${first}${found} of ${all} rows` : `${first}${all} rows`;
      more.textContent = `Show all ${found} rows`;
      more.hidden = found <= limit;
    }

    // Values of a scale by their rank, then other texts as people sort them; empty cells last, whichever way.
    function sorted(index, direction) {
      const order = JSON.parse(heads[index].dataset.order ?? "[]");
      const ranks = new Map(order.map((value, rank) => [value, rank]));
      const keyed = written.map((entry) => {
        const key = text(entry, index);
        return { entry, key, rank: ranks.get(key) ?? order.length };
      });
      keyed.sort((a, b) => {
        if (!a.key || !b.key) return (a.key ? 0 : 1) - (b.key ? 0 : 1);
        return direction * (a.rank - b.rank || collator.compare(a.key, b.key));
      });
      return keyed.map(({ entry }) => entry);
    }

    function sort(index) {
      const next = { none: "ascending", ascending: "descending", descending: "none" };
      const way = next[heads[index].getAttribute("aria-sort") ?? "none"];
      for (const head of heads) head.removeAttribute("aria-sort");
      entries = written;
      if (way !== "none") {
        heads[index].setAttribute("aria-sort", way);
        entries = sorted(index, way === "ascending" ? 1 : -1);
      }
      table.tBodies[0].append(...entries.map((entry) => entry.row));
      show();
    }

    function tools() {
      const search = element("input", { type: "search", autocomplete: "off" });
      search.addEventListener("input", () => {
        words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
        show();
      });
      const named = { className: "soup-tools", role: "group", ariaLabel: frame.ariaLabel };
      const bar = element("div", named, element("label", {}, "Search", search));
      if (written.some((entry) => entry.gap)) {
        const toggle = element("input", { type: "checkbox", autocomplete: "off" });
        toggle.addEventListener("change", () => {
          gapsOnly = toggle.checked;
          show();
        });
        bar.append(element("label", {}, toggle, "gaps only"));
      }
      bar.append(count);
      return bar;
    }

    heads.forEach((head, index) => {
      const button = element("button", { type: "button", className: "soup-sort" }, ...head.childNodes);
      button.addEventListener("click", () => sort(index));
      head.append(button);
    });
    more.addEventListener("click", () => {
      limit = Infinity;
      show();
      frame.focus({ preventScroll: true });
    });
    if (written.length >= FEW) {
      frame.before(tools());
      frame.after(more);
    }
    show();
    table.classList.add("soup-ready");
  }

  document.querySelectorAll("table.soup-table").forEach(enliven);
})();
