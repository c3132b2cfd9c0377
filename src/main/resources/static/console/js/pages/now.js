// Now: what one instance is doing, live.

import uPlot from "../../../webjars/uplot/dist/uPlot.esm.js";
import { h, said, show } from "../dom.js";
import { call, curl } from "../api.js";
import { badge, card, curlBlock, table } from "../ui.js";
import { bytes, duration, milliseconds, number, percent, viewerSeconds } from "../format.js";
import { LEVELS } from "./servers.js";
import { resource } from "../words.js";

const EVERY = 2000;
const KEPT = 150;
const ADDRESSES = ["/actuator/routing-cache", "/api/v1/console/activity"];

/** The samples of the last five minutes. They outlive a change of pages. */
let samples = [];

function sample([cache, activity]) {
  const total = (name) => Object.values(cache.resources).reduce((sum, figures) => sum + figures[name], 0);
  return {
    at: Date.parse(activity.at) / 1000, host: activity.host, started: activity.started_at, cache, activity,
    hits: total("hits"), misses: total("misses"), loads: total("loads"), fallbacks: total("fallbacks"),
  };
}

/** What happened between two samples, per second. */
function rates(one, other) {
  const seconds = Math.max(0.001, other.at - one.at);
  const lookups = other.hits + other.misses - one.hits - one.misses;
  const buckets = other.activity.buckets.map((bucket, index) => [bucket.milliseconds, bucket.requests - (one.activity.buckets[index]?.requests ?? 0)]);
  const requests = other.activity.requests - one.activity.requests;
  return {
    lookups: lookups / seconds,
    hitRatio: lookups ? (other.hits - one.hits) / lookups : null,
    near: lookups ? (other.activity.near_hits - one.activity.near_hits) / lookups : null,
    nearRate: (other.activity.near_hits - one.activity.near_hits) / seconds,
    loads: (other.loads - one.loads) / seconds,
    unavailable: (other.activity.unavailable - one.activity.unavailable) / seconds,
    requests: requests / seconds,
    p50: quantile(buckets, requests, 0.5),
    p99: quantile(buckets, requests, 0.99),
  };
}

/** The limit of the bucket that holds a quantile: requests took no longer. Infinity beyond the last, null without requests. */
function quantile(buckets, requests, part) {
  if (!requests) return null;
  return buckets.find(([, count]) => count >= part * requests)?.[0] ?? Infinity;
}

function atMost(limit, last) {
  if (limit === null) return "–";
  return limit === Infinity ? `> ${milliseconds(last ?? 300)}` : `≤ ${milliseconds(limit)}`;
}

const TILES = [
  ["redis", "Redis"], ["ratio", "Hit ratio"], ["lookups", "Lookups"], ["near", "From memory"], ["p50", "Median request"],
  ["p99", "99 % of requests"], ["loads", "Loads from PostgreSQL"], ["unavailable", "Answered 503"], ["backlog", "Outbox, open"], ["lag", "Outbox, oldest"],
];

