// Week: the hours of one schedule.

import { field, h, said, select, show } from "../dom.js";
import { call, curl, path } from "../api.js";
import { badge, card, curlBlock, empty, errorBox, facts, linkButton, loading, overrideFacts, times } from "../ui.js";
import { organizationControl, schedules } from "../organizations.js";
import { weekView } from "../weekview.js";
import { rule, target } from "../words.js";
import { date } from "../format.js";

function plusDays(day, days) {
  const [year, month, number] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, number + days)).toISOString().slice(0, 10);
}

/** Monday of the week of a date. */
function monday(day) {
  const [year, month, number] = day.split("-").map(Number);
  return plusDays(day, -((new Date(Date.UTC(year, month - 1, number)).getUTCDay() + 6) % 7));
}

async function render(body, { parameters, go, link, signal }) {
  const org = parameters.get("org") ?? "";
  const from = parameters.get("from") ?? "";
  show(body, loading("Reading organizations…"));
  try {
    const control = await organizationControl(org, signal, "Choose an organization");
    const names = org ? await schedules(org, signal) : [];
    // An organization without hours of its own may have schedules for phone numbers.
    const schedule = parameters.get("schedule") ?? (names?.some((name) => name.scope === "organization") ? "" : names?.[0]?.id ?? "");
    const of = (changes) => go("week", { org, schedule, from, ...changes });
    const value = (element) => (element.matches("select, input") ? element : element.querySelector("input")).value;
    control.addEventListener("change", () => of({ org: value(control), schedule: "" }));
    const scheduleControl = select({ onchange: (event) => of({ schedule: event.target.value }) },
      (names ?? []).map((name) => [name.scope === "organization" ? "" : name.id, name.scope === "organization" ? name.name : `${name.name} (phone numbers)`]), schedule);
    const dateControl = h("input", { type: "date", value: from, onchange: (event) => of({ from: event.target.value ? monday(event.target.value) : "" }) });
    const result = h("div");
    show(body, h("form", { class: "card controls", onsubmit: (event) => event.preventDefault() },
      field("Organization", control), names?.length ? field("Schedule", scheduleControl) : null, org ? field("Week of", dateControl, names ? null : "PostgreSQL could not be read, so schedules are not listed.") : null), result);
    if (!org) {
      show(result, empty("No organization is chosen.", "Choose one above to see its hours."));
      return;
    }
    show(result, loading("Reading the week…"));
    await week(result);

    async function week(target) {
      const address = (date) => path(`/api/v1/console/organizations/${org}/business-hours/week`, { from: date, schedule_id: schedule });
      try {
        const answer = await call(address(from), { signal });
        dateControl.value ||= answer.week.from;
        if (!from) history.replaceState(null, "", link("week", { ...Object.fromEntries(parameters), from: answer.week.from })); // the same week later
        show(target, weekCard(answer, address(answer.week.from)));
      } catch (failure) {
        if (signal.aborted) return;
        show(target, failure.status === 404
          ? empty("There are no hours to show.", said(failure.message), " An active schedule is created in the back office, by POST to /api/v1/organizations/", org, "/business-hours.")
          : errorBox(failure, () => week(target)));
      }
    }

    function weekCard(answer, address) {
      const { now, week } = answer;
      const open = now.state === "open";
      const isThisWeek = now.local_time.slice(0, 10) >= week.from && now.local_time.slice(0, 10) < plusDays(week.from, 7);
      const hash = { org, schedule, from: week.from };
      const override = answer.overrides.find((one) => one.id === now.override?.id);
      return [
        card("Now", { class: "now-state" },
          h("p", { class: "headline" }, badge(open ? "good" : "plain", now.state), " ", said(answer.schedule_name), " of ", said(answer.organization_name)),
          facts(
            ["Now", times(now.local_time, week.timezone, now.evaluated_at)],
            [open ? "Closes" : "Opens", answer.next_change ? times(answer.next_change, week.timezone, now.next_change_at) : "not within a year"],
            ["Rule", said(rule(now.matched, now.state, now.override, answer.overrides, answer.holiday_now ? [now.matched.date] : []))],
            ["Calls", said(target(now.action))],
            ["Time zone", week.timezone]),
          override ? [h("h3", null, `Override ${override.id} decides`), overrideFacts(override, week.timezone)] : null),
        card(`Week from ${date(week.from)}`, null,
          h("div", { class: "buttons" },
            h("a", { class: "button", href: link("week", { ...hash, from: plusDays(week.from, -7) }) }, "← Week before"),
            h("a", { class: "button", href: link("week", { ...hash, from: "" }) }, "This week"),
            h("a", { class: "button", href: link("week", { ...hash, from: plusDays(week.from, 7) }) }, "Week after →"),
            linkButton()),
          weekView(week, {
            at: isThisWeek ? now.evaluated_at : null, decides: "This rule applies now.", mark: "now", chosen: parameters.get("at"), overrides: answer.overrides,
            onchoose: (segment) => history.replaceState(null, "", link("week", { ...hash, at: segment.start })),
          }),
          h("p", { class: "faint" }, "By the evaluator of decisions, from the documents that decisions use. ",
            h("a", { href: link("why", { org, direction: "inbound" }) }, "Why does a call go where it goes?"))),
        curlBlock(curl(address)),
      ];
    }
  } catch (failure) {
    if (!signal.aborted) show(body, errorBox(failure, () => go("week", Object.fromEntries(parameters))));
  }
}

export const weekPage = {
  name: "week", title: "Week", lead: "When a schedule is open, by which rule, and where calls go.", render,
};
