// Entries: what the cache holds of an organization.

import { field, h, said, show } from "../dom.js";
import { call, curl, path } from "../api.js";
import { badge, card, confirm, curlBlock, empty, errorBox, facts, linkButton, loadedAt, loading, notice, table } from "../ui.js";
import { organizationControl } from "../organizations.js";
import { comparison } from "../diff.js";
import { entryPath, parseKey } from "../keys.js";
import { resource } from "../words.js";
import { bytes, duration, number, viewerSeconds } from "../format.js";

const SIZE = 50;
const LONG = 600000; // of what takes long, in ms
const CACHE = "/actuator/routing-cache";

function count(entries) {
  return `${number(entries)} ${entries === 1 ? "entry" : "entries"}`;
}

async function render(body, context) {
  const { parameters, go, signal } = context;
  const org = parameters.get("org") ?? "";
  show(body, loading("Reading organizations…"));
  try {
    const control = await organizationControl(org, signal, "Choose an organization");
    const value = () => (control.matches("select, input") ? control : control.querySelector("input")).value;
    control.addEventListener("change", () => go("entries", { org: value() }));
    const key = h("input", { name: "key", value: parameters.get("key") ?? "", placeholder: "routing:extension:1:1001", autocomplete: "off", spellcheck: "false" });
    const open = h("form", { class: "card controls", onsubmit: (event) => {
      event.preventDefault();
      const named = parseKey(key.value.trim())?.organization;
      go("entries", { org: named && named !== "0" ? named : org, key: key.value.trim() });
    } }, field("Organization", control), field("Key", key, "Any key, whether cached or not."), h("button", { type: "submit", class: "go" }, "Open the key"));
    const entry = h("div");
    const list = h("div");
    show(body, open, entry, list);
    const chosen = parameters.get("key");
    await Promise.all([
      chosen ? showDocument(entry, chosen, org, context) : null,
      org ? showList(list, org, Number(parameters.get("page") ?? 0), chosen, context)
        : show(list, chosen ? null : empty("No organization is chosen.", "Choose one above to see which of its documents are cached, or open a key.")),
    ]);
  } catch (failure) {
    if (!signal.aborted) show(body, errorBox(failure, () => go("entries", Object.fromEntries(parameters))));
  }
}