function render(body, { signal }) {
  const live = h("p", { class: "live", role: "status" });
  const tiles = Object.fromEntries(TILES.map(([name]) => [name, { figure: h("div", { class: "figure" }, "–"), note: h("p") }]));
  const grid = h("div", { class: "tiles" }, TILES.map(([name, title]) => h("div", { class: "tile" }, h("h2", null, title), tiles[name].figure, tiles[name].note)));
  const charts = [
    chart("Lookups per second", ["all", "from memory"], (rate) => [rate.lookups, rate.nearRate]),
    chart("Requests: at most, in ms", ["median", "99 %"], (rate) => [finite(rate.p50), finite(rate.p99)]),
    chart("Per second", ["loads from PostgreSQL", "answered 503"], (rate) => [rate.loads, rate.unavailable]),
  ];
  const resources = h("div");
  const primaries = h("div");
  show(body, live, grid, h("div", { class: "columns" }, charts.map((each) => each.element)), primaries, resources, curlBlock(...ADDRESSES.map((address) => curl(address))));

  function draw() {
    const last = samples.at(-1);
    if (!last) return;
    const before = samples.findLast((one) => last.at - one.at >= 9) ?? samples[0];
    const rate = before === last ? null : rates(before, last);
    const set = (name, figure, note) => {
      show(tiles[name].figure, figure);
      show(tiles[name].note, note);
    };
    const [kind, text] = LEVELS[last.cache.redis.state] ?? ["plain", last.cache.redis.state];
    set("redis", badge(kind, text), `last pass ${milliseconds(last.cache.redis.trust_age_ms)} ago`);
    const all = last.hits + last.misses;
    set("ratio", percent(rate?.hitRatio ?? null), `${percent(all ? last.hits / all : null)} since start`);
    set("lookups", rate ? `${number(rate.lookups)} /s` : "–", `${number(all)} since start`);
    set("near", percent(rate?.near ?? null), `${number(last.cache.near_cache.entries)} entries, ${bytes(last.cache.near_cache.weight_bytes)}`);
    const largest = last.activity.buckets.at(-1)?.milliseconds;
    set("p50", atMost(rate?.p50 ?? null, largest), rate ? `${number(rate.requests)} requests /s` : "");
    set("p99", atMost(rate?.p99 ?? null, largest), "by histogram");
    set("loads", rate ? `${number(rate.loads)} /s` : "–", `${number(last.loads)} since start`);
    set("unavailable", [rate ? `${number(rate.unavailable)} /s` : "–", " ", rate?.unavailable ? badge("bad", "look") : null], `${number(last.activity.unavailable)} since start`);
    set("backlog", number(last.cache.outbox.backlog), "evictions not yet confirmed");
    set("lag", [milliseconds(last.cache.outbox.lag_ms), " ", last.cache.outbox.lag_ms > 5000 ? badge("bad", "late") : null], "age of the oldest");
    charts.forEach((each) => each.draw());
    show(resources, card("Since start, by document", null, table(`Instance ${last.host}, started ${viewerSeconds(last.started)}`,
      ["Document", ...["Hits", "Misses", "Hit ratio", "Loads", "Load, median", "Load, 99 %", "Evictions", "Fills refused", "Without Redis"].map((head) => [head, "right"])],
      Object.entries(last.cache.resources).sort(([one], [other]) => one.localeCompare(other)).map(([name, figures]) => h("tr", null, h("td", null, resource(name)),
        [number(figures.hits), number(figures.misses), percent(figures.hit_ratio), number(figures.loads), milliseconds(figures.load_p50_ms),
          milliseconds(figures.load_p99_ms), number(figures.evictions), number(figures.rejected_fills), number(figures.fallbacks)].map((cell) => h("td", { class: "right" }, cell)))),
      { class: "figures" })));
    const nodes = last.cache.redis.primaries ?? [];
    show(primaries, nodes.length ? card("Redis primaries", null, table("Each with its state for this instance", ["Primary", ["Slots", "right"], "State", ["Last pass", "right"]], nodes.map((node) =>
      h("tr", null, h("td", null, said(node.address)), h("td", { class: "right" }, number(node.slots)), h("td", null, badge(...(LEVELS[node.state] ?? ["plain", node.state]).slice(0, 2))),
        h("td", { class: "right" }, `${milliseconds(node.trust_age_ms)} ago`))))) : null);
  }

  let timer;
  async function poll() {
    if (signal.aborted) return;
    try {
      if (!document.hidden || samples.length === 0) {
        const next = sample(await Promise.all(ADDRESSES.map((address) => call(address, { signal, timeout: 5000 }))));
        if (samples.length && (samples.at(-1).host !== next.host || samples.at(-1).started !== next.started)) samples = []; // another instance, or a restart
        samples = [...samples, next].slice(-KEPT);
        show(live, badge("good", "live"), ` instance ${next.host}, up ${duration(next.at - Date.parse(next.started) / 1000)}, figures of ${viewerSeconds(next.activity.at)}, read every ${EVERY / 1000} s. Rates are of the last 10 s.`);
        grid.classList.remove("stale");
        draw();
      }
    } catch (failure) {
      if (signal.aborted || failure.refused) return;
      const last = samples.at(-1);
      show(live, badge("bad", "not live"), ` ${last ? `Figures are of ${viewerSeconds(last.activity.at)}. ` : ""}${failure.message} Trying again every ${EVERY / 1000} s.`);
      grid.classList.add("stale");
    }
    timer = setTimeout(poll, EVERY);
  }

  const redraw = () => charts.forEach((each) => each.recolour());
  document.addEventListener("themechange", redraw);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", redraw);
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    document.removeEventListener("themechange", redraw);
    scheme.removeEventListener("change", redraw);
    charts.forEach((each) => each.destroy());
  });
  show(live, badge("plain", "connecting"));
  draw();
  poll();
}

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

