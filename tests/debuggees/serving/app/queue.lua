local queue = { first = 1, last = 0, waiting = {} }

function queue.push(request)
  queue.last = queue.last + 1
  queue.waiting[queue.last] = request
end

function queue.pop()
  local request = queue.waiting[queue.first]
  queue.waiting[queue.first] = nil
  queue.first = queue.first + 1
  return request
end

return queue