async function showList(target, org, page, chosen, context) {
  const { go, link, signal } = context;
  const address = path(`${CACHE}/${org}`, { page, size: SIZE });
  show(target, loading("Reading the keys…"));
  let keys;
  try {
    keys = await call(address, { signal });
  } catch (failure) {
    if (!signal.aborted) show(target, errorBox(failure, () => showList(target, org, page, chosen, context)));
    return;
  }
  const again = () => go("entries", { org, key: chosen, page: page || "" });
  const fromTheStart = () => go("entries", { org, key: chosen });
  const progress = h("div", { "aria-live": "polite" });
  const pages = Math.ceil(keys.total / SIZE);
  if (page > 0 && page >= pages) { // of a link: there are fewer now
    await showList(target, org, Math.max(0, pages - 1), chosen, context);
    return;
  }
  const warm = h("button", { type: "button", onclick: () => warmAll(org, progress, fromTheStart, signal) }, "Warm");
  const clear = h("button", { type: "button", class: "danger", disabled: keys.total === 0, onclick: async () => {
    const total = await entriesNow(org, signal) ?? keys.total; // some may have ended since
    if (await confirm(`Clear ${count(total)}?`,
      `All ${count(total)} of organization ${org} are evicted, negative entries and phone numbers included. The next call of each loads it from PostgreSQL. It takes 1.5 s.`,
      `Clear ${count(total)}`)) {
      await run(progress, "Clearing", (entries, before) => [Math.max(0, before - entries), before, `${count(entries)} left.`], org,
        () => call(`${CACHE}/${org}`, { method: "DELETE", timeout: LONG, signal }),
        (answer) => `${count(answer.evicted)} evicted.`, fromTheStart, signal);
    }
  } }, "Clear");
  const rows = keys.items.map((item) => {
    const parts = parseKey(item.key);
    return h("tr", { class: item.key === chosen ? "current" : null },
      h("td", null, parts?.resource === "token" ? said(item.key) : h("a", { href: link("entries", { org, page, key: item.key }) }, said(item.key))),
      h("td", null, parts ? resource(parts.resource) : "–"),
      h("td", { class: "right" }, item.size_bytes === null ? "–" : bytes(item.size_bytes)),
      h("td", null, loadedAt(item.loaded_at)),
      h("td", { class: "right" }, duration(item.ttl_seconds)),
      h("td", null, h("a", { href: link("evictions", { org, key: item.key }), "aria-label": `Evictions of ${item.key}` }, "Evictions")));
  });
  show(target,
    card(count(keys.total), null,
      h("div", { class: "buttons" }, warm, clear, linkButton(), h("button", { type: "button", class: "quiet", onclick: again }, "Read again")),
      progress,
      rows.length ? table(`Cached documents of organization ${org}`, ["Key", "Document", ["Size", "right"], "Loaded, your time", ["Ends in", "right"], "Why it vanished"], rows, { class: "stack" })
        : empty("Nothing is cached.", "Warm loads now the organization, its SIP domain and tokens, and its active extensions, schedules and phone numbers. Otherwise each is loaded by the first call that needs it."),
      pages > 1 ? h("div", { class: "buttons after" },
        page > 0 ? h("a", { class: "button", href: link("entries", { org, page: page - 1 }) }, "← Before") : null,
        h("span", { class: "faint" }, `Page ${page + 1} of ${number(pages)}`),
        page + 1 < pages ? h("a", { class: "button", href: link("entries", { org, page: page + 1 }) }, "After →") : null) : null),
    curlBlock(curl(address), curl(warming(org)), curl(`${CACHE}/${org}`, { method: "POST" }), curl(`${CACHE}/${org}`, { method: "DELETE" })));
}

function warming(org) {
  return `/api/v1/console/organizations/${org}/warming`;
}

/** Looks up what is probably needed, after the count of it has been confirmed. */
async function warmAll(org, progress, again, signal) {
  try {
    const { keys, cached } = await call(warming(org), { signal });
    const many = `${number(keys)} ${keys === 1 ? "key" : "keys"}`;
    if (keys === 0) {
      notice("There is nothing to warm.");
    } else if (await confirm(`Warm ${many}?`, `What calls of organization ${org} will probably need is looked up, four keys at a time. ${number(cached)} of them ${cached === 1 ? "is" : "are"} cached. The others are loaded from PostgreSQL.`,
      `Warm ${many}`, "")) {
      const done = (entries, before) => Math.min(keys, cached + Math.max(0, entries - before));
      await run(progress, "Warming", (entries, before) => [done(entries, before), keys, `${number(done(entries, before))} of ${many} cached.`], org,
        () => call(`${CACHE}/${org}`, { method: "POST", timeout: LONG, signal }), (answer) => `${number(answer.loaded)} of ${many} have a document, which is cached now.`, again, signal);
    }
  } catch (failure) {
    if (!signal.aborted) show(progress, errorBox(failure));
  }
}

/** How many entries an organization has; null if that could not be read. */
async function entriesNow(org, signal) {
  return (await call(path(`${CACHE}/${org}`, { size: 1 }), { signal }).catch(() => null))?.total ?? null;
}

/**
 * Runs what takes long, and shows how far it is.
 *
 * state: of the number of entries now and before, what is done, all, and this in words
 */
