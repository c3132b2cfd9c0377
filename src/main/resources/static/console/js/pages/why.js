// Why this call: a decision with everything that led to it.

import { field, h, said, select, show } from "../dom.js";
import { call, curl, path } from "../api.js";
import { badge, card, curlBlock, empty, errorBox, facts, linkButton, loadedAt, loading, overrideFacts, times } from "../ui.js";
import { organizationControl } from "../organizations.js";
import { comparison } from "../diff.js";
import { scheduleForm } from "../whatif.js";
import { weekView } from "../weekview.js";
import { cacheStatus, outcome, reason, resource, rule, steps } from "../words.js";
import { age, bytes, city, duration, local, viewerSeconds, viewerZone } from "../format.js";

const WHEN = [["now", "Now"], ["schedule", "In the schedule's zone"], ["viewer", `In my zone (${city(viewerZone)})`], ["utc", "In UTC"]];

const DECIDED = { decides: "This rule decided.", mark: "decided" };

/** The instant of a local time without offset. */
function instant(text, zone) {
  return zone === "utc" ? `${text.length === 16 ? `${text}:00` : text}Z` : new Date(text).toISOString();
}

async function render(body, { parameters, go, link, signal }) {
  show(body, loading("Reading organizations…"));
  try {
    const given = Object.fromEntries(parameters);
    const org = await organizationControl(given.org ?? "", signal, "From the phone number");
    const value = () => (org.matches("select, input") ? org : org.querySelector("input")).value;
    const to = h("input", { name: "to", value: given.to ?? "", placeholder: "+12125550100 or 1001", autocomplete: "off" });
    const from = h("input", { name: "from", value: given.from ?? "", placeholder: "any", autocomplete: "off" });
    const direction = select({ name: "direction" }, [["inbound", "Inbound, from outside"], ["internal", "Internal"]], given.direction ?? "inbound");
    const mode = given.at ? "utc" : given.local ? "schedule" : "now";
    const when = select({ name: "when", onchange: () => showTime() }, WHEN, mode);
    const time = h("input", { name: "time", type: "datetime-local", step: 1, value: (given.local ?? given.at ?? "").slice(0, 19) });
    const timeField = field("Date and time", time);
    const showTime = () => { timeField.hidden = when.value === "now"; };
    showTime();
    const result = h("div");
    const form = h("form", { class: "card controls", onsubmit: (event) => {
      event.preventDefault();
      const moment = when.value === "now" || !time.value ? {}
        : when.value === "schedule" ? { local: time.value } : { at: instant(time.value, when.value) };
      go("why", { org: value(), to: to.value.trim(), from: from.value.trim(), direction: direction.value, ...moment });
    } },
    field("Dialled (to)", to, "Phone number with its plus sign, or extension; may be empty if inbound."),
    field("Caller (from)", from, "Matters only if the number has rules for callers."),
    field("Organization", org, "Not needed for a phone number."),
    field("Direction", direction), field("When", when), timeField,
    h("button", { type: "submit", class: "go" }, "Explain"));
    show(body, form, result);
    const asked = given.to || given.org;
    if (!asked) {
      show(result, empty("No call yet.", "Enter what was dialled and when, then choose Explain. The address of the page keeps the call, so it can be passed on."));
      return;
    }
    await explain(given, result, link, signal);
  } catch (failure) {
    if (!signal.aborted) show(body, errorBox(failure, () => go("why", Object.fromEntries(parameters))));
  }
}

async function explain(given, result, link, signal) {
  const address = (at) => path("/api/v1/console/explanation", {
    organization_id: given.org, to: given.to, from: given.from, direction: given.direction ?? "inbound", at, local_time: given.local,
  });
  show(result, loading("Deciding, and reading the database…"));
  try {
    const explanation = await call(address(given.at), { signal });
    const at = given.local ? null : explanation.decision.evaluated_at;
    if (at !== given.at && !given.local) history.replaceState(null, "", link("why", { ...given, at })); // the same call later
    show(result, answer(explanation, address(at), signal));
  } catch (failure) {
    if (signal.aborted) return;
    show(result, errorBox(failure, () => explain(given, result, link, signal)));
  }
}

function answer(explanation, address, signal) {
  const { decision, hours, overrides, timezone } = explanation;
  const applied = decision.business_hours?.override;
  const row = overrides.find((one) => one.id === applied?.id);
  const because = ["open_hours_action", "closed_hours_action"].includes(decision.reason) && hours
    ? [`the hours are ${decision.business_hours?.state ?? "open"}: `, said(rule(hours.matched, decision.business_hours?.state, applied?.mode === "action" ? null : applied, overrides, hours.week.holidays))]
    : reason(decision.reason);
  return [
    card("Answer", { class: "answer" },
      h("p", { class: "verdict" },
        "The call", decision.to ? [" to ", h("b", null, said(decision.to))] : "", decision.from ? [" from ", h("b", null, said(decision.from))] : "",
        ` on ${local(explanation.local_time)} (${city(timezone)}) `, h("b", null, said(outcome(decision.action))), " because ", because, "."),
      facts(
        ["When", times(explanation.local_time, timezone, decision.evaluated_at)],
        hours ? ["Next change of the hours", hours.next_change ? times(hours.next_change, timezone, decision.business_hours?.next_change_at ?? hours.next_change) : "none within a year"] : null,
        ["Outcome", [badge(decision.outcome === "route" ? "good" : "bad", decision.outcome), " ", h("code", null, decision.reason)]],
        decision.action.then ? ["If it is missed", said(outcome(decision.action.then))] : null,
        ["Organization", explanation.organization ? [said(explanation.organization.name), ` (${explanation.organization.id})`] : "none"],
        ["Compared with the database", compared(explanation.database)],
        decision.degraded ? ["Degraded", badge("warn", "PostgreSQL is down: documents may be out of date")] : null),
      h("div", { class: "buttons after" }, linkButton())),
    row ? card(`Override ${row.id} decides`, null, overrideFacts(row, timezone)) : null,
    card("Step by step", null, h("ol", { class: "steps" },
      steps(explanation).map(({ text, documents }) => h("li", null, said(text), documents.map(documentView))),
      h("li", { class: "last" }, "So the call ", h("b", null, said(outcome(decision.action))), "."))),
    hours ? card("The rule in its week", null, weekView(hours.week, { at: decision.evaluated_at, ...DECIDED, overrides })) : null,
    databaseCard(explanation),
    whatIf(explanation, signal),
    curlBlock(curl(address)),
  ];
}

