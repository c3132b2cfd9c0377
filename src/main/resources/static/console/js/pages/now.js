// Now: what each instance is doing, live.

import uPlot from "../../../webjars/uplot/dist/uPlot.esm.js";
import { h, said, show } from "../dom.js";
import { call, curl, hasToken, onToken } from "../api.js";
import { badge, card, curlBlock, linkButton, table } from "../ui.js";
import { bytes, duration, milliseconds, number, percent, viewerSeconds } from "../format.js";
import { LEVELS } from "./servers.js";
import { resource } from "../words.js";

const EVERY = 2000;
const KEPT = 150;
const LISTED_EVERY = 30000;
const SILENT = 30; // seconds
const FORGOTTEN = 300; // seconds
const FIGURES = "/api/v1/console/activity";
const RUNNING = "/api/v1/console/servers";

/** The samples of each instance that has answered, by its key. They outlive a change of pages. */
const histories = new Map();

function instanceKey(activity) {
  return `${activity.host} ${activity.started_at}`;
}

function sample(activity) {
  const { cache } = activity;
  const total = (name) => Object.values(cache.resources).reduce((sum, figures) => sum + figures[name], 0);
  return {
    at: Date.parse(activity.at) / 1000, host: activity.host, started: activity.started_at, cache, activity,
    hits: total("hits"), misses: total("misses"), loads: total("loads"), fallbacks: total("fallbacks"),
  };
}

/** Keeps a sample, and forgets what was before a gap, and instances that have not answered for minutes. */
function keep(next) {
  const key = instanceKey(next.activity);
  const before = histories.get(key) ?? [];
  const goesOn = before.length > 0 && next.at - before.at(-1).at <= SILENT;
  histories.set(key, [...(goesOn ? before : []), next].slice(-KEPT));
  for (const [other, samples] of histories) {
    if (next.at - samples.at(-1).at > FORGOTTEN) histories.delete(other);
  }
}

/** The rates of about the last ten seconds of an instance; null before its second sample. */
function lastRates(samples) {
  const last = samples.at(-1);
  const before = samples.findLast((one) => last.at - one.at >= 9) ?? samples[0];
  return before === last ? null : rates(before, last);
}

