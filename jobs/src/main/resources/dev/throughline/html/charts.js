"use strict";

/* Charts on the page: each is drawn on canvas when it has a place, and anew when that changes. */
const Charts = (() => {
  const waiting = new Map();
  const drawn = new Map();

  function paint(element) {
    const { chart, drawing } = drawn.get(element);
    element.style.height = Drawings.height(chart, element.clientWidth) + "px";
    drawing.resize();
    drawing.setOption(Drawings.option(chart, element.clientWidth), true);
  }

  const observer = new ResizeObserver((entries) =>
    entries.forEach((entry) => drawn.has(entry.target) && paint(entry.target)));

  /** Draws an element once it has a place on the page. */
  function later(element, chart) {
    waiting.set(element, chart);
  }

  function draw() {
    waiting.forEach((chart, element) => {
      element.style.height = Drawings.height(chart, element.clientWidth) + "px";
      drawn.set(element, { chart, drawing: echarts.init(element, null, { renderer: "canvas" }) });
      paint(element);
      observer.observe(element);
    });
    waiting.clear();
  }

  function redraw() {
    drawn.forEach((_, element) => paint(element));
  }

  /** Lets go of the drawings inside an element that is about to be emptied. */
  function forget(container) {
    container.querySelectorAll(".chart").forEach((element) => {
      observer.unobserve(element);
      drawn.get(element).drawing.dispose();
      drawn.delete(element);
    });
  }

  return { later, draw, redraw, forget };
})();
