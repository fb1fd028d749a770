"use strict";
// The page is whole without this: it only adds ways to look at it.
(() => {
  const words = JSON.parse(document.getElementById("words").textContent);
  const root = document.documentElement;
  const make = (name, text) => { const made = document.createElement(name); if (text) made.textContent = text; return made; };
  const tools = document.getElementById("tools");
  tools.hidden = false;

  const theme = make("button", words.theme);
  theme.type = "button";
  theme.setAttribute("aria-pressed", String(matchMedia("(prefers-color-scheme: dark)").matches));
  theme.addEventListener("click", () => {
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    theme.setAttribute("aria-pressed", String(!isDark));
  });
  tools.append(theme);

  const choices = [["", words.both], ["only-cpu", words.cpu], ["only-memory", words.memory]];
  const group = make("span");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", words.resource);
  const pick = (chosen) => {
    root.classList.remove("only-cpu", "only-memory");
    if (chosen) root.classList.add(chosen);
    choices.forEach(([name], place) => group.children[place].setAttribute("aria-pressed", String(name === chosen)));
  };
  for (const [name, text] of choices) {
    const button = make("button", text);
    button.type = "button";
    button.addEventListener("click", () => pick(name));
    group.append(button);
  }
  pick("");
  tools.append(group);

  const action = (text, act) => {
    const button = make("button", text);
    button.type = "button";
    button.addEventListener("click", act);
    tools.append(button);
  };
  const chapters = document.getElementById("all");
  if (chapters) {
    action(words.open, () => chapters.querySelectorAll("details.chapter").forEach((one) => (one.open = true)));
    action(words.print, () => {
      root.classList.add("print-all");
      addEventListener("afterprint", () => root.classList.remove("print-all"), { once: true });
      print();
    });
  }

  const filter = (label, items, before, textOf) => {
    const box = make("label", label + " ");
    box.className = "filter";
    const input = make("input");
    input.type = "search";
    const found = make("span");
    found.setAttribute("role", "status");
    box.append(input, found);
    before.before(box);
    let texts;
    input.addEventListener("input", () => {
      texts ??= items.map((item) => textOf(item).toLocaleLowerCase());
      const wanted = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      items.forEach((item, place) => {
        item.hidden = !wanted.every((word) => texts[place].includes(word));
        shown += item.hidden ? 0 : 1;
      });
      found.textContent = wanted.length ? words.found.replace("@1", shown).replace("@2", items.length) : "";
    });
  };

  const MANY = 8;
  for (const table of document.querySelectorAll(".chapters .content > .scroll > table, .chapters .content > details > .scroll > table")) {
    const body = table.tBodies[0];
    const rows = [...body.rows].filter((row) => !row.classList.contains("total"));
    if (rows.length > MANY) filter(words.filter, rows, table.parentElement, (row) => row.textContent);
    if (rows.length < 3) continue;
    [...table.tHead.rows[0].cells].forEach((cell, column) => {
      if (!cell.textContent) return;
      const button = make("button", cell.textContent);
      button.type = "button";
      button.title = words.sort;
      cell.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = cell.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        cell.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = (row) => row.cells[column]?.dataset.order ?? row.cells[column]?.textContent ?? "";
        const compare = (a, b) => {
          const [one, other] = [key(a), key(b)];
          const numbers = [Number(one), Number(other)];
          const order = one !== "" && other !== "" && numbers.every(Number.isFinite) ? numbers[0] - numbers[1] : one.localeCompare(other, root.lang);
          return down ? -order : order;
        };
        rows.sort(compare);
        const total = [...body.rows].filter((row) => row.classList.contains("total"));
        body.append(...rows, ...total);
      });
    });
  }

  // What is folded around the target of a link opens. Browsers do that by themselves, some of them only lately.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let closed = false;
    for (let around = target.closest("details"); around; around = around.parentElement.closest("details")) {
      closed ||= !around.open;
      around.open = true;
    }
    if (closed) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  const apps = [...document.querySelectorAll(".apps > .app, .apps li[data-search]")];
  const nameOf = (app) => (app.querySelector("h3") ?? app).textContent;
  if (apps.length > 3) filter(words.search, apps, apps[0].closest("ul") ?? apps[0], (app) => `${nameOf(app)} ${app.dataset.search}`);
})();
