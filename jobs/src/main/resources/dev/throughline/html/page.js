"use strict";

/* Builds the page from its data, and keeps its charts in shape. */
(() => {
  const { make, newId, words, table, source } = Dom;

  const build = {
    paragraph: (block) => make("p", { class: "note" }, words(block.words)),
    table: (block) => table(block.table),
    folded: (block) =>
      make("details", {}, make("summary", {}, block.summary), table(block.table)),
    beside: (block) => make("div", { class: "beside" }, block.blocks.map(show)),
    figure,
    choice
  };

  function show(block) {
    return build[block.kind](block);
  }

  function figure(block) {
    const title = newId();
    const drawing = make("div", { class: "chart", role: "img", "aria-label": block.chart.label });
    const frame = make("div", { class: "chart-frame chart-frame-" + block.chart.type }, drawing);
    const result = make("figure", { "aria-labelledby": title },
      make("figcaption", {},
        make("span", { class: "title", id: title }, block.title), " ",
        block.note.length ? make("span", {}, words(block.note), " ") : null,
        source(block.source),
        block.table ? null : make("span", { class: "source" }, ", all its numbers below")),
      frame,
      block.table
        ? make("details", {}, make("summary", {}, "Numbers"), table(block.table))
        : null);
    Charts.later(drawing, block.chart);
    return result;
  }

  function choice(block) {
    const id = newId();
    const panel = make("div", { class: "panel" });
    const select = make("select", { id }, block.options.map((option, i) =>
      make("option", { value: String(i), dir: "auto" }, option.label)));
    const turn = () => {
      Charts.forget(panel);
      panel.replaceChildren(...block.options[Number(select.value)].blocks.map(show));
      Charts.draw();
    };
    select.addEventListener("change", turn);
    panel.replaceChildren(...block.options[0].blocks.map(show));
    return make("div", { class: "choice" },
      make("p", { class: "chooser" }, make("label", { for: id }, block.label), " ", select),
      panel);
  }

  function section(data) {
    const heading = newId();
    return make("section", { id: data.id, "aria-labelledby": heading },
      make("h2", { id: heading }, data.title),
      data.lede ? make("p", { class: "lede" }, data.lede) : null,
      data.blocks.map(show));
  }

  const data = JSON.parse(document.getElementById("data").textContent);
  document.getElementById("headline").append(
    ...data.headline.map((sentence, i) =>
      make("p", { class: i === 0 ? "first" : null }, words(sentence))));
  document.getElementById("contents").append(
    make("ul", {}, data.sections.map((of) =>
      make("li", {}, make("a", { href: "#" + of.id }, of.title)))));
  document.getElementById("main").append(...data.sections.map(section));
  Charts.draw();

  /*
   * Paper cannot be clicked: what is folded away is opened for it, and folded again. Charts are
   * drawn for its width and in its colours before the browser lays out the pages.
   */
  let unfolded = [];
  function paper(on) {
    document.documentElement.classList.toggle("paper", on);
    if (on) {
      unfolded = unfolded.concat([...document.querySelectorAll("details:not([open])")]);
    }
    unfolded.forEach((details) => { details.open = on; });
    if (!on) {
      unfolded = [];
    }
    Charts.redraw();
  }
  const print = window.matchMedia("print");
  print.addEventListener("change", () => paper(print.matches));
  window.addEventListener("beforeprint", () => paper(true));
  window.addEventListener("afterprint", () => paper(false));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", Charts.redraw);
  document.documentElement.dataset.ready = "true";
})();
