package dev.throughline.html;

/** What a test asks a page in a browser, as expressions of JavaScript. */
final class Look {
  /** Whether the two tables of campaigns stand beside each other. */
  static final String SIDE_BY_SIDE =
      """
      (() => {
        const [left, right] = [...document.querySelectorAll("#campaigns table")]
          .map((table) => table.getBoundingClientRect());
        return Math.abs(left.top - right.top) < 2 && right.left > left.right;
      })()
      """;

  /**
   * Charts and frames that are wider than their place, and canvases that are not as wide as theirs.
   */
  static final String SQUEEZED =
      """
      [...document.querySelectorAll(".chart, .scroll")].filter((of) => {
        const canvas = of.querySelector("canvas");
        return of.parentElement.clientWidth > innerWidth
          || (canvas && Math.abs(canvas.getBoundingClientRect().width - of.clientWidth) > 1);
      }).map((of) => of.outerHTML.slice(0, 200))
      """;

  /** On paper: what does not fit between the margins, and frames that hide a part. */
  static final String CUT_OFF =
      """
      [...document.querySelectorAll(".chart canvas, table, p, h2")].filter((of) =>
        of.getBoundingClientRect().right > innerWidth + 1 || of.scrollWidth > of.clientWidth + 1)
        .map((of) => of.outerHTML.slice(0, 300))
      """;

  /** Background, ink, and the drawing of each chart in view. */
  static final String COLOURS =
      """
      [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color,
        ...[...document.querySelectorAll(".chart canvas")].map((canvas) => canvas.toDataURL())]
      """;

  /** Text whose contrast to its background is below 4.5 to 1 (WCAG AA). */
  static final String UNREADABLE =
      """
      (() => {
        const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
        const light = (colour) => {
          const [r, g, b] = parse(colour).map((c) => {
            const part = c / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const behind = (of) => {
          for (let at = of; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if ((parse(colour)[3] ?? 1) > 0) { return colour; }
          }
          return "rgb(255, 255, 255)";
        };
        return [...document.body.querySelectorAll("*:not(script):not(noscript)")]
          .filter((of) => [...of.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
          .filter((of) => {
            const [dim, bright] = [light(getComputedStyle(of).color), light(behind(of))].sort((a, b) => a - b);
            return (bright + 0.05) / (dim + 0.05) < 4.5;
          }).map((of) => of.outerHTML.slice(0, 200));
      })()
      """;

  /** Charts, tables and choices that a listener could not make sense of. */
  static final String UNNAMED =
      """
      (() => {
        const problems = [];
        const check = (of, good) => { if (!good) { problems.push(of.outerHTML.slice(0, 300)); } };
        document.querySelectorAll(".chart").forEach((of) => {
          const figure = of.closest("figure");
          const source = figure.querySelector("figcaption code").textContent;
          check(of, of.getAttribute("role") === "img" && of.getAttribute("aria-label").length > 10);
          check(of, [...of.closest("section").querySelectorAll("table")].some((t) => t.dataset.source === source));
          check(of, figure.querySelector("table") || of.closest(".panel, section").querySelector(".scroll"));
        });
        document.querySelectorAll("table").forEach((of) => {
          check(of, of.caption && of.caption.textContent.includes(of.dataset.source));
          check(of, [...of.tHead.rows[0].cells].every((cell) => cell.scope === "col" && cell.textContent));
          check(of, [...of.tBodies[0].rows].every((row) => row.cells[0].scope === "row"));
          check(of, of.parentElement.tabIndex === 0 && of.parentElement.getAttribute("role") === "region");
        });
        document.querySelectorAll("select").forEach((of) => check(of, of.labels.length === 1));
        document.querySelectorAll("[aria-labelledby]").forEach((of) =>
          check(of, document.getElementById(of.getAttribute("aria-labelledby"))));
        const ids = [...document.querySelectorAll("[id]")].map((of) => of.id);
        check(document.head, new Set(ids).size === ids.length);
        check(document.head, document.querySelectorAll("h1").length === 1 && document.documentElement.lang === "en");
        return problems;
      })()
      """;

  /** What the tip of every point of every chart says. */
  static final String TIPS =
      """
      (() => {
        const tips = [];
        document.querySelectorAll(".chart").forEach((of) => {
          const chart = echarts.getInstanceByDom(of);
          chart.getOption().series.forEach((series, seriesIndex) =>
            (series.data ?? []).forEach((_, dataIndex) => {
              chart.dispatchAction({ type: "showTip", seriesIndex, dataIndex });
              const tip = of.querySelector(".tip");
              if (tip) { tips.push(tip.innerText); }
            }));
        });
        return tips;
      })()
      """;

  private Look() {}
}
