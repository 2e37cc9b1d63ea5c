"use strict";

/*
 * Elements out of the page's data. Every text goes through textContent: names of campaigns are
 * whatever somebody typed, and are shown as that.
 */
const Dom = (() => {
  let ids = 0;

  /** An element with attributes and children; a child that is a string becomes text. */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== undefined && value !== null && value !== false) {
        element.setAttribute(name, value === true ? "" : value);
      }
    }
    for (const child of children.flat()) {
      if (child !== undefined && child !== null) {
        element.append(child);
      }
    }
    return element;
  }

  function newId() {
    ids += 1;
    return "n" + ids;
  }

  /** A name with a direction of its own, so that it does not turn the words around it. */
  function name(of) {
    const shown = make("bdi", { class: "name" }, of.name);
    return of.id ? [shown, " ", make("bdi", { class: "id" }, of.id)] : [shown];
  }

  /** A sentence: text, and names in it. */
  function words(parts) {
    return parts.map((part) =>
      typeof part === "string" ? part : make("bdi", { class: "name" }, part.name));
  }

  function cellContent(cell) {
    if (typeof cell === "string") {
      return [make("bdi", {}, cell)];
    }
    const content = cell.of ? name(cell.of) : [make("bdi", {}, cell.text)];
    if (cell.badge) {
      content.push(" ", make("span", { class: "badge badge-" + cell.badge.replace(/ /g, "-") }, cell.badge));
    }
    if (cell.bar !== undefined) {
      const bar = make("span", { class: "bar", "aria-hidden": "true" });
      bar.style.setProperty("--part", String(Math.min(1, Math.max(0, cell.bar))));
      content.push(bar);
    }
    return content;
  }

  /** A table that scrolls inside its own frame, with the published number behind each cell. */
  function table(data) {
    const caption = newId();
    const head = make("tr", {}, data.columns.map((column) =>
      make("th", {
        scope: "col",
        class: column.numeric ? "number" : null,
        "data-fields": column.fields,
        "data-key": column.key ? JSON.stringify(column.key) : null
      }, column.label)));
    const rows = data.rows.map((row) =>
      make("tr", { "data-key": JSON.stringify(row.key) }, row.cells.map((cell, i) =>
        i === 0
          ? make("th", { scope: "row" }, cellContent(cell))
          : make("td", { class: data.columns[i].numeric ? "number" : null }, cellContent(cell)))));
    return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": caption },
      make("table", { class: data.columns.length < 4 ? "small" : null, "data-source": data.source, "data-key": JSON.stringify(data.key) },
        make("caption", { id: caption },
          make("div", {}, words(data.caption), " ", source(data.source))),
        make("thead", {}, head),
        make("tbody", {}, rows)));
  }

  /** Which published table a chart or a table shows. */
  function source(of) {
    return make("span", { class: "source" }, "Table ", make("code", {}, of));
  }

  return { make, newId, words, table, source };
})();
