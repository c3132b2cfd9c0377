// Seven days as a drawing and as a list.

import { h, newId, said, show, svg } from "./dom.js";
import { city, date, duration, shortDate, viewer, viewerZone } from "./format.js";
import { overrideFacts, table } from "./ui.js";
import { isTail, rule, target } from "./words.js";

const HEAD = 34;
const AXIS = 40;
const HOUR = 20;

function minutes(time) {
  const [hour, minute, second] = time.split(":").map(Number);
  return hour * 60 + minute + (second || 0) / 60;
}

function dates(week) {
  const [year, month, day] = week.from.split("-").map(Number);
  return Array.from({ length: 7 }, (_, index) => new Date(Date.UTC(year, month - 1, day + index)).toISOString().slice(0, 10));
}

/** The kind of a segment, which is also its class: open, own, closed, exception or override. */
function kind(segment, usual) {
  if (segment.override) return "override";
  if (segment.state === "closed") return segment.matched?.kind === "exception" ? "exception" : "closed";
  return usual && segment.action && target(segment.action) !== usual ? "own" : "open";
}

/** The action that most open time has; ranges with another one are drawn differently. */
function usualAction(week) {
  const length = new Map();
  for (const segment of week.segments) {
    if (segment.state !== "open" || !segment.action) continue;
    const name = target(segment.action);
    length.set(name, (length.get(name) ?? 0) + Date.parse(segment.end) - Date.parse(segment.start));
  }
  return [...length].sort((one, other) => other[1] - one[1])[0]?.[0];
}

/** A segment in a sentence. */
function describe(segment, week, overrides) {
  const tail = isTail(segment) ? `, the end of a range that began on ${shortDate(segment.matched.date)}` : "";
  return `${date(segment.date)}, ${segment.start_time}–${segment.end_time}: ${segment.state}${tail}. `
    + `Rule: ${rule(segment.matched, segment.state, segment.override, overrides, week.holidays)}. Calls: ${segment.action ? target(segment.action) : "no action is set"}.`;
}

const LEGEND = [["open", "open"], ["own", "open, other action"], ["closed", "closed"], ["exception", "closed by an exception"],
  ["override", "override"], ["odd", "skipped or repeated hour"]];

/**
 * Draws a week.
 *
 * options.at: the instant to mark; its segment is highlighted. options.decides, options.mark: what is
 * said of that segment. options.chosen: an instant whose segment is shown at first. options.onchoose:
 * called with a segment. options.overrides: the rows of the overrides that decide.
 */
