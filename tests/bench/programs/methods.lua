-- Methods, inheritance and metamethods; half of the objects are short-lived.
local Vector = {}
Vector.__index = Vector

local function vector(x, y)
  return setmetatable({ x = x, y = y }, Vector)
end

function Vector.__add(a, b) return vector(a.x + b.x, a.y + b.y) end
function Vector.__mul(a, k) return vector(a.x * k, a.y * k) end
function Vector.__eq(a, b) return a.x == b.x and a.y == b.y end
function Vector:dot(other) return self.x * other.x + self.y * other.y end

local Account = {}
Account.__index = Account

function Account.new(class, owner)
  return setmetatable({ owner = owner, balance = 0 }, class)
end

function Account:deposit(amount)
  self.balance = self.balance + amount
end

function Account:withdraw(amount)
  if amount > self:limit() then
    return false
  end
  self.balance = self.balance - amount
  return true
end

function Account:limit() return self.balance end

local Credit = setmetatable({}, { __index = Account })
Credit.__index = Credit

function Credit:limit() return Account.limit(self) + 100 end

local accounts = { Account:new("ann"), Credit:new("bob") }
local position, speed, refused = vector(0, 0), vector(1, 2), 0
for round = 1, tonumber(arg[1]) do
  for i = 1, 100 do
    local account = accounts[i % 2 + 1]
    account:deposit(i % 7)
    if not account:withdraw(i % 11) then
      refused = refused + 1
    end
    position = position + speed * 0.5
    if position:dot(speed) > 100 or position == speed then
      position = vector(round % 3, 0)
    end
  end
end
print(accounts[1].balance, accounts[2].balance, position.x, position.y, refused)
