-- A day in a shop: classes, events in a queue, customers that come, wait, pay and go.
local function class(parent)
  local new = setmetatable({}, {
    __index = parent,
    __call = function(self, ...)
      local object = setmetatable({}, self)
      object:init(...)
      return object
    end,
  })
  new.__index = new
  return new
end

local Random = class()
function Random:init(seed) self.seed = seed end
function Random:upTo(most)
  self.seed = (self.seed * 1103515245 + 12345) % 2147483648
  return self.seed // 65536 % most + 1
end

local Queue = class() -- of events, the earliest first: a binary heap
function Queue:init() self.size = 0 end
function Queue:push(event)
  local at = self.size + 1
  self.size = at
  while at > 1 and self[at // 2].time > event.time do
    self[at] = self[at // 2]
    at = at // 2
  end
  self[at] = event
end
function Queue:pop()
  local first, last = self[1], self[self.size]
  self[self.size] = nil
  self.size = self.size - 1
  local at = 1
  while at * 2 <= self.size do
    local child = at * 2
    if child < self.size and self[child + 1].time < self[child].time then
      child = child + 1
    end
    if self[child].time >= last.time then
      break
    end
    self[at] = self[child]
    at = child
  end
  if self.size > 0 then
    self[at] = last
  end
  return first
end

local Event = class()
function Event:init(time, subject) self.time, self.subject = time, subject end
function Event:happen(shop) self.subject:act(shop, self.time) end

local Person = class()
function Person:init(name) self.name, self.log = name, {} end
function Person:note(what, time) self.log[#self.log + 1] = time .. ": " .. what end

local Customer = class(Person)
function Customer:init(name, basket)
  Person.init(self, name)
  self.basket, self.state = basket, "comes"
end
function Customer:act(shop, time)
  self:note(self.state, time)
  if self.state == "comes" then
    self.state = "waits"
    shop:at(time + #self.basket * 2, self)
  elseif self.state == "waits" then
    self.state = "pays"
    shop:till():serve(self, time)
  else
    shop:leave(self)
  end
end
function Customer:sum()
  local sum = 0
  for _, item in ipairs(self.basket) do
    sum = sum + item.price * item.count
  end
  return sum
end

local Hasty = class(Customer)
function Hasty:act(shop, time)
  if self.state == "waits" and shop:till().busyUntil > time + 40 then
    self:note("gives up", time)
    shop.lost = shop.lost + 1
    return
  end
  Customer.act(self, shop, time)
end

local Till = class(Person)
function Till:init(name)
  Person.init(self, name)
  self.busyUntil, self.taken = 0, 0
end
function Till:serve(customer, time)
  self.busyUntil = math.max(self.busyUntil, time) + #customer.basket * 3
  self.taken = self.taken + customer:sum()
  self.shop:at(self.busyUntil, customer)
end

local Shop = class()
function Shop:init(seed)
  self.random, self.events, self.tills = Random(seed), Queue(), {}
  self.served, self.lost, self.lines = 0, 0, 0
  for i = 1, 3 do
    self.tills[i] = Till("till " .. i)
    self.tills[i].shop = self
  end
end
function Shop:at(time, subject) self.events:push(Event(time, subject)) end
function Shop:till()
  local best = self.tills[1]
  for _, till in ipairs(self.tills) do
    if till.busyUntil < best.busyUntil then
      best = till
    end
  end
  return best
end
function Shop:leave(customer)
  self.served = self.served + 1
  self.lines = self.lines + #customer.log
end
function Shop:open(customers)
  for i = 1, customers do
    local basket = {}
    for j = 1, self.random:upTo(8) do
      basket[j] = { price = self.random:upTo(500), count = self.random:upTo(3) }
    end
    local kind = self.random:upTo(3) == 1 and Hasty or Customer
    self:at(i * 4, kind("customer " .. i, basket))
  end
  while self.events.size > 0 do
    self.events:pop():happen(self)
  end
end

local served, lost, lines, taken = 0, 0, 0, 0
for day = 1, tonumber(arg[1]) do
  local shop = Shop(day)
  shop:open(100)
  served, lost, lines = served + shop.served, lost + shop.lost, lines + shop.lines
  for _, till in ipairs(shop.tills) do
    taken = taken + till.taken
  end
end
print(served, lost, lines, taken)
