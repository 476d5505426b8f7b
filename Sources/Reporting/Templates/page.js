"use strict";
// Lets the reader sort, search and filter the table of sites, and keeps what was chosen in the
// address, as in #at=site-3&sort=degree&order=descending. The page is whole without it.
(() => {
  const table = document.querySelector("table.sites");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const headers = [...table.tHead.rows[0].cells];
  const titles = headers.map((header) => header.textContent.trim());
  const functions = titles.indexOf("function");
  const name = (row) => row.cells[0].textContent;
  const kind = (row) => row.cells[functions].textContent.trim();
  // What the address may hold: a place in the page, and what the table shows.
  const state = { at: "", sort: "", order: "", find: "", function: "", worry: "" };

  const key = (row, column) => {
    const text = row.cells[column].dataset.v ?? row.cells[column].textContent.trim();
    const number = Number(text);
    return text === "" ? null : Number.isNaN(number) ? text : number;
  };
  const words = new Intl.Collator("en", { numeric: true });
  const compare = (a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : words.compare(a, b);
  const sorted = (column, down) =>
    rows.map((row) => [key(row, column), row]).sort(([a], [b]) => {
      if (a === null || b === null) return (a === null) - (b === null);
      return down ? compare(b, a) : compare(a, b);
    }).map(([, row]) => row);

  const worries = new Map([...document.querySelectorAll(".worry[id]")].map((worry) => [
    worry.id.replace("worry-", ""),
    { title: worry.querySelector("h3").textContent,
      sites: new Set([...worry.querySelectorAll("a")].map((link) => link.hash)) },
  ]).filter(([, worry]) => worry.sites.size));

  const bar = document.createElement("div");
  bar.className = "filter";
  const inputs = {};
  const add = (field, title, control) => {
    const label = document.createElement("label");
    label.append(title, control);
    bar.append(label);
    inputs[field] = control;
    control.addEventListener("input", () => {
      state[field] = control.value;
      show();
      write();
    });
  };
  const select = (all, options) => {
    const control = document.createElement("select");
    control.append(new Option(all, ""), ...options.map(([value, title]) => new Option(title, value)));
    return control;
  };
  const search = document.createElement("input");
  search.type = "search";
  add("find", "Search ", search);
  add("function", "Function ", select("all", [...new Set(rows.map(kind))].sort().map((f) => [f, f])));
  if (worries.size) {
    add("worry", "Worry ", select("any or none", [...worries].map(([id, { title }]) => [id, title])));
  }
  const count = document.createElement("output");
  bar.append(count);
  table.parentElement.before(bar);

  const show = () => {
    const column = titles.indexOf(state.sort);
    const down = state.order === "descending";
    headers.forEach((header, index) => {
      if (index === column) header.setAttribute("aria-sort", down ? "descending" : "ascending");
      else header.removeAttribute("aria-sort");
    });
    body.append(...(column < 0 ? rows : sorted(column, down)));
    const wanted = state.find.toLowerCase().split(/\s+/).filter(Boolean);
    const worry = worries.get(state.worry);
    let shown = 0;
    for (const row of rows) {
      const text = `${name(row)} ${kind(row)}`.toLowerCase();
      const isWanted = wanted.every((word) => text.includes(word))
        && (!state.function || kind(row) === state.function)
        && (!worry || worry.sites.has(row.querySelector("a").hash));
      row.hidden = !isWanted;
      shown += isWanted;
    }
    count.textContent = shown < rows.length ? `${shown} of ${rows.length} sites` : "";
    for (const field in inputs) inputs[field].value = state[field];
  };

  const write = () => {
    const { at, ...view } = state;
    const chosen = Object.entries(view).filter(([, value]) => value);
    const text = chosen.length
      ? String(new URLSearchParams([...(at ? [["at", at]] : []), ...chosen])) : at;
    // A fragment that is there already can only be emptied, not taken away, in a file.
    if (location.hash.slice(1) !== text) history.replaceState(null, "", "#" + text);
  };

  // A link within the page changes the place alone; an address with a state, all of it.
  const read = () => {
    const text = location.hash.slice(1);
    const isLink = text && !text.includes("=");
    const given = new URLSearchParams(text);
    for (const field in state) if (!isLink) state[field] = given.get(field) ?? "";
    if (isLink) state.at = text;
    if (!titles.includes(state.sort)) state.sort = "";
    show();
    write();
    const place = document.getElementById(state.at);
    if (isLink || !place) return;
    // To where it will be: not where the window was before, and with the true heights above it.
    history.scrollRestoration = "manual";
    for (const site of document.querySelectorAll(".site")) site.style.contentVisibility = "visible";
    place.scrollIntoView();
  };

  headers.forEach((header, column) => {
    if (header.classList.contains("plain")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = titles[column];
    button.addEventListener("click", () => {
      const was = header.getAttribute("aria-sort");
      state.sort = was === "descending" ? "" : titles[column];
      state.order = was === "ascending" ? "descending" : "";
      show();
      write();
    });
    header.replaceChildren(button);
  });
  addEventListener("hashchange", read);
  read();
})();
