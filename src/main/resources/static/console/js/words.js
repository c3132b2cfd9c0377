// A decision in words.

import { city, date, isolated, local, shortDate } from "./format.js";

const REASONS = {
  extension_active: "the dialled extension accepts the call",
  extension_forwarded: "the dialled extension forwards the call",
  open_hours_action: "the hours are open, and this is their action",
  closed_hours_action: "the hours are closed, and this is their action",
  override_action: "an override sends all calls there",
  caller_rule: "the number has a rule for this caller",
  do_not_disturb: "the extension is not to be disturbed",
  no_closed_hours_action: "an override closes the hours, and no action is set for closed hours",
  number_not_found: "the dialled number does not exist, or belongs to another organization",
  number_inactive: "the dialled number is inactive",
  extension_not_found: "the extension does not exist",
  extension_inactive: "the extension is inactive",
  forward_target_not_found: "a forward leads to an extension that does not exist",
  forward_target_inactive: "a forward leads to an inactive extension",
  forward_loop: "forwards lead in a circle, or there are more than five",
  action_target_not_found: "the action leads to an extension that does not exist",
  action_target_inactive: "the action leads to an inactive extension",
  organization_inactive: "the organization is suspended",
  organization_not_found: "the organization does not exist",
  configuration_invalid: "stored rows are invalid",
};

const TARGETS = {
  extension: "extension", ring_group: "ring group", conference_room: "conference room",
  ivr_menu: "IVR menu", voicemail: "voicemail", external: "outside to",
};

/** Why, as the end of a sentence that begins with "because". */
export function reason(code) {
  return REASONS[code] ?? code;
}

/** An action of a schedule: "voicemail acme-main". */
export function target(action) {
  return action ? `${TARGETS[action.type] ?? action.type} ${isolated(action.target)}` : "nothing";
}

/** Where a call goes, as the end of a sentence that begins with "The call". */
export function outcome(action) {
  switch (action.type) {
    case "dial_extension": return `rings extension ${action.extension} for ${action.timeout_seconds} s`;
    case "dial_number": return `is sent to ${action.number}`;
    case "dial_sip": return `is sent to ${isolated(action.uri)}`;
    case "join_conference": return `joins conference room ${isolated(action.conference_room_id)}`;
    case "ring_group": return `rings group ${isolated(action.ring_group_id)}`;
    case "ivr_menu": return `plays IVR menu ${isolated(action.ivr_menu_id)}`;
    case "ai_assistant": return `is connected to the assistant of ${isolated(action.provider)} at ${action.phone_number}`;
    case "voicemail": return `goes to voicemail ${isolated(action.mailbox)}`;
    case "reject": return `is rejected (${action.cause.replaceAll("_", " ")})`;
    default: return action.type;
  }
}

/** Names an override, with its note if its row is among those given. */
function overrideName(override, overrides) {
  const note = overrides.find((one) => one.id === override.id)?.note;
  return `override ${override.id} by ${isolated(override.created_by)}${note ? ` (“${isolated(note)}”)` : ""}`;
}

/**
 * Which rule makes a time open or closed. overrides: the rows of overrides, which have notes. holidays:
 * the dates whose exception a holiday calendar has.
 */
export function rule(matched, state, override, overrides = [], holidays = []) {
  if (override && override.mode !== "action") {
    return `${overrideName(override, overrides)}: ${override.mode}`;
  }
  const also = override ? `; ${overrideName(override, overrides)} decides where calls go` : "";
  if (!matched) return (state === "open" ? "no schedule: always open" : "outside of all ranges") + also;
  const range = matched.start_time ? `${matched.start_time}–${matched.end_time}` : null;
  if (matched.kind === "exception") {
    const exception = `${holidays.includes(matched.date) ? "holiday" : "exception"} “${isolated(matched.name)}”`;
    return (range ? `${exception} of ${date(matched.date)}, ${range}` : `${exception} closes ${date(matched.date)}`) + also;
  }
  return `weekly range ${range} of ${shortDate(matched.date)}${also}`;
}

/** Whether a segment is the end of a range that began the day before. */
export function isTail(segment) {
  return Boolean(segment.matched?.start_time) && segment.matched.date < segment.date;
}

/** The state of a lookup (RFC 9211) in words. */
export function cacheStatus(header) {
  const parts = header.split(";").map((part) => part.trim());
  const detail = parts.find((part) => part.startsWith("detail="))?.slice(7);
  const note = detail === "degraded" ? ", while PostgreSQL is down" : detail === "redis-unavailable" ? ", because Redis is unavailable" : "";
  if (parts.includes("hit")) return `from the cache${note}`;
  if (parts.includes("stored")) return "loaded from PostgreSQL, now cached";
  return `loaded from PostgreSQL, not cached${note}`;
}

