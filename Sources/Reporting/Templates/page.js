"use strict";
// Lets the reader sort and filter the table of sites. The page is whole without it.
(() => {
  const table = document.querySelector("table.sites");
  const body = table.tBodies[0];
  const rows = [...body.rows];

  const key = (row, column) => {
    const cell = row.cells[column];
    const text = cell.dataset.v ?? cell.textContent;
    const number = Number(text);
    return text === "" ? null : Number.isNaN(number) ? text : number;
  };
  const compare = (a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");

  const sort = (header, column) => {
    const down = header.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = rows.map((row) => [key(row, column), row]);
    keyed.sort(([a], [b]) => {
      if (a === null || b === null) return (a === null) - (b === null);
      return down ? compare(b, a) : compare(a, b);
    });
    body.append(...keyed.map(([, row]) => row));
  };

  [...table.tHead.rows[0].cells].forEach((header, column) => {
    if (header.classList.contains("plain")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    button.addEventListener("click", () => sort(header, column));
    header.replaceChildren(button);
  });

  const label = document.createElement("label");
  label.className = "filter";
  label.textContent = "Filter by name or function ";
  const input = document.createElement("input");
  input.type = "search";
  const count = document.createElement("output");
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.cells[0].textContent + " " + row.cells[3].textContent;
      row.hidden = !words.every((word) => text.toLowerCase().includes(word));
      if (!row.hidden) shown += 1;
    }
    count.textContent = words.length ? ` ${shown} of ${rows.length} sites` : "";
  });
  label.append(input, count);
  table.parentElement.before(label);
})();
