local registry = { users = {} }

function registry.find(name)
  local user = registry.users[name]
  if user == nil then
    user = { name = name, said = {} }
    registry.users[name] = user
  end
  user.open = true
  return user
end

return registry
