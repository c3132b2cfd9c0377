-- A mix for random keys: wrk -s mixed-requests.lua URL -- ORGANIZATIONS FIRST_NUMBER EXTENSIONS
-- Of 100 requests 45 are for an extension, 40 for an inbound and 5 for an internal decision, 5 for business hours, and 5
-- for an extension that does not exist.
local random = math.random
local organizations, first, extensions
local threads = {}
unknown = 0 -- read by done
seed = 0 -- set for each thread

function setup(thread)
  table.insert(threads, thread)
  thread:set("seed", 20261123 + #threads)
end

function init(args)
  math.randomseed(seed)
  organizations, first, extensions = tonumber(args[1]), tonumber(args[2]), tonumber(args[3])
end

function request()
  local base = "/api/v1/organizations/" .. random(1, organizations) .. "/routing"
  local extension, kind = first + random(0, extensions - 1), random(1, 100)
  if kind <= 45 then
    return wrk.format("GET", base .. "/extensions/" .. extension)
  elseif kind <= 85 then
    return wrk.format("GET", base .. "/decision?direction=inbound&from=%2B15550100&to=" .. extension)
  elseif kind <= 90 then
    return wrk.format("GET", base .. "/decision?to=" .. extension)
  elseif kind <= 95 then
    return wrk.format("GET", base .. "/business-hours")
  end
  unknown = unknown + 1
  return wrk.format("GET", base .. "/extensions/" .. random(10000000, 99999999))
end

-- RESULT requests duration_us failures p50_us p99_us p99.9_us; a 404 for an unknown extension is no failure.
function done(summary, latency, requests)
  local errors, expected = summary.errors, 0
  for _, thread in ipairs(threads) do
    expected = expected + thread:get("unknown")
  end
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.timeout + math.max(0, errors.status - expected),
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