/** What happened between two samples, per second. */
function rates(one, other) {
  const seconds = Math.max(0.001, other.at - one.at);
  const lookups = other.hits + other.misses - one.hits - one.misses;
  const buckets = other.activity.buckets.map((bucket, index) => [bucket.milliseconds, bucket.requests - (one.activity.buckets[index]?.requests ?? 0)]);
  const requests = other.activity.requests - one.activity.requests;
  return {
    seconds,
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

/** The longest time that the buckets of a sample tell apart. */
function longest(sample) {
  return sample.activity.buckets.at(-1)?.milliseconds ?? 0;
}

/** A limit in words; of what is beyond the last bucket, only that. */
function atMost(limit, sample) {
  if (limit === null) return "–";
  return limit === Infinity ? `> ${milliseconds(longest(sample))}` : `≤ ${milliseconds(limit)}`;
}

const TILES = [
  ["redis", "Redis"], ["ratio", "Hit ratio"], ["lookups", "Lookups"], ["near", "From memory"], ["p50", "Median request"],
  ["p99", "99 % of requests"], ["loads", "Loads from PostgreSQL"], ["unavailable", "Answered 503"], ["backlog", "Outbox, open"], ["lag", "Outbox, oldest"],
];

function render(body, { parameters, link, signal }) {
  const state = h("span", { role: "status" }); // announced; the figures' times are not
  const words = h("span");
  const live = h("p", { class: "live" }, state, words);
  const tiles = Object.fromEntries(TILES.map(([name]) => [name, { figure: h("div", { class: "figure" }, "–"), note: h("p") }]));
  const grid = h("div", { class: "tiles" }, TILES.map(([name, title]) => h("div", { class: "tile" }, h("h2", null, title), tiles[name].figure, tiles[name].note)));
  const charts = [
    chart("Lookups per second", ["all", "from memory"], (rate) => [rate.lookups, rate.nearRate], (value) => `${number(value)}\u00a0/s`),
    chart("Requests: at most, in ms", ["median", "99 %"], (rate) => [rate.p50, rate.p99], atMost),
    chart("Per second", ["loads from PostgreSQL", "answered 503"], (rate) => [rate.loads, rate.unavailable], (value) => `${number(value)}\u00a0/s`),
  ];
  const resources = h("div");
  const primaries = h("div");
  const instances = h("div");
  let running; // hosts that PostgreSQL lists; null if it could not be asked, undefined before
  show(body, live, grid, h("div", { class: "columns" }, charts.map((each) => each.element)), instances, primaries, resources,
    h("div", { class: "buttons" }, linkButton(() => link("now", { instance: chosen() }))), curlBlock(curl(FIGURES), curl(RUNNING)));

  /** The instance that the tiles show: the one in the address, or else the one that answered first. */
  function chosen() {
    const wanted = parameters.get("instance");
    return histories.has(wanted) ? wanted : histories.keys().next().value;
  }

  function draw() {
    const key = chosen();
    if (!key) return;
    const samples = histories.get(key);
    const last = samples.at(-1);
    const rate = lastRates(samples);
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
    set("p50", requestTime(rate, "p50", last), rate ? `${number(rate.requests)} requests /s` : "");
    set("p99", requestTime(rate, "p99", last), "by histogram");
    set("loads", rate ? `${number(rate.loads)} /s` : "–", `${number(last.loads)} since start`);
    set("unavailable", [rate ? `${number(rate.unavailable)} /s` : "–", " ", rate?.unavailable ? badge("bad", "look") : null], `${number(last.activity.unavailable)} since start`);
    set("backlog", number(last.cache.outbox.backlog), "evictions not yet confirmed");
    set("lag", [milliseconds(last.cache.outbox.lag_ms), " ", last.cache.outbox.lag_ms > 5000 ? badge("bad", "late") : null], "age of the oldest");
    charts.forEach((each) => each.draw(samples));
    replace(instances, instancesCard(key, running, link));
    replace(resources, card("Since start, by document", null, table(`Instance ${last.host}, started ${viewerSeconds(last.started)}`,
      ["Document", ...["Hits", "Misses", "Hit ratio", "Loads", "Load, median", "Load, 99 %", "Evictions", "Fills refused", "Without Redis"].map((head) => [head, "right"])],
      Object.entries(last.cache.resources).sort(([one], [other]) => one.localeCompare(other)).map(([name, figures]) => h("tr", null, h("td", null, resource(name)),
        [number(figures.hits), number(figures.misses), percent(figures.hit_ratio), number(figures.loads), milliseconds(figures.load_p50_ms),
          milliseconds(figures.load_p99_ms), number(figures.evictions), number(figures.rejected_fills), number(figures.fallbacks)].map((cell) => h("td", { class: "right" }, cell)))),
      { class: "stack figures" })));
    const nodes = last.cache.redis.primaries ?? [];
    replace(primaries, nodes.length ? card("Redis primaries", null, table(`Each with its state for instance ${last.host}`, ["Primary", ["Slots", "right"], "State", ["Last pass", "right"]], nodes.map((node) =>
      h("tr", null, h("td", null, said(node.address)), h("td", { class: "right" }, number(node.slots)), h("td", null, badge(...(LEVELS[node.state] ?? ["plain", node.state]).slice(0, 2))),
        h("td", { class: "right" }, `${milliseconds(node.trust_age_ms)} ago`))))) : null);
  }

  function tell(kind, text, ...more) {
    if (state.textContent !== text) show(state, badge(kind, text));
    show(words, more);
  }

  /** Says that the figures do not move, and why. */
  function stopped(why) {
    const last = histories.get(chosen())?.at(-1);
    tell("bad", "not live", ` ${last ? `Figures are of ${viewerSeconds(last.activity.at)}. ` : ""}${why}`);
    grid.classList.add("stale");
  }

  function showLive() {
    const last = histories.get(chosen()).at(-1);
    const silent = (Date.now() - last.read) / 1000;
    const wanted = parameters.get("instance");
    const [kind, text] = silent > SILENT ? ["warn", "silent"] : wanted && !histories.has(wanted) ? ["warn", "another instance"] : ["good", "live"];
    const rate = lastRates(histories.get(chosen()));
    tell(kind, text, wanted && !histories.has(wanted) ? [" ", said(wanted.split(" ")[0]), " of this address has not answered, or was started again. These figures:"] : null,
      ` instance ${last.host}, up ${duration(last.at - Date.parse(last.started) / 1000)}, figures of ${viewerSeconds(last.activity.at)}, `,
      silent > SILENT ? "other instances answer." : `read every ${EVERY / 1000} s.${rate ? ` Rates are of the last ${number(Math.round(rate.seconds))} s.` : ""}`);
    grid.classList.toggle("stale", silent > SILENT);
  }

  let timer;
  async function poll() {
    if (signal.aborted) return;
    try {
      if (!document.hidden || histories.size === 0) {
        keep({ ...sample(await call(FIGURES, { signal, timeout: 5000 })), read: Date.now() });
        showLive();
        draw();
      }
    } catch (failure) {
      if (signal.aborted) return;
      stopped(`${failure.message} Trying again every ${EVERY / 1000} s.`);
    }
    timer = setTimeout(poll, EVERY);
  }

  let listing;
  async function list() {
    const servers = await call(RUNNING, { signal }).catch(() => null);
    running = servers?.postgresql ? servers.instances.map((instance) => instance.host) : null;
    if (signal.aborted) return;
    draw();
    listing = setTimeout(list, LISTED_EVERY);
  }

  const redraw = () => charts.forEach((each) => each.recolour());
  document.addEventListener("themechange", redraw);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", redraw);
  const stopListening = onToken(() => {
    if (!hasToken()) stopped("It goes on with the next token.");
  });
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    clearTimeout(listing);
    stopListening();
    document.removeEventListener("themechange", redraw);
    scheme.removeEventListener("change", redraw);
    charts.forEach((each) => each.destroy());
  });
  tell("plain", "connecting");
  draw();
  poll();
  list();
}

