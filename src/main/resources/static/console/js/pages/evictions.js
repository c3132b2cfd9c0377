// Evictions: why entries vanished.

import { field, h, said, select, show } from "../dom.js";
import { call, curl, path } from "../api.js";
import { badge, card, curlBlock, empty, errorBox, linkButton, loading, table } from "../ui.js";
import { organizationControl } from "../organizations.js";
import { parseKey } from "../keys.js";
import { resource } from "../words.js";
import { isolated, milliseconds, viewerSeconds } from "../format.js";

const LIMIT = 100;

const CAUSES = {
  change: ["info", "change", "Rows of the document were changed."],
  operator: ["warn", "operator", "An operator evicted it."],
  tag: ["warn", "bulk", "An operator evicted many documents at once."],
  expired: ["plain", "expired", "Its time to live was over."],
  unreadable: ["bad", "unreadable", "Its value was damaged, or not of this service."],
  reconnect: ["plain", "reconnect", "A new connection evicts what the one before may have missed."],
  schema_version: ["plain", "schema version", "Another release had stored it."],
};

/** Causes that Redis has to confirm. */
const REQUESTED = new Set(["change", "operator", "tag", undefined]);

/** A text as a sentence of its own. */
function sentence(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}

/** Who did it and how, in words. */
function origin(item) {
  if (item.cause === "change") {
    const where = item.changed_table ? ` of table ${item.changed_table}` : "";
    const how = item.operation ? ` (${item.operation})` : "";
    if (item.token_name) return `Change${where}${how} through the API by token “${isolated(item.token_name)}”`;
    return `SQL statement on rows${where}${how}${item.application_name ? ` by application “${isolated(item.application_name)}”` : ""}${item.database_user ? ` as database user ${isolated(item.database_user)}` : ""}`;
  }
  const which = item.selection ? ` Selected: ${isolated(item.selection)}.` : "";
  const by = item.token_name ? ` Token “${isolated(item.token_name)}”.` : "";
  const on = item.instance ? ` Noticed by ${isolated(item.instance)}.` : "";
  return `${CAUSES[item.cause]?.[2] ?? "A release before recorded no cause."}${which}${by}${on}${item.detail ? ` ${sentence(item.detail)}` : ""}`;
}

/** The organization whose document a key without one names; or why it is not known. */
async function owner(key, signal) {
  try {
    const entry = await call(path("/api/v1/console/entries", { key }), { signal });
    const id = entry.value?.organization_id ?? entry.database?.organization_id ?? null;
    return { id, why: entry.database_read ? "No such document is there now." : "PostgreSQL could not be read." };
  } catch (failure) {
    if (signal.aborted) throw failure;
    return { id: null, why: failure.status === 400 ? "Documents of this kind are not shown." : failure.message };
  }
}

