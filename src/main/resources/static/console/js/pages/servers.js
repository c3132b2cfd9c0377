// Servers: what runs, on what, with which settings.

import { h, said, show } from "../dom.js";
import { call, curl } from "../api.js";
import { badge, card, curlBlock, empty, errorBox, facts, linkButton, loading, table } from "../ui.js";
import { duration, milliseconds, number, viewer } from "../format.js";

const ADDRESSES = { servers: "/api/v1/console/servers", health: "/actuator/health", info: "/actuator/info", summary: "/actuator/routing-cache" };

export const LEVELS = {
  trusted: ["good", "trusted", "Answers come from the cache."],
  degraded: ["warn", "degraded", "Evictions cannot be read from PostgreSQL: cached answers may be out of date."],
  unavailable: ["bad", "unavailable", "Answers come from PostgreSQL."],
};

const GUARDS = {
  "maxmemory-policy": "If Redis removes entries on its own, more lookups miss.",
  "min-replicas-to-write": "A primary that has lost its replicas should refuse evictions.",
  "min-replicas-max-lag": "It should do so before another server is promoted.",
};

async function render(body, { signal, go }) {
  show(body, loading("Reading servers…"));
  try {
    const [servers, health, info, summary] = await Promise.all(Object.values(ADDRESSES).map((address) => read(address, signal)));
    show(body, h("div", { class: "buttons" }, linkButton()),
      h("div", { class: "columns" }, redisCard(servers, health, summary), postgresCard(servers, health), versionCard(servers, info)),
      instancesCard(servers, info), certificatesCard(info, health), settingsCard(servers), curlBlock(...Object.values(ADDRESSES).map((address) => curl(address))));
  } catch (failure) {
    if (!signal.aborted) show(body, errorBox(failure, () => go("servers")));
  }
}

/** Health is answered with 503 while something is down, and is as readable then. Its status is a word, that of a problem a number. */
async function read(address, signal) {
  return call(address, { signal, accept: (answer) => typeof answer?.status === "string" });
}

const MODES = { standalone: "one server", sentinel: "Sentinel", cluster: "Redis Cluster" };

function redisCard(servers, health, summary) {
  const details = health.components?.redis?.details ?? {};
  const [kind, text, meaning] = LEVELS[summary.redis.state] ?? ["plain", summary.redis.state, ""];
  const missing = details.missing_guards ?? [];
  return card("Redis", null,
    facts(["State", [badge(kind, text), h("div", { class: "faint" }, meaning)]],
      ["Topology", [MODES[servers.redis.mode] ?? servers.redis.mode, servers.redis.group ? [", group ", said(servers.redis.group)] : ""]],
      ["Configured", said(servers.redis.servers.join(", "))],
      servers.redis.mode === "cluster" ? null : ["Primary in use", summary.redis.server ? said(summary.redis.server) : badge("bad", "none connected")],
      ["Last completed pass", `${milliseconds(summary.redis.trust_age_ms)} ago`],
      ["Recommended settings", missing.length ? h("ul", { class: "plain-list" }, missing.map((guard) => h("li", null, badge("warn", "missing"), " ", h("code", null, said(guard)), " ",
        h("span", { class: "faint" }, Object.entries(GUARDS).find(([name]) => guard.includes(name))?.[1] ?? "See README, Redis.")))) : badge("good", "complete")],
      details.refusal ? ["Last refusal", said(details.refusal)] : null,
      details.tracking_refusal ? ["Near cache", [badge("bad", "off"), " ", said(details.tracking_refusal)]] : null),
    summary.redis.primaries?.length ? table("Primaries of the cluster", ["Primary", ["Slots", "right"], "State", ["Last pass", "right"]], summary.redis.primaries.map((primary) =>
      h("tr", null, h("td", null, said(primary.address)), h("td", { class: "right" }, number(primary.slots)),
        h("td", null, badge(...(LEVELS[primary.state] ?? ["plain", primary.state]).slice(0, 2))),
        h("td", { class: "right" }, `${milliseconds(primary.trust_age_ms)} ago`)))) : null);
}

function postgresCard(servers, health) {
  const up = health.components?.db?.status === "UP" && servers.postgresql;
  return card("PostgreSQL", null, facts(
    ["State", up ? badge("good", "up") : badge("bad", "down")],
    ["Version", servers.postgresql ?? "could not be read"]));
}

function versionCard(servers, info) {
  const differing = info.tzdata?.differing_zones ?? [];
  return card("This release", null, facts(
    ["Version", said(info.build?.version ?? "unpackaged")],
    ["Commit", info.git ? [h("code", null, info.git.commit.id), " ", h("span", { class: "faint" }, viewer(info.git.commit.time))] : "unknown"],
    ["Java", servers.java],
    ["Time zone rules", [info.tzdata?.version ?? "unknown", " ", differing.length ? badge("warn", `${differing.length} ${differing.length === 1 ? "zone differs" : "zones differ"} from PostgreSQL's`) : badge("good", "as PostgreSQL's")]],
    differing.length ? ["Zones that differ", h("ul", { class: "plain-list" }, differing.map((zone) => h("li", null, `${zone.zone}: offset ${zone.here} here, ${zone.there} there, at ${viewer(zone.at)} your time`)))] : null));
}

function instancesCard(servers, info) {
  const rules = info.tzdata?.version;
  return card("Instances", null, servers.instances.length ? table("Instances that have reported within three minutes", ["Host", "Time zone rules", "Last report, your time"],
    servers.instances.map((instance) => h("tr", null, h("td", null, said(instance.host)),
      h("td", null, h("span", null, instance.tzdata, " ", instance.tzdata === rules ? null : badge("warn", "others than here"))),
      h("td", { class: "num" }, viewer(instance.seen_at)))), { class: "stack" })
    : empty("No instance is listed.", "They are listed in PostgreSQL, which could not be read, or this one started less than a minute ago."));
}

function certificatesCard(info) {
  const rows = (info.ssl?.bundles ?? []).flatMap((bundle) => (bundle.certificateChains ?? []).flatMap((chain) =>
    (chain.certificates ?? []).map((certificate) => {
      const end = certificate.validityEnds;
      const days = (Date.parse(end) - Date.now()) / 86400000;
      return h("tr", null, h("td", null, said(bundle.name)), h("td", null, said(certificate.subject ?? chain.alias ?? "")),
        h("td", { class: "num" }, viewer(end)), h("td", null, badge(days < 0 ? "bad" : days < 14 ? "warn" : "good", days < 0 ? "expired" : `in ${duration(days * 86400)}`)));
    })));
  return card("Certificates", null, rows.length ? table("Certificates of SSL bundles", ["Bundle", "Subject", "Valid until, your time", "Ends"], rows)
    : empty("No certificates are in use.", "SSL bundles (spring.ssl.bundle) for the service, Redis and PostgreSQL are listed here with their ends."));
}

function settingsCard(servers) {
  return card("Settings of the cache", null, h("details", null, h("summary", null, `${servers.settings.length} settings in force`),
    table("Settings in force; no secrets", ["Setting", "Value"], servers.settings.map((setting) =>
      h("tr", null, h("td", null, h("code", null, setting.name)), h("td", null, said(setting.value)))))));
}

export const serversPage = {
  name: "servers", title: "Servers", lead: "What the instance that answers runs on, and whether anything of it needs attention.", render,
};
