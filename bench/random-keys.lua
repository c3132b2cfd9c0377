-- Requests for random keys: wrk -s random-keys.lua URL -- PATH ORGANIZATIONS FIRST_NUMBER EXTENSIONS
-- They are made before the run, so that making them takes nothing from it.
local requests = {}
local turn = 0

function init(args)
  math.randomseed(20261124)
  for i = 1, 20000 do
    local path = args[1]:gsub("{org}", math.random(1, tonumber(args[2])))
    path = path:gsub("{extension}", tonumber(args[3]) + math.random(0, tonumber(args[4]) - 1))
    requests[i] = wrk.format("GET", path)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

-- RESULT requests duration_us failures p50_us p99_us p99.9_us
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