async function run(target, what, state, org, action, tell, again, signal) {
  const bar = h("progress", { "aria-label": what });
  const text = h("p", { class: "faint" }, `${what}…`);
  show(target, bar, text);
  const before = await entriesNow(org, signal);
  const watch = setInterval(async () => {
    const now = await entriesNow(org, signal);
    if (now === null || before === null) return;
    const [done, all, words] = state(now, before);
    bar.max = all;
    bar.value = done;
    text.textContent = `${what}: ${words}`;
  }, 400);
  try {
    const answer = await action();
    notice(tell(answer));
    await again();
  } catch (failure) {
    if (!signal.aborted) show(target, errorBox(failure));
  } finally {
    clearInterval(watch);
  }
}

async function showDocument(target, key, org, context) {
  const { link, go, parameters, signal } = context;
  const address = path("/api/v1/console/entries", { key });
  show(target, loading("Reading the entry and its row…"));
  let entry;
  try {
    entry = await call(address, { signal });
  } catch (failure) {
    if (!signal.aborted) show(target, errorBox(failure, () => showDocument(target, key, org, context)));
    return;
  }
  const parts = parseKey(key);
  const owner = !parts || parts.organization === "0" ? entry.value?.organization_id ?? entry.database?.organization_id ?? org : parts.organization;
  const place = owner ? entryPath(owner, key) : null;
  const evict = place ? h("button", { type: "button", class: "danger", disabled: !entry.cached, onclick: async () => {
    if (!await confirm("Evict 1 entry?", ["The entry ", h("code", null, said(key)), " is evicted on every Redis primary in use. The next call loads it from PostgreSQL."], "Evict 1 entry")) return;
    try {
      const answer = await call(place, { method: "DELETE" });
      notice(answer.evicted ? "Evicted." : "There was no entry any more.");
      go("entries", Object.fromEntries(parameters)); // the list has changed, too
    } catch (failure) {
      if (!signal.aborted) show(target, errorBox(failure, () => showDocument(target, key, org, context)));
    }
  } }, "Evict") : null;
  const state = !entry.cached ? badge("plain", "not cached") : !entry.readable ? badge("bad", "unreadable") : badge("good", entry.value === null ? "cached: no such row" : "cached");
  const same = !entry.database_read ? badge("warn", "not compared: PostgreSQL could not be read") : entry.same === null ? badge("plain", "nothing to compare")
    : entry.same ? badge("good", "same as the database") : badge("bad", "differs from the database");
  show(target,
    card(parts ? resource(parts.resource) : "Document", null,
      h("p", { class: "headline" }, h("code", null, said(key))),
      facts(["Entry", state], ["Compared", same], ["Loaded, your time", entry.cached ? loadedAt(entry.loaded_at) : "–"], ["Ends in", entry.ttl_seconds === null ? "–" : duration(entry.ttl_seconds)],
        ["Size", entry.size_bytes === null ? "–" : bytes(entry.size_bytes)], ["Redis server", entry.server],
        ["Schema version", entry.schema_version ?? "–"],
        ["Row last changed", entry.database?.updated_at ? [viewerSeconds(entry.database.updated_at), " ", h("span", { class: "faint" }, "your time")] : "–"]),
      h("div", { class: "buttons after" }, evict, owner ? h("a", { class: "button", href: link("evictions", { org: owner, key }) }, "Why did it vanish before?") : null, linkButton()),
      documentView(key, entry)),
    curlBlock(curl(address), ...(place ? [curl(place, { method: "DELETE" })] : [])));
}

/** The entry beside its row, as far as they are there and could be read. */
function documentView(key, entry) {
  if (entry.value === null && entry.database === null) {
    return h("p", { class: "faint" }, entry.database_read ? "There is no such row." : entry.cached ? "By the cache there is no such row." : "Nothing is known of its row.");
  }
  return comparison(key, entry.cached ? entry.value : undefined, entry.database_read ? entry.database : undefined, ["Cached", "Database now"]);
}

export const entriesPage = {
  name: "entries", title: "Entries", lead: "Which documents of an organization are cached, and each beside its row.", render,
};