export function weekView(week, options = {}) {
  const usual = usualAction(week);
  const overrides = options.overrides ?? [];
  const at = options.at ? Date.parse(options.at) : null;
  const deciding = at === null ? -1 : week.segments.findIndex((segment) => Date.parse(segment.start) <= at && at < Date.parse(segment.end));
  const wanted = options.chosen ? Date.parse(options.chosen) : null;
  let chosen = wanted === null ? deciding : week.segments.findIndex((segment) => Date.parse(segment.start) <= wanted && wanted < Date.parse(segment.end));
  if (chosen < 0) chosen = deciding;

  const detail = h("div", { class: "chosen", "aria-live": "polite" });
  const holder = h("div", { class: "week" });
  const view = h("div", { class: "weekview" }, holder, legend(week, usual), detail, list(week, deciding, options.mark, overrides));
  let focusable = [];

  function choose(index, { focus = false, tell = true } = {}) {
    chosen = index;
    show(detail, index < 0 ? h("p", { class: "faint" }, "Point at a time or tap it, or move there with Tab and the arrow keys, to see its rule.") : sentence(week.segments[index], week, index === deciding ? options.decides : null, overrides));
    focusable.forEach((element, position) => {
      element.setAttribute("tabindex", position === Math.max(0, index) ? "0" : "-1");
      element.classList.toggle("picked", position === index);
    });
    if (focus) focusable[index]?.focus();
    if (tell && index >= 0) options.onchoose?.(week.segments[index]);
  }

  function draw() {
    const width = Math.max(300, Math.floor(holder.clientWidth || 700));
    const days = dates(week);
    const column = (width - AXIS) / 7;
    const height = HEAD + 24 * HOUR + 8;
    const pattern = newId("hatch");
    const narrow = column < 70;
    const x = (day) => AXIS + days.indexOf(day) * column;
    const y = (minute) => HEAD + (minute / 60) * HOUR;
    focusable = [];
    const parts = [svg("defs", null,
      svg("pattern", { id: `${pattern}-x`, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, svg("line", { x1: 0, y1: 0, x2: 0, y2: 7, class: "hatch-exception" })),
      svg("pattern", { id: `${pattern}-o`, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(-45)" }, svg("line", { x1: 0, y1: 0, x2: 0, y2: 5, class: "hatch-odd" })))];
    for (let hour = 0; hour <= 24; hour += 1) {
      parts.push(svg("line", { x1: AXIS, x2: width, y1: y(hour * 60), y2: y(hour * 60), class: hour % 6 === 0 ? "grid strong" : "grid" }));
      if (hour % 3 === 0) parts.push(svg("text", { x: AXIS - 6, y: y(hour * 60) + 4, class: "axis", "text-anchor": "end" }, `${String(hour).padStart(2, "0")}:00`));
    }
    days.forEach((day) => {
      const label = narrow ? [shortDate(day).slice(0, 3), String(Number(day.slice(8)))] : [shortDate(day)];
      label.forEach((text, line) => parts.push(svg("text", { x: x(day) + column / 2, y: (label.length > 1 ? 13 : 20) + line * 14, class: "day", "text-anchor": "middle" }, text)));
    });
    const texts = [];
    week.segments.forEach((segment, index) => {
      const top = y(minutes(segment.start_time));
      const bottom = y(minutes(segment.end_time));
      const type = kind(segment, usual);
      const group = svg("g", { class: `segment ${type}${index === deciding ? " deciding" : ""}`, role: "button", tabindex: "-1", "aria-label": describe(segment, week, overrides) });
      const box = { x: x(segment.date) + 1.5, y: top, width: Math.max(1, column - 3), height: Math.max(1, bottom - top), rx: 3 };
      group.append(svg("rect", { ...box, class: "box" }));
      if (type === "exception") group.append(svg("rect", { ...box, fill: `url(#${pattern}-x)`, class: "over" }));
      const lines = labels(segment, type, narrow).filter((_, line) => bottom - top > 15 + line * 13 && (line === 0 || !narrow));
      lines.forEach((text, line) => group.append(svg("text", { x: x(segment.date) + 6, y: top + 13 + line * 13, class: "inside" }, clip(text, column - 10))));
      group.addEventListener("pointerenter", () => choose(index, { tell: false }));
      group.addEventListener("click", () => choose(index, { focus: true }));
      group.addEventListener("focus", () => choose(index));
      group.addEventListener("keydown", move);
      focusable.push(group);
      texts.push(group);
    });
    parts.push(...texts);
    for (const change of week.transitions) {
      if (!days.includes(change.date)) continue;
      const top = y(minutes(change.start_time));
      parts.push(svg("rect", { x: x(change.date) + 1.5, y: top, width: column - 3, height: y(minutes(change.end_time)) - top, fill: `url(#${pattern}-o)`, class: "odd" },
        svg("title", null, `${change.start_time}–${change.end_time} ${change.kind === "skipped" ? "does not occur" : "occurs twice"}`)));
    }
    if (at !== null && deciding >= 0) {
      const segment = week.segments[deciding];
      const place = y(minutes(segment.start_time) + (at - Date.parse(segment.start)) / 60000);
      parts.push(svg("g", { class: "instant" },
        svg("line", { x1: x(segment.date) - 3, x2: x(segment.date) + column + 3, y1: place, y2: place }),
        svg("circle", { cx: x(segment.date) - 1, cy: place, r: 4.5 })));
    }
    show(holder, svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `Week from ${date(week.from)}, times of ${week.timezone}` }, parts));
    choose(chosen, { tell: false });
  }

  function move(event) {
    const day = week.segments[chosen]?.date;
    const middle = minutes(week.segments[chosen]?.start_time ?? "00:00");
    let next = null;
    if (event.key === "ArrowDown") next = chosen + 1;
    else if (event.key === "ArrowUp") next = chosen - 1;
    else if (event.key === "Home") next = 0;
    else if (event.key === "End") next = week.segments.length - 1;
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const days = dates(week);
      const wantedDay = days[days.indexOf(day) + (event.key === "ArrowRight" ? 1 : -1)];
      next = week.segments.findIndex((segment) => segment.date === wantedDay && minutes(segment.end_time) > middle);
    } else return;
    event.preventDefault();
    if (next >= 0 && next < week.segments.length) choose(next, { focus: true });
  }

  const observer = new ResizeObserver(() => {
    if (!holder.isConnected) return observer.disconnect();
    if (holder.firstChild?.getAttribute("width") !== String(Math.max(300, Math.floor(holder.clientWidth)))) draw();
  });
  observer.observe(holder);
  draw();
  return view;
}

function labels(segment, type, narrow) {
  if (type === "closed") return [];
  const name = segment.matched?.kind === "exception" ? segment.matched.name : null;
  const range = narrow ? segment.start_time : `${segment.start_time}–${segment.end_time}`;
  if (type === "exception") return [name ?? "closed", segment.action ? target(segment.action) : ""];
  if (type === "override") return [`${segment.override.mode}: override ${segment.override.id}`, segment.action ? target(segment.action) : ""];
  return [range, segment.action ? target(segment.action) : "", name ?? ""];
}

let measure;

/** Shortens a text to a width in pixels. */
function clip(text, width) {
  measure ??= document.createElement("canvas").getContext("2d");
  measure.font = "11px system-ui, sans-serif";
  if (measure.measureText(text).width <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && measure.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return `${letters.join("")}…`;
}

function sentence(segment, week, decides, overrides) {
  const zone = week.timezone;
  const length = (Date.parse(segment.end) - Date.parse(segment.start)) / 1000;
  const row = overrides.find((one) => one.id === segment.override?.id);
  return [
    h("p", null, decides ? h("strong", { class: "decides" }, decides, " ") : null,
      h("strong", null, `${date(segment.date)}, ${segment.start_time}–${segment.end_time}`), ` ${city(zone)}: `,
      h("span", { class: `state ${segment.state}` }, segment.state), ` (${duration(length)})`),
    h("p", null, "Rule: ", said(rule(segment.matched, segment.state, segment.override, overrides, week.holidays)), isTail(segment) ? " (after midnight)" : "", "."),
    h("p", null, "Calls: ", said(segment.action ? target(segment.action) : "no action is set"), "."),
    row && !decides ? overrideFacts(row, zone) : null, // that of the deciding one is shown above
    zone === viewerZone ? null : h("p", { class: "faint" }, `Your time: ${viewer(segment.start)} – ${viewer(segment.end)}`),
  ];
}

function legend(week, usual) {
  const used = new Set(week.segments.map((segment) => kind(segment, usual)));
  if (week.transitions.length) used.add("odd");
  return h("ul", { class: "legend" }, LEGEND.filter(([type]) => used.has(type)).map(([type, text]) =>
    h("li", null, h("span", { class: `swatch ${type}`, "aria-hidden": "true" }), text)));
}

function list(week, deciding, mark, overrides) {
  const foreign = week.timezone !== viewerZone;
  const rows = week.segments.map((segment, index) => h("tr", { class: index === deciding ? "deciding" : null },
    h("td", null, shortDate(segment.date)), h("td", { class: "num" }, `${segment.start_time}–${segment.end_time}`),
    foreign ? h("td", { class: "num" }, viewer(segment.start)) : null,
    h("td", null, segment.state, index === deciding ? ` (${mark})` : ""),
    h("td", null, said(rule(segment.matched, segment.state, segment.override, overrides, week.holidays))),
    h("td", null, segment.action ? said(target(segment.action)) : "–")));
  return h("details", { class: "list" }, h("summary", null, "The week as a list"),
    table(`Week from ${date(week.from)}, times of ${week.timezone}`, ["Date", "Time", ...(foreign ? ["From, your time"] : []), "State", "Rule", "Calls"], rows, { class: "stack" }),
    week.transitions.length ? h("ul", null, week.transitions.map((change) => h("li", null,
      `${date(change.date)}: ${change.start_time}–${change.end_time} ${change.kind === "skipped" ? "does not occur" : "occurs twice"} (offset ${change.offset_before} to ${change.offset_after}).`))) : null);
}