const RESOURCES = {
  organization: "Organization", extension: "Extension", business_hours: "Schedule", phone_number: "Phone number",
  phone_number_block: "Blocks of numbers", sip_domain: "SIP domain", token: "Token",
};

export function resource(name) {
  return RESOURCES[name] ?? name;
}

/**
 * The steps of a decision: each has a text, the kind of its document if it looked one up, and for hours
 * a mark.
 */
export function steps(explanation) {
  const { decision, organization, hours, lookups } = explanation;
  const left = [...lookups];
  const take = (kind, test) => {
    const index = left.findIndex((lookup) => lookup.resource === kind && (!test || test(lookup)));
    return index < 0 ? [] : left.splice(index, 1);
  };
  const list = [];
  const organizationStep = () => {
    const documents = take("organization");
    if (documents.length && documents[0].value) {
      list.push({ text: `Organization ${isolated(organization?.name ?? decision.organization_id)} is ${documents[0].value.status}.`, documents });
    }
  };
  const beforeOrganization = /^(number|block|sip_domain|organization):/;
  let organizationDone = false;
  for (const step of decision.path) {
    if (!organizationDone && !beforeOrganization.test(step)) {
      organizationStep();
      organizationDone = true;
    }
    list.push(oneStep(step, explanation, hours, take));
  }
  if (!organizationDone && !decision.path.some((step) => step.startsWith("organization:"))) organizationStep();
  if (left.length) list.push({ text: "Looked up as well:", documents: left });
  return list;
}

function oneStep(step, explanation, hours, take) {
  const { decision, organization } = explanation;
  const colon = step.indexOf(":");
  const kind = step.slice(0, colon);
  const rest = step.slice(colon + 1);
  switch (kind) {
    case "number": {
      const documents = [...take("phone_number"), ...take("phone_number_block")];
      const named = documents.find((document) => document.value?.name)?.value.name;
      return { text: `${rest} was dialled${named ? `: “${isolated(named)}”` : ""}${organization ? ` of ${isolated(organization.name)}` : ""}.`, documents };
    }
    case "block": return { text: `It belongs to the block of numbers that begin with ${rest}.`, documents: [] };
    case "sip_domain": return { text: `SIP domain ${rest} determines the organization.`, documents: take("sip_domain") };
    case "caller": {
      const [match, ...value] = rest.split(":");
      return { text: match === "anonymous" ? "The number has a rule for anonymous callers." : `The number has a rule for callers ${match === "prefix" ? "that begin with" : "with number"} ${value.join(":")}.`, documents: [] };
    }
    case "organization": {
      const documents = take("organization");
      return { text: documents[0]?.value ? `Organization ${isolated(organization?.name ?? rest)} is ${documents[0].value.status}.` : `There is no organization ${rest}.`, documents };
    }
    case "business_hours": {
      const documents = take("business_hours");
      const name = hours?.schedule_name ? ` of “${isolated(hours.schedule_name)}”` : "";
      if (rest === "none") return { text: "There is no active schedule: always open.", documents };
      if (rest === "ignored") return { text: "The number ignores business hours: always open.", documents };
      const override = decision.business_hours?.override;
      return { text: `The hours${name} are ${rest}: ${rule(hours?.matched, rest, override?.mode === "action" ? null : override, explanation.overrides, hours?.week.holidays)}.`, documents, hours: true };
    }
    case "override": {
      const override = decision.business_hours?.override;
      if (!override) return { text: `Override ${rest} applies.`, documents: [] };
      const row = explanation.overrides.find((one) => one.id === override.id);
      const until = row?.ends_at ? ` until ${local(row.ends_at)} (${city(explanation.timezone)})` : override.ends_at ? "" : " until somebody clears it";
      return { text: `Override ${rest} (${override.mode}) applies${until}: created by ${isolated(override.created_by)}${row?.note ? `, who noted “${isolated(row.note)}”` : ""}.`, documents: [] };
    }
    case "action": {
      const [type, ...value] = rest.split(":");
      return { text: `What to do then: ${target({ type, target: value.join(":") })}.`, documents: [] };
    }
    case "extension": {
      const documents = take("extension", (lookup) => lookup.key.endsWith(`:${rest}`));
      const value = documents[0]?.value;
      const name = value?.display_name ? ` “${isolated(value.display_name)}”` : "";
      return { text: value ? `Extension ${rest}${name} is ${value.status}; its type is ${value.type.replaceAll("_", " ")}.` : `There is no extension ${rest}.`, documents };
    }
    case "forward": return { text: `It forwards to ${rest}.`, documents: [] };
    case "do_not_disturb": return { text: `Extension ${rest} is not to be disturbed, so the call counts as missed.`, documents: [] };
    case "no_answer": return { text: `If it is missed, it goes on to ${rest}.`, documents: [] };
    default: return { text: step, documents: [] };
  }
}
