-- Requests for random keys: wrk -s random-keys.lua URL -- TEMPLATE ORGANIZATIONS FIRST_NUMBER EXTENSIONS
-- TEMPLATE contains {org} and may contain {extension} after it. A second line is a form to post.
local random = math.random
local head, middle, tail, organizations, first, extensions

function init(args)
  math.randomseed(20261124)
  organizations, first, extensions = tonumber(args[2]), tonumber(args[3]), tonumber(args[4])
  local path, form = args[1]:match("^(.-)\n(.*)$")
  local request
  if form then -- the length of the form is that of the numbers, not of the placeholder
    form = form:gsub("{extension}", string.rep("#", #args[3]))
    local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
    for name, value in pairs(wrk.headers) do
      headers[name] = value
    end
    request = wrk.format("POST", path, headers, form):gsub(string.rep("#", #args[3]), "{extension}")
  else
    request = wrk.format("GET", args[1])
  end
  head, tail = request:match("^(.-){org}(.*)$")
  local before, after = tail:match("^(.-){extension}(.*)$")
  if before then
    middle, tail = before, after
  end
end

function request()
  if middle then
    return head .. random(1, organizations) .. middle .. first + random(0, extensions - 1) .. tail
  end
  return head .. random(1, organizations) .. tail
end

-- RESULT requests duration_us failures p50_us p99_us p99.9_us
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
