// Choosing an organization.

import { h, newId, select } from "./dom.js";
import { call, find } from "./api.js";

const MOST = 200;

/** The organizations that a list can hold, and how many there are. */
export async function organizations(signal) {
  return call(`/api/v1/console/organizations?size=${MOST}&sort=name`, { signal });
}

/**
 * A control to choose one: a list; or, if there are more than a list can hold or PostgreSQL cannot be
 * asked for them, a field for the id with suggestions. Its value is the id, or empty.
 */
export async function organizationControl(chosen, signal, none) {
  const found = await organizations(signal).catch((failure) => {
    if (failure.status !== 503) throw failure;
    return null; // calls are still explained then
  });
  if (found && found.total <= MOST) {
    return select({ name: "org" }, [...(none ? [["", none]] : []), ...found.items.map((item) => [item.id, `${item.name} (${item.id})`])], chosen);
  }
  const id = newId("organizations");
  const list = h("datalist", { id });
  const input = h("input", { name: "org", inputmode: "numeric", list: id, value: chosen ?? "", autocomplete: "off", placeholder: none ?? "Id, or part of the name" });
  input.addEventListener("input", async () => {
    const typed = input.value;
    if (/^\d*$/.test(typed)) return;
    const matching = await call(`/api/v1/console/organizations?size=20&q=${encodeURIComponent(typed)}`, { signal }).catch(() => null);
    // Answers may arrive in another order than they were asked for.
    if (matching && input.value === typed) list.replaceChildren(...matching.items.map((item) => h("option", { value: item.id }, item.name)));
  });
  input.after(list);
  return h("span", { class: "suggest" }, input, list);
}

/** The active schedules of an organization; null if PostgreSQL cannot be asked for them. */
export async function schedules(organization, signal) {
  try {
    return (await find(`/api/v1/console/organizations/${organization}/schedules`, { signal })) ?? [];
  } catch (failure) {
    if (failure.status !== 503) throw failure;
    return null; // weeks are still shown then
  }
}
