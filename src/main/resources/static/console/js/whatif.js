// Editing a schedule that is never saved.

import { field, h, newId, said, select, show } from "./dom.js";

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const TYPES = [["extension", "Extension"], ["ring_group", "Ring group"], ["conference_room", "Conference room"],
  ["ivr_menu", "IVR menu"], ["voicemail", "Voicemail"], ["external", "Outside"]];
const READ_ONLY = ["id", "version", "created_at", "updated_at", "organization_id", "effective_timezone", "imported_exceptions", "overrides"];

function rangeText(range) {
  return `${range.start_time}-${range.end_time}`;
}

/** Ranges of a text such as "09:00-12:00, 13:00-17:00". Ranges that were there keep their actions. */
function ranges(text, before) {
  return text.split(/[,;\s]+/).filter(Boolean).map((part) => {
    const [start, end] = part.split(/[-–]/);
    const kept = before.find((range) => rangeText(range) === `${start}-${end}`);
    return kept ?? { start_time: start ?? "", end_time: end ?? "" };
  });
}

function actionFields(label, action) {
  const type = select({ "aria-label": `${label}: kind` }, TYPES, action.type);
  const aim = h("input", { value: action.target, "aria-label": `${label}: target` });
  return { read: () => ({ type: type.value, target: aim.value.trim() }), element: h("fieldset", null, h("legend", null, label), h("div", { class: "ranges" }, type, aim)) };
}

/**
 * A form to edit a schedule.
 *
 * @return element, and read(), which gives the body of a request
 */
export function scheduleForm(schedule, date) {
  const draft = Object.fromEntries(Object.entries(schedule).filter(([name]) => !READ_ONLY.includes(name)));
  const days = DAYS.map((day) => {
    const hours = draft.schedule?.[day] ?? { enabled: false, time_ranges: [] };
    const name = day[0].toUpperCase() + day.slice(1);
    const enabled = h("input", { type: "checkbox", checked: hours.enabled });
    const text = h("input", { value: hours.time_ranges.map(rangeText).join(", "), placeholder: "09:00-17:00", "aria-label": `${name}: ranges` });
    return { day, hours, enabled, text, element: h("div", { class: "day" }, h("label", { class: "check" }, enabled, name), text) };
  });
  const open = actionFields("Calls while open", draft.open_hours_action);
  const closed = actionFields("Calls while closed", draft.closed_hours_action);
  const zone = h("input", { value: draft.timezone ?? "", placeholder: schedule.effective_timezone ?? "" });
  const kept = (draft.exceptions ?? []).map((exception) => ({ exception, box: h("input", { type: "checkbox", checked: true }) }));
  const added = [];
  const dates = h("div", { class: "dates", tabindex: "0", role: "group", "aria-label": "Exceptions" });
  const listed = () => show(dates, kept.length + added.length ? [...added, ...kept].map(({ exception, box }) => h("label", { class: "check" }, box,
    h("span", null, exception.date, exception.end_date ? `–${exception.end_date}` : "", exception.recurrence ? " each year" : "", " ", said(exception.name), " ",
      h("span", { class: "faint" }, exception.type === "closed" ? "closed" : exception.time_ranges.map(rangeText).join(", "))))) : h("p", { class: "faint" }, "None."));
  listed();
  const newDate = h("input", { type: "date", value: date });
  const newRanges = h("input", { placeholder: "empty: closed" });
  const add = h("button", { type: "button", class: "quiet", onclick: () => {
    if (!newDate.value) return newDate.focus();
    const times = ranges(newRanges.value, []);
    added.unshift({ box: h("input", { type: "checkbox", checked: true }),
      exception: { date: newDate.value, name: "What if", type: times.length ? "special_hours" : "closed", time_ranges: times } });
    listed();
  } }, "Add");
  const id = newId("json");
  const json = h("textarea", { id, rows: 14, spellcheck: "false" });
  const raw = h("details", { ontoggle: (event) => { if (event.target.open) json.value = JSON.stringify(fromFields(), null, 2); } },
    h("summary", null, "Edit as JSON instead"), h("label", { for: id, class: "faint" }, "While this is open, it counts and the fields above do not."), json);

  function fromFields() {
    return {
      ...draft,
      timezone: zone.value.trim() || null,
      open_hours_action: open.read(),
      closed_hours_action: closed.read(),
      schedule: Object.fromEntries(days.map(({ day, hours, enabled, text }) => [day, { enabled: enabled.checked, time_ranges: ranges(text.value, hours.time_ranges) }])),
      exceptions: [...added, ...kept].filter(({ box }) => box.checked).map(({ exception }) => exception),
    };
  }

  return {
    read: () => (raw.open ? JSON.parse(json.value) : fromFields()),
    element: h("div", { class: "columns" },
      h("fieldset", null, h("legend", null, "Weekly hours"), h("div", { class: "ranges" }, days.map(({ element }) => element))),
      h("div", { class: "ranges" }, open.element, closed.element, field("Time zone", zone, "Empty: that of the organization.")),
      h("fieldset", null, h("legend", null, "Exceptions"), dates, h("div", { class: "ranges" },
        field("Another date", newDate), field("Its hours", newRanges), add)),
      raw),
  };
}
