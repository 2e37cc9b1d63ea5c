"use strict";

/* What ECharts is told to draw, in the colours of the style sheet. */
const Drawings = (() => {
  const NARROW = 480;
  const SYMBOLS = [
    "circle", "rect", "triangle", "diamond", "roundRect",
    "emptyCircle", "emptyRect", "emptyTriangle", "emptyDiamond", "emptyRoundRect"
  ];

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const of = (name) => style.getPropertyValue("--" + name).trim();
    return {
      of,
      ink: of("ink"),
      muted: of("muted"),
      rule: of("rule"),
      paper: of("paper"),
      series: Array.from({ length: 10 }, (_, i) => of("series-" + (i + 1)))
    };
  }

  /** Text for a canvas, cut so that it leaves room for the drawing. */
  function cut(text, most) {
    const letters = Array.from(text.replace(/\s+/g, " "));
    return letters.length <= most ? letters.join("") : letters.slice(0, most - 1).join("") + "…";
  }

  /* A tooltip is made of elements, never of markup: ECharts takes a string for HTML. */
  function tooltip(colour, lines) {
    return {
      trigger: "item",
      confine: true,
      backgroundColor: colour.paper,
      borderColor: colour.rule,
      padding: [6, 10],
      formatter: (params) => {
        const box = Dom.make("div", { class: "tip" });
        lines(params).forEach((line) => box.append(Dom.make("div", {}, Dom.make("bdi", {}, line))));
        return box;
      }
    };
  }

  function base(colour, lines) {
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour.ink },
      tooltip: tooltip(colour, lines)
    };
  }

  function categories(chart, colour, width) {
    return {
      type: "category",
      inverse: true,
      data: chart.categories,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour.rule } },
      axisLabel: {
        color: colour.ink,
        interval: 0,
        formatter: (name) => cut(name, width < NARROW ? 16 : 28)
      }
    };
  }

  function values(chart, colour, width) {
    const percent = chart.scale === "PERCENT";
    const hidden = chart.scale === "LOG";
    return {
      type: "value",
      min: chart.centred ? undefined : 0,
      show: !hidden,
      splitNumber: width < NARROW ? 3 : 5,
      minInterval: percent ? 0 : undefined,
      axisLabel: {
        color: colour.muted,
        hideOverlap: true,
        formatter: (value) =>
          percent ? Number((100 * value).toPrecision(6)) + " %" : value.toLocaleString("en-US")
      },
      splitLine: { show: !hidden, lineStyle: { color: colour.rule } }
    };
  }

  function legend(chart, colour) {
    return chart.series.length < 2
      ? undefined
      : { top: 0, left: 0, itemGap: 14, textStyle: { color: colour.ink }, inactiveColor: colour.muted };
  }

  /** How high the legend is, which breaks its lines by itself; a letter is at most 8 wide. */
  function legendHeight(chart, width) {
    const wide = chart.series.reduce((sum, of) => sum + 50 + 8 * of.name.length, 0);
    return chart.series.length < 2 ? 0 : 10 + 24 * Math.ceil(wide / Math.max(200, width - 40));
  }

  /* Length on a scale of digits: 9 is one long, 99 is two long, nothing is nothing. */
  const length = (chart, value) => (chart.scale === "LOG" ? Math.log10(1 + value) : value);

  function bars(chart, colour, width) {
    const longest = Math.max(
      0, ...chart.series.flatMap((series) => series.values).map((value) => length(chart, value || 0)));
    const lines = (params) => [
      chart.categories[params.dataIndex],
      params.seriesName + ": " + chart.series[params.seriesIndex % chart.series.length].texts[params.dataIndex]
    ];
    const series = chart.series.map((of, s) => ({
      type: "bar",
      name: of.name,
      barMaxWidth: 22,
      barGap: "15%",
      itemStyle: { color: colour.of(of.tone), borderRadius: 2 },
      label: {
        show: true,
        position: chart.centred ? "inside" : "right",
        color: colour.ink,
        backgroundColor: chart.centred ? colour.paper : undefined,
        borderRadius: 2,
        padding: chart.centred ? [2, 5] : 0,
        formatter: (params) => of.texts[params.dataIndex]
      },
      data: of.values.map((value, i) => {
        const end = value === null ? null : length(chart, value);
        return {
          value: end,
          itemStyle: s === 0 && chart.highlight.includes(i) ? { color: colour.of("mark") } : undefined
        };
      })
    }));
    if (chart.centred) {
      series.forEach((of) => { of.stack = "centred"; });
      series.unshift({
        type: "bar",
        stack: "centred",
        silent: true,
        tooltip: { show: false },
        itemStyle: { color: "transparent" },
        barMaxWidth: 22,
        data: series[0].data.map((item) => (longest - (item.value || 0)) / 2)
      });
    }
    const shown = legend(chart, colour);
    return {
      ...base(colour, lines),
      legend: shown && { ...shown, data: chart.series.map((of) => of.name) },
      grid: { left: 12, right: chart.centred ? 8 : 66, top: 6 + legendHeight(chart, width), bottom: 4, containLabel: true },
      xAxis: { ...values(chart, colour, width), max: chart.centred ? longest : undefined },
      yAxis: categories(chart, colour, width),
      series
    };
  }

  function dots(chart, colour, width) {
    return {
      ...base(colour, (params) => [
        chart.categories[params.value[1]],
        params.seriesName + ": " + chart.series[params.seriesIndex].texts[params.value[1]]
      ]),
      legend: legend(chart, colour),
      grid: { left: 12, right: 24, top: 6 + legendHeight(chart, width), bottom: 4, containLabel: true },
      xAxis: values(chart, colour, width),
      yAxis: { ...categories(chart, colour, width), splitLine: { show: true, lineStyle: { color: colour.rule } } },
      series: chart.series.map((of, s) => ({
        type: "scatter",
        name: of.name,
        symbol: SYMBOLS[s % SYMBOLS.length],
        symbolSize: 11,
        itemStyle: { color: colour.series[s % colour.series.length], opacity: 0.85 },
        data: of.values.map((value, i) => [value, i]).filter((point) => point[0] !== null)
      }))
    };
  }

  function sankey(chart, colour) {
    const label = new Map(chart.nodes.map((node) => [node.id, node.label]));
    const tone = new Map(chart.nodes.map((node) => [node.id, node.tone]));
    return {
      ...base(colour, (params) => params.dataType === "edge"
        ? [label.get(params.data.source) + " → " + label.get(params.data.target), params.data.text]
        : [label.get(params.name), params.value.toLocaleString("en-US")]),
      series: [{
        type: "sankey",
        left: 4, right: 110, top: 8, bottom: 8,
        nodeWidth: 10,
        nodeGap: 10,
        draggable: false,
        emphasis: { focus: "adjacency" },
        labelLayout: { hideOverlap: true },
        label: { color: colour.ink, formatter: (params) => cut(label.get(params.name), 18) },
        lineStyle: { color: "target", opacity: 0.3, curveness: 0.5 },
        data: chart.nodes.map((node) => ({
          name: node.id, depth: node.depth, itemStyle: { color: colour.of(node.tone), borderWidth: 0 }
        })),
        // Conversions are few: their flows have to stand out.
        links: chart.links.map((link) => ({
          source: link.from, target: link.to, value: link.weight, text: link.text,
          lineStyle: tone.get(link.to) === "outcome" ? { opacity: 0.45 } : undefined
        }))
      }]
    };
  }

  const options = { bars, dots, sankey };

  function height(chart, width) {
    if (chart.type === "sankey") {
      return 380;
    }
    const group = chart.type === "dots" ? 1 : chart.series.length;
    return 40 + legendHeight(chart, width) + chart.categories.length * (14 + 22 * group);
  }

  /** What to draw on so much width. */
  function option(chart, width) {
    return options[chart.type](chart, colours(), width);
  }

  return { option, height };
})();
