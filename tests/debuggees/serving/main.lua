-- A server of 8 files that serves made-up requests, with two leaks: what a session has said stays with it when it is closed
-- (app/session.lua, held by app/registry.lua), and each error keeps its request (app/errors.lua). Caches, pools and a queue
-- around them are healthy.
-- usage: main.lua [REQUESTS]
local here = arg[0]:match('^(.*)/[^/]*$') or '.'
package.path = here .. '/?.lua;' .. package.path

local router = require 'app.router'
local pool = require 'app.pool'
local queue = require 'app.queue'

for number = 1, tonumber(arg[1]) or 600 do
  local request = pool.take(number) --@request
  queue.push(request)
  local ok, answer = pcall(router.handle, queue.pop())
  if ok then io.write(answer and '' or '?') end
  pool.give(request)
end
print 'served'
