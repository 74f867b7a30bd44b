local pool = { free = {} }

function pool.take(number)
  local request = table.remove(pool.free) or {}
  request.number = number
  return request
end

function pool.give(request)
  pool.free[#pool.free + 1] = request
end

return pool
