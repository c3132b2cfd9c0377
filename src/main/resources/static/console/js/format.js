// Numbers with their units, times in two zones.

const NUMBER = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The zone of the browser. */
export const viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function number(value) {
  return value === null || value === undefined || Number.isNaN(value) ? "–" : NUMBER.format(value);
}

export function percent(ratio) {
  return ratio === null || ratio === undefined || Number.isNaN(ratio) ? "–" : `${(ratio * 100).toFixed(ratio > 0.9995 || ratio === 0 ? 0 : 1)} %`;
}

export function milliseconds(value) {
  if (value === null || value === undefined) return "–";
  return value >= 10000 ? `${NUMBER.format(value / 1000)} s` : `${NUMBER.format(value)} ms`;
}

export function bytes(value) {
  if (value >= 1 << 20) return `${NUMBER.format(value / (1 << 20))} MB`;
  return value >= 1024 ? `${NUMBER.format(value / 1024)} KB` : `${NUMBER.format(value)} B`;
}

/** A time span, such as "28 min 32 s". */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  const parts = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  let rest = Math.max(0, Math.round(seconds));
  const texts = [];
  for (const [length, unit] of parts) {
    if (rest >= length || (length === 1 && texts.length === 0)) {
      texts.push(`${Math.floor(rest / length)} ${unit}`);
      rest %= length;
    }
    if (texts.length === 2) break;
  }
  return texts.join(" ");
}

/** How long ago an instant was, such as "12 min 5 s". */
export function age(instant) {
  return duration((Date.now() - Date.parse(instant)) / 1000);
}

/** "Fri 25 Dec 2026" of a local date such as "2026-12-25". */
export function date(text) {
  const [year, month, day] = text.split("-").map(Number);
  return `${WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]} ${day} ${MONTHS[month - 1]} ${year}`;
}

/** "Fri 25 Dec" of a local date. */
export function shortDate(text) {
  return date(text).slice(0, -5);
}

/** "Fri 25 Dec 2026, 10:00" of a local time with an offset, as the service writes it. */
export function local(text) {
  const time = text.slice(11, 19);
  return `${date(text.slice(0, 10))}, ${time.length < 8 || time.slice(5).match(/^(:00|[+\-Z].*)$/) ? time.slice(0, 5) : time}`;
}

const VIEWER = new Intl.DateTimeFormat("en-GB", {
  weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const VIEWER_SECONDS = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

/** An instant in the zone of the browser. */
export function viewer(instant) {
  return VIEWER.format(new Date(instant)).replace(/^(\w+), /, "$1 ");
}

/** An instant in the zone of the browser, to the second. */
export function viewerSeconds(instant) {
  return VIEWER_SECONDS.format(new Date(instant));
}

/** A text from outside within another text, isolated so that its direction changes nothing around it. */
export function isolated(text) {
  return `\u2068${String(text).replace(/[\u202a-\u202e\u2066-\u2069]/g, "")}\u2069`; // without marks that could end the isolation
}

/** The city of a zone: "New York" of "America/New_York". */
export function city(zone) {
  return zone.split("/").pop().replaceAll("_", " ");
}