/** Replaces what is in an element; what had the focus and was scrolled sideways stays so. */
function replace(holder, content) {
  const focusable = () => [...holder.querySelectorAll("a, [tabindex]")];
  const focused = focusable().indexOf(document.activeElement);
  const left = holder.querySelector(".scroll")?.scrollLeft ?? 0;
  show(holder, content);
  if (focused >= 0) focusable()[focused]?.focus({ preventScroll: true });
  if (left) holder.querySelector(".scroll").scrollLeft = left;
}

/** How many times each host is in a list. */
function counts(hosts) {
  const found = new Map();
  for (const host of hosts) found.set(host, (found.get(host) ?? 0) + 1);
  return found;
}

/** All instances that are known: those that have answered, and those that PostgreSQL lists. */
function instancesCard(chosen, running, link) {
  const answered = counts([...histories.values()].map((samples) => samples[0].host));
  const missing = [...counts(running ?? [])].flatMap(([host, count]) => Array(Math.max(0, count - (answered.get(host) ?? 0))).fill(host));
  const rows = [...histories].sort(([one], [other]) => one.localeCompare(other)).map(([key, samples]) => {
    const last = samples.at(-1);
    const rate = lastRates(samples);
    const perSecond = (value) => (rate ? `${number(value)} /s` : "–");
    const unread = (Date.now() - last.read) / 1000;
    const nodes = last.cache.redis.primaries ?? [];
    const name = answered.get(last.host) > 1 ? `${last.host}, started ${viewerSeconds(last.started)}` : last.host;
    return h("tr", { class: key === chosen ? "current" : null },
      h("td", null, h("a", { href: link("now", { instance: key }), "aria-current": key === chosen ? "true" : null }, said(name))),
      h("td", null, h("span", null, badge(...(LEVELS[last.cache.redis.state] ?? ["plain", last.cache.redis.state]).slice(0, 2)),
        nodes.length ? ` ${nodes.filter((node) => node.state === "trusted").length} of ${nodes.length} primaries` : null)),
      [percent(rate?.hitRatio ?? null), perSecond(rate?.lookups), percent(rate?.near ?? null), requestTime(rate, "p50", last), requestTime(rate, "p99", last),
        perSecond(rate?.loads), perSecond(rate?.unavailable), number(last.cache.outbox.backlog), milliseconds(last.cache.outbox.lag_ms)]
        .map((cell) => h("td", { class: "right" }, cell)),
      h("td", { class: "right" }, h("span", null, `${duration(unread)} ago`, unread > SILENT ? [" ", badge("warn", "silent")] : null)));
  });
  const heads = ["Instance", "Redis", ...["Hit ratio", "Lookups", "Memory", "Median", "99 %", "Loads", "503", "Outbox", "Oldest", "Answered"].map((head) => [head, "right"])];
  return card("Instances", null, table("The figures above are those of the marked one; choose another one by its name", heads, rows, { class: "stack figures" }),
    missing.length ? h("p", { class: "after" }, badge("warn", `${missing.length} not seen`), " ", said(missing.join(", ")),
      missing.length === 1 ? " has reported within three minutes, but has not answered this page yet." : " have reported within three minutes, but have not answered this page yet.",
      " Each reading is answered by one instance: behind a load balancer, others appear as they answer.")
      : h("p", { class: "faint after" }, running === null ? "PostgreSQL could not be read, so other instances are not known."
        : running === undefined ? "Reading which instances report…" : "No further instance has reported within three minutes."));
}

