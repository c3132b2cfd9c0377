// Pieces that the pages share.

import { h, newId, said, show } from "./dom.js";
import { age, city, local, viewer, viewerSeconds, viewerZone } from "./format.js";

/** A section with a heading. */
export function card(title, properties, ...children) {
  const id = newId("card");
  return h("section", { ...properties, class: `card ${properties?.class ?? ""}`, "aria-labelledby": id },
    h("h2", { id }, title), children);
}

/** A short mark with a colour: good, warn, bad, info or plain. */
export function badge(kind, text) {
  return h("span", { class: `badge ${kind}` }, text);
}

/** What happened, and what to do. */
export function errorBox(failure, retry) {
  return h("div", { class: "error", role: "alert" },
    h("strong", null, failure.title ?? "Something went wrong"),
    h("p", null, said(failure.message)),
    failure.errors?.length > 1 ? h("ul", null, failure.errors.map((error) => h("li", null, h("code", null, error.field), " ", said(error.message)))) : null,
    failure.status ? h("p", { class: "faint" }, `HTTP status ${failure.status}${failure.address ? ` of ${failure.address}` : ""}`) : null,
    retry ? h("button", { type: "button", onclick: retry }, "Try again") : null);
}

/** Nothing is there, and what to do about it. */
export function empty(title, ...hints) {
  return h("div", { class: "empty" }, h("strong", null, title), h("p", null, hints));
}

export function loading(text) {
  return h("p", { class: "loading", role: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), text);
}

let noticeTimer;

/** Says something for some seconds. */
export function notice(text) {
  const region = document.getElementById("notice");
  show(region, text ? h("p", null, text) : null);
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => show(region), 5000);
}

/** Commands that show the same in a terminal, to be copied. */
export function curlBlock(...commands) {
  return h("details", { class: "curl" },
    h("summary", null, "The same with curl"),
    h("p", { class: "faint" }, "Set OPS_TOKEN first; no token is in the commands."),
    commands.map((command) => h("div", { class: "command" },
      h("pre", { tabindex: "0" }, h("code", null, command)),
      h("button", { type: "button", class: "quiet", onclick: () => copy(command) }, "Copy"))));
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    notice("Copied.");
  } catch {
    notice("The browser did not allow copying. Select the text instead.");
  }
}

/** A button that copies the address of the page, or another one below it. */
export function linkButton(hash = () => location.hash) {
  return h("button", { type: "button", class: "quiet", onclick: () => copy(new URL(hash(), location.href).href) }, "Copy link");
}

/** A time in the zone of the schedule, and in the viewer's if that is another one. */
export function times(localText, zone, instant) {
  const own = viewer(instant);
  const theirs = local(localText);
  const same = zone === viewerZone || own.replace(/[^0-9A-Za-z:]/g, "") === theirs.replace(/[^0-9A-Za-z:]/g, "");
  return h("span", { class: "times" },
    h("time", { datetime: instant }, theirs), " ", h("span", { class: "faint", title: zone }, city(zone)),
    same ? null : h("span", { class: "viewer faint", title: viewerZone }, h("time", { datetime: instant }, own), " your time"));
}

/** Terms and what they are. */
export function facts(...pairs) {
  return h("dl", { class: "facts" }, pairs.filter(Boolean).map(([term, value]) => h("div", null, h("dt", null, term), h("dd", null, value))));
}

const ORIGINS = { api: "through the API", toggle: "by a toggle", sql: "by SQL" };
const SCOPES = { organization: "the whole organization", schedule: "this schedule", number: "the dialled number" };

/** Who created an override, why, and from when to when. */
export function overrideFacts(override, zone) {
  return facts(
    ["Created by", [said(override.created_by), ` ${ORIGINS[override.created_via] ?? ""}`]],
    ["Why", override.note ? said(override.note) : "no note"],
    ["From", times(override.starts_at, zone, override.starts_at)],
    ["Until", override.ends_at ? times(override.ends_at, zone, override.ends_at) : "somebody clears it"],
    ["Applies to", SCOPES[override.scope] ?? override.scope],
    override.cleared_at ? ["Cleared", [times(override.cleared_at, zone, override.cleared_at), " by ", said(override.cleared_by)]] : null);
}

/** How long ago an entry's document was loaded, with the time; or that the entry does not tell. */
export function loadedAt(instant) {
  if (!instant) return h("span", { class: "faint", title: "Negative entries, and those of an earlier release, do not have the time." }, "not recorded");
  return h("span", null, h("time", { datetime: instant, title: viewer(instant) }, viewerSeconds(instant)), " ", h("span", { class: "faint" }, `${age(instant)} ago`));
}

/** A dialog that returns what was chosen when it is closed. */
export function dialog(title, body, buttons, properties) {
  const id = newId("dialog");
  return new Promise((resolve) => {
    const element = h("dialog", { "aria-labelledby": id, ...properties },
      h("form", { method: "dialog", onsubmit: (event) => { event.preventDefault(); element.close(event.submitter?.value ?? ""); } },
        h("h2", { id }, title), body,
        h("div", { class: "buttons" }, buttons.map(([value, text, kind]) => h("button", { value, class: kind ?? "", type: "submit" }, text)))));
    element.addEventListener("close", () => {
      element.remove();
      resolve(element.returnValue);
    });
    document.body.append(element);
    element.showModal();
  });
}

/** Asks before something is done that cannot be undone or takes long. */
export async function confirm(title, text, action, kind = "danger") {
  return await dialog(title, h("p", null, text), [["", "Cancel", "quiet"], ["yes", action, kind]]) === "yes";
}

/** A table. On phones, one of class "stack" shows each row as a list with the headings. A heading is a text, or a text and a class. It scrolls sideways within itself. */
export function table(caption, heads, rows, properties) {
  for (const row of rows) {
    [...row.children].forEach((cell, index) => cell.setAttribute("data-head", [heads[index]].flat()[0]));
  }
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", properties, h("caption", null, caption),
      h("thead", null, h("tr", null, heads.map((head) => (Array.isArray(head) ? h("th", { scope: "col", class: head[1] }, head[0]) : h("th", { scope: "col" }, head))))),
      h("tbody", null, rows)));
}
