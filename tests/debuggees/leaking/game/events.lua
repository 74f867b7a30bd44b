local events = { listeners = {} }

function events.on(name, owner, fn)
  local list = events.listeners[name] or {}
  events.listeners[name] = list
  list[#list + 1] = { owner = owner.id, fn = fn } --@register
end

function events.emit(name, ...)
  for _, listener in ipairs(events.listeners[name] or {}) do listener.fn(...) end
end

return events