function compared({ same, problem }) {
  if (problem) return badge("warn", problem);
  return same ? badge("good", "the same decision") : badge("bad", "another decision");
}

function documentView(document) {
  const state = document.same === null ? badge("plain", "not compared") : document.same ? badge("good", "same as the database") : badge("bad", "differs from the database");
  return h("details", { class: "document", open: document.same === false },
    h("summary", null, resource(document.resource), " ", h("code", null, document.key), h("span", null, cacheStatus(document.cache_status)),
      h("span", null, [document.server, document.loaded_at ? `${age(document.loaded_at)} old` : null].filter(Boolean).join(", ")), state),
    facts(["Cache-Status", h("code", null, document.cache_status)],
      ["Entry in Redis", document.ttl_seconds === null ? "none now" : `${bytes(document.size_bytes ?? 0)}, ends in ${duration(document.ttl_seconds)}`],
      document.ttl_seconds === null ? null : ["Loaded, your time", loadedAt(document.loaded_at)],
      ["Redis server", document.server ?? "could not be read"],
      ["Row last changed", document.database?.updated_at ? [viewerSeconds(document.database.updated_at), " ", h("span", { class: "faint" }, "your time")] : "–"]),
    document.value === null && document.database === null ? h("p", { class: "faint" }, document.same === null ? "The decision found no such row; PostgreSQL could not be read." : "There is no such row; that is cached, too.")
      : comparison(document.key, document.value, document.same === null ? undefined : document.database, ["Used by the decision", "Database now"]));
}

function databaseCard({ decision, database, lookups }) {
  if (database.same !== false && lookups.every((lookup) => lookup.same !== false)) return null;
  const differing = lookups.filter((lookup) => lookup.same === false);
  return card(database.same === false ? "The database has another decision" : "The database has other documents, but the same decision", null,
    database.same === false && database.decision ? h("div", { class: "before-after" },
      h("div", null, h("h3", null, "By the cached documents"), h("p", null, said(`The call ${outcome(decision.action)}.`)), h("code", null, decision.path.join(" → "))),
      h("div", { class: database.same ? null : "changed" }, h("h3", null, "By the database now"), h("p", null, said(`The call ${outcome(database.decision.action)}.`)), h("code", null, database.decision.path.join(" → ")))) : null,
    h("p", null, differing.length ? `${differing.length} of ${lookups.length} documents differ; they are opened and marked above. ` : "",
      "A change is usually evicted within 0.1 s. If this stays, look at Servers for the outbox, or evict the entry on the page Entries."));
}

function whatIf(explanation, signal) {
  const schedule = explanation.lookups.find((lookup) => lookup.resource === "business_hours" && lookup.value)?.value;
  if (!schedule) return null;
  const { decision } = explanation;
  const form = scheduleForm(schedule, explanation.local_time.slice(0, 10));
  const result = h("div", { "aria-live": "polite" });
  const ask = async (event) => {
    event.preventDefault();
    let body;
    try {
      body = {
        organization_id: decision.organization_id,
        call: { to: decision.to, from: decision.from, direction: decision.direction, at: decision.evaluated_at },
        schedule: form.read(),
      };
    } catch (error) {
      show(result, errorBox({ title: "This is not JSON", message: error.message }));
      return;
    }
    show(result, loading("Deciding with the edited schedule…"));
    try {
      const address = "/api/v1/console/explanation/what-if";
      const { what_if: edited } = await call(address, { method: "POST", body, signal });
      show(result,
        h("div", { class: "before-after" },
          h("div", null, h("h3", null, "Now"), h("p", null, said(`The call ${outcome(decision.action)}.`)), h("code", null, decision.path.join(" → "))),
          h("div", { class: edited.same ? null : "changed" }, h("h3", null, `With the edited schedule${edited.same ? ": the same" : ""}`),
            h("p", null, said(`The call ${outcome(edited.decision.action)}.`)), h("code", null, edited.decision.path.join(" → ")),
            edited.hours?.next_change ? facts(["Next change", times(edited.hours.next_change, edited.hours.week.timezone, edited.hours.next_change)]) : null)),
        edited.hours ? weekView(edited.hours.week, { at: decision.evaluated_at, ...DECIDED, overrides: explanation.overrides }) : null,
        curlBlock(curl(address, { method: "POST", body })));
    } catch (failure) {
      if (signal.aborted) return;
      show(result, errorBox(failure));
    }
  };
  return h("details", { class: "card what-if" },
    h("summary", null, "What if the schedule were another one?"),
    h("p", { class: "faint" }, "Edit “", said(schedule.name), "” and decide about the same call again. Nothing is saved."),
    h("form", { onsubmit: ask }, form.element, h("div", { class: "buttons after" }, h("button", { type: "submit" }, "Decide with these hours"))),
    result);
}

export const whyPage = {
  name: "why", title: "Why this call", lead: "Where a call goes and why: each step, the rule in its week, and each document beside the database.", render,
};
