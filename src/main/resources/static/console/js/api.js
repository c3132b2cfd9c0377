// Requests to the service. The token is in this module's memory and nowhere else: not in the address, not in storage.

let token = null;
const listeners = new Set();

/** An answer that is no success, with what happened in words. */
export class Failure extends Error {
  constructor(status, title, detail, errors) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.errors = errors ?? [];
  }

  /** Whether the token was not accepted. */
  get refused() {
    return this.status === 401;
  }
}

export function hasToken() {
  return token !== null;
}

export function setToken(value) {
  token = value;
  listeners.forEach((listener) => listener());
}

/** Calls a function when the token is set or forgotten. */
export function onToken(listener) {
  listeners.add(listener);
}

/** The service's address, below which /api and /actuator are. */
export const base = new URL("..", document.baseURI).href.replace(/\/$/, "");

/** A path with query parameters; those that are empty are left out. */
export function path(template, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters ?? {})) {
    if (value !== null && value !== undefined && value !== "") query.append(name, value);
  }
  const text = query.toString();
  return text ? `${template}?${text}` : template;
}

/** The command that shows the same in a terminal. The token is a placeholder. */
export function curl(address, { method = "GET", body = null } = {}) {
  const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  return ["curl -s", method === "GET" ? "" : `-X ${method}`, `-H "Authorization: Bearer $OPS_TOKEN"`,
    body === null ? "" : `-H 'Content-Type: application/json' -d ${quote(JSON.stringify(body))}`, quote(base + address)]
    .filter(Boolean).join(" ");
}

/**
 * Sends a request and returns its JSON. Throws a Failure.
 *
 * accept: whether an answer that is no success is what was asked for, such as a health that is down.
 */
export async function call(address, { method = "GET", body = null, signal = undefined, timeout = 35000, accept = () => false } = {}) {
  const headers = { Accept: "application/json" };
  const sent = token;
  if (sent !== null) headers.Authorization = `Bearer ${sent}`;
  if (body !== null) headers["Content-Type"] = "application/json";
  const limit = AbortSignal.timeout(timeout);
  let response;
  try {
    response = await fetch(base + address, {
      method, headers, body: body === null ? undefined : JSON.stringify(body),
      credentials: "omit", cache: "no-store", redirect: "error",
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Failure(0, "No answer", limit.aborted
      ? `The service did not answer within ${timeout / 1000} s.`
      : "The service cannot be reached. It may be restarting, or the network is down.");
  }
  const answer = await response.json().catch(() => null);
  if (response.ok || accept(answer)) return answer;
  if (response.status === 401) {
    if (token === sent) setToken(null); // not one that was entered meanwhile
    throw new Failure(401, "Token not accepted",
      "The token is wrong, expired or revoked. Enter another one; the page is kept.");
  }
  if (response.status === 403) {
    throw new Failure(403, "Not allowed", "This token is valid, but not of the role ops, which the console needs.");
  }
  throw new Failure(response.status, answer?.title ?? `Status ${response.status}`, answer?.detail ?? "", answer?.errors);
}

/** Like call, but null for 404. */
export async function find(address, options) {
  try {
    return await call(address, options);
  } catch (failure) {
    if (failure.status === 404) return null;
    throw failure;
  }
}