function requestTime(rate, name, last) {
  return atMost(rate?.[name] ?? null, last);
}

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

function clock(seconds) {
  return CLOCK.format(new Date(seconds * 1000));
}

/**
 * A chart of two series over the last five minutes.
 *
 * values: the two values of rates. words: a value and its sample in words.
 */
function chart(title, names, values, words) {
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

  let samples = [];

  /** The values at a sample, over the four seconds before it. */
  function point(index) {
    return values(rates(samples[Math.max(0, index - 2)], samples[index]));
  }

  /** What is beyond the last bucket is drawn at its limit. */
  function data() {
    const points = samples.slice(1).map((one, index) => [one.at, ...point(index + 1).map((value) => (value === Infinity ? longest(one) : value))]);
    return [0, 1, 2].map((column) => points.map((row) => row[column]));
  }

  const observer = new ResizeObserver(() => plot?.setSize({ width: Math.max(240, place.clientWidth), height: 170 }));
  observer.observe(place);
  return {
    element,
    draw(next) {
      if (!element.isConnected) return;
      samples = next;
      if (plot) plot.setData(data());
      else make();
      const last = samples.length > 1 ? point(samples.length - 1).map((value) => words(value, samples.at(-1))) : ["–", "–"];
      plot.root.setAttribute("aria-label", `${title}, last: ${names.map((name, index) => `${name} ${last[index]}`).join(", ")}`);
      show(text, h("span", { class: "key one", "aria-hidden": "true" }), ` ${names[0]} ${last[0]}  `, h("span", { class: "key two", "aria-hidden": "true" }), ` ${names[1]} ${last[1]}`);
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
  name: "now", title: "Now", lead: "What each instance is doing. Each reading is answered by one of them.", render,
};