function clock(seconds) {
  return CLOCK.format(new Date(seconds * 1000));
}

function finite(value) {
  return value === Infinity ? 1000 : value;
}

/** A chart of two series over the last five minutes. */
function chart(title, names, values) {
  const place = h("div");
  const text = h("p");
  const element = h("section", { class: "card chart" }, h("h2", null, title), place, text);
  let plot = null;

  function colour(name) {
    const probe = h("span", { class: `probe ${name}` });
    element.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }

  function make() {
    plot?.destroy();
    const line = colour("line");
    const axis = { stroke: colour("faint"), grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, font: "11px system-ui" };
    plot = new uPlot({
      width: Math.max(240, place.clientWidth || 320), height: 170, cursor: { show: false }, legend: { show: false },
      scales: { x: { range: (_, low, high) => (high === null ? [Date.now() / 1000 - 60, Date.now() / 1000] : [Math.min(low, high - 60), high]) }, y: { range: (_, low, high) => [0, Math.max(1, high * 1.1)] } },
      axes: [{ ...axis, space: 80, values: (_, times) => times.map(clock) }, { ...axis, size: 46 }],
      series: [{}, { label: names[0], stroke: colour("one"), width: 2, points: { show: false } }, { label: names[1], stroke: colour("two"), width: 2, dash: [5, 3], points: { show: false } }],
    }, data(), place);
    plot.root.setAttribute("role", "img");
    plot.root.setAttribute("aria-label", title);
  }

  function data() {
    const points = samples.slice(1).map((one, index) => [one.at, ...values(rates(samples[Math.max(0, index - 1)], one))]);
    return [0, 1, 2].map((column) => points.map((point) => point[column]));
  }

  const observer = new ResizeObserver(() => plot?.setSize({ width: Math.max(240, place.clientWidth), height: 170 }));
  observer.observe(place);
  return {
    element,
    draw() {
      if (!element.isConnected) return;
      if (plot) plot.setData(data());
      else make();
      const last = plot.data.map((column) => column.at(-1));
      const words = names.map((name, index) => `${name} ${number(last[index + 1] ?? null)}`).join(", ");
      plot.root.setAttribute("aria-label", `${title}, last: ${words}`);
      show(text, h("span", { class: "key one", "aria-hidden": "true" }), ` ${names[0]} ${number(last[1] ?? null)}  `, h("span", { class: "key two", "aria-hidden": "true" }), ` ${names[1]} ${number(last[2] ?? null)}`);
    },
    recolour() {
      if (plot) make();
    },
    destroy() {
      observer.disconnect();
      plot?.destroy();
      plot = null;
    },
  };
}

export const nowPage = {
  name: "now", title: "Now", lead: "What the instance that answers is doing. Behind a load balancer, read another one to see another instance.", render,
};
