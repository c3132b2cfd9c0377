// Keys of documents in Redis: routing:<resource>:<organization>[:<identifier>].

/** The parts of a key; null if it has another form. */
export function parseKey(key) {
  const match = /^routing:([a-z_]+):(\d+)(?::(.*))?$/.exec(key);
  return match ? { resource: match[1], organization: match[2], identifier: match[3] ?? null } : null;
}

/** The path of a document in the operations endpoint; null if it has none. */
export function entryPath(organization, key) {
  const parts = parseKey(key);
  if (!parts) return null;
  const dashed = parts.resource.replaceAll("_", "-");
  const segment = dashed.endsWith("s") ? dashed : `${dashed}s`;
  const identifier = parts.resource === "phone_number" ? `+${parts.identifier}` : parts.identifier;
  return `/actuator/routing-cache/${organization}/${segment}${identifier === null ? "" : `/${encodeURIComponent(identifier)}`}`;
}