async function render(body, { parameters, go, link, signal }) {
  const given = Object.fromEntries(parameters);
  show(body, loading("Reading organizations…"));
  try {
    let unknown = null; // why the organization of the key is not known
    if (given.key && parseKey(given.key)?.organization === "0") {
      const { id, why } = await owner(given.key, signal);
      given.org = id ?? given.org;
      unknown = id === null ? why : null;
      history.replaceState(null, "", link("evictions", given));
    }
    const org = given.org ?? "";
    const control = await organizationControl(org, signal, "Choose an organization");
    const value = () => (control.matches("select, input") ? control : control.querySelector("input")).value;
    const key = h("input", { name: "key", value: given.key ?? "", placeholder: "all keys", autocomplete: "off", spellcheck: "false" });
    const cause = select({ name: "cause" }, [["", "Any"], ...Object.entries(CAUSES).map(([code, [, text]]) => [code, text])], given.cause ?? "");
    const named = () => parseKey(key.value.trim())?.organization ?? "0"; // "0": not in the key
    const ask = () => go("evictions", { org: named() === "0" ? value() : named(), key: key.value.trim(), cause: cause.value });
    control.addEventListener("change", () => {
      if (!["0", value()].includes(named())) key.value = ""; // of another organization
      ask();
    });
    cause.addEventListener("change", ask);
    const result = h("div");
    show(body, h("form", { class: "card controls", onsubmit: (event) => {
      event.preventDefault();
      ask();
    } }, field("Organization", control), field("Key", key, "Empty: every key of the organization, its phone numbers, SIP domain and tokens included."), field("Cause", cause),
    h("button", { type: "submit", class: "go" }, "Show evictions")), result);
    if (!org) {
      show(result, given.key ? empty("The key does not tell its organization.", unknown, " Choose the organization that it belongs or belonged to.")
        : empty("No organization is chosen.", "Choose one above. A key, such as routing:extension:1:1001, narrows the list to one document."));
      return;
    }
    await read(result);

    async function read(target) {
      const address = path(`/actuator/routing-cache/${org}/evictions`, { key: given.key, cause: given.cause, limit: LIMIT });
      show(target, loading("Reading evictions…"));
      try {
        const { items } = await call(address, { signal });
        show(target, card(given.key ? ["Last evictions of ", h("code", null, said(given.key))] : `Last evictions of organization ${org}`, null,
          h("div", { class: "buttons" }, linkButton(), h("button", { type: "button", class: "quiet", onclick: () => read(target) }, "Read again"),
            given.key ? h("a", { class: "button", href: link("entries", { org, key: given.key }) }, "Open the entry") : null),
          items.length ? table(`Times are those of this browser; at most ${LIMIT}, the newest first`, ["When", "Cause", "What and who", "Document", ["Confirmed in", "right"], "By server"], items.map(row), { class: "stack" })
            : given.cause === "expired" ? empty("No expiry is remembered.", given.key ? "An instance knows only expiries of entries that it has stored itself, and this reading was answered by one." : "Expiries are listed for a single key only. Enter one above.")
            : empty(given.cause ? "No eviction of this cause is remembered." : "No eviction is remembered.", "Evictions are remembered for as long as entries may live, and 5 minutes longer. Nothing of this was evicted since.")),
        curlBlock(curl(address)));
      } catch (failure) {
        if (!signal.aborted) show(target, errorBox(failure, () => read(target)));
      }
    }

    function row(item) {
      const [kind, text] = CAUSES[item.cause] ?? ["plain", "unknown"];
      const parts = item.key ? parseKey(item.key) : null;
      return h("tr", null,
        h("td", { class: "num" }, h("time", { datetime: item.stated_at, title: item.stated_at }, viewerSeconds(item.stated_at))),
        h("td", null, badge(kind, text)),
        h("td", { class: "wide" }, said(origin(item)), item.statement ? h("pre", { class: "statement", dir: "auto", tabindex: "0", role: "group", "aria-label": "SQL statement" }, item.statement) : null),
        h("td", { class: "wide" }, item.key ? h("span", null, parts ? `${resource(parts.resource)} ` : "", h("a", { href: link("evictions", { org, key: item.key }) }, said(item.key)))
          : item.organization_id ? "everything of the organization" : item.organization_id === 0 ? "all phone numbers, SIP domains and tokens" : "everything"),
        h("td", { class: "right" }, item.took_ms !== undefined ? milliseconds(item.took_ms) : REQUESTED.has(item.cause) ? badge("warn", "still open") : "–"),
        h("td", null, (item.servers ?? []).map((server) => h("div", { class: "num" }, server.server, REQUESTED.has(item.cause) ? [" ", h("span", { class: "faint" }, milliseconds(server.took_ms))] : null))));
    }
  } catch (failure) {
    if (!signal.aborted) show(body, errorBox(failure, () => go("evictions", given)));
  }
}

export const evictionsPage = {
  name: "evictions", title: "Evictions", lead: "Why entries vanished: which statement or person, and how long each Redis server took to confirm.", render,
};
