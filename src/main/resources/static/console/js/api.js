// Requests to the service. The token is in this module's memory and nowhere else: not in the address, not in storage.

let token = null;
const listeners = new Set();

/** An answer that is no success, with what happened in words. address: what was asked, if it was answered. */
export class Failure extends Error {
  constructor(status, title, detail, { errors = [], address = null } = {}) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.errors = errors;
    this.address = address;
  }
}

export function hasToken() {
  return token !== null;
}

/** Sets the token, or forgets it: null. problem: why it is not accepted any more, if it is not. */
export function setToken(value, problem = null) {
  token = value;
  listeners.forEach((listener) => listener(problem));
}

/** Calls a function when the token is set or forgotten, until what is returned is called. */
export function onToken(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Waits for a token. */
async function givenToken(signal) {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = onToken(() => {
      if (token === null) return;
      stop();
      resolve(token);
    });
    signal?.addEventListener("abort", () => {
      stop();
      reject(signal.reason);
    });
  });
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
 * Sends a request and returns its JSON. Throws a Failure. A request whose token is not accepted any more
 * waits for another one and is sent again, so that pages and forms stay as they are.
 *
 * accept: whether an answer that is no success is what was asked for, such as a health that is down.
 * candidate: a token to try; the request fails if it is not accepted.
 */
export async function call(address, options = {}) {
  for (;;) {
    const sent = options.candidate ?? token ?? await givenToken(options.signal);
    try {
      return await send(address, sent, options);
    } catch (failure) {
      if (failure.status !== 401 || options.candidate) throw failure;
      if (token === sent) setToken(null, failure); // not one that was entered meanwhile
    }
  }
}

async function send(address, sent, { method = "GET", body = null, signal = undefined, timeout = 35000, accept = () => false }) {
  const headers = { Accept: "application/json", Authorization: `Bearer ${sent}` };
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
    throw new Failure(401, "Token not accepted",
      "The token is wrong, expired or revoked. Enter another one; the page is kept.");
  }
  if (response.status === 403) {
    throw new Failure(403, "Not allowed", "This token is valid, but not of the role ops, which the console needs.");
  }
  throw new Failure(response.status, answer?.title ?? `Status ${response.status}`, answer?.detail ?? "The answer does not say why.", { errors: answer?.errors, address });
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
