-- Runs code: a stack of values, and for each call a frame of slots. A captured slot is shared as a cell.
local operators = require("compiler.operators")

local Machine = {}
Machine.__index = Machine

local library = {
  len = function(value) return #value end,
  push = function(list, value) list[#list + 1] = value return list end,
  join = function(list, separator) return table.concat(list, separator) end,
  text = function(value) return tostring(value) end,
  slice = function(text, from, to) return text:sub(from, to) end,
  range = function(from, to)
    local list = {}
    for i = from, to do
      list[#list + 1] = i
    end
    return list
  end,
}

local function isTrue(value) return value ~= nil and value ~= false end

local function closure(frame, code)
  local cells = {}
  for i, capture in ipairs(code.captures) do
    if capture.slot then
      frame.cells[capture.slot] = frame.cells[capture.slot] or { value = frame[capture.slot] }
      cells[i] = frame.cells[capture.slot]
    else
      cells[i] = frame.captured[capture.index]
    end
  end
  return { code = code, cells = cells }
end

local ops = {}

function ops.constant(self, frame, a) self:push(frame.code.constants[a].value) end
ops["local"] = function(self, frame, a)
  local cell = frame.cells[a]
  if cell then
    self:push(cell.value)
  else
    self:push(frame[a])
  end
end
function ops.setlocal(self, frame, a)
  local cell = frame.cells[a]
  if cell then
    cell.value = self:pop()
  else
    frame[a] = self:pop()
  end
end
function ops.captured(self, frame, a) self:push(frame.captured[a].value) end
function ops.setcaptured(self, frame, a) frame.captured[a].value = self:pop() end
function ops.global(self, _, a) self:push(self.globals[a]) end
function ops.setglobal(self, _, a) self.globals[a] = self:pop() end
function ops.pop(self) self:pop() end
function ops.unary(self, _, a) self:push(operators.unary[a](self:pop())) end
function ops.binary(self, _, a)
  local right, left = self:pop(), self:pop()
  self:push(operators.binary[a](left, right))
end
ops["and"] = function(self, _, a)
  if isTrue(self.stack[self.top]) then
    self:pop()
  else
    return a
  end
end
ops["or"] = function(self, _, a)
  if isTrue(self.stack[self.top]) then
    return a
  end
  self:pop()
end
function ops.jump(_, _, a) return a end
function ops.unless(self, _, a)
  if not isTrue(self:pop()) then
    return a
  end
end
function ops.list(self, _, a)
  local list = table.move(self.stack, self.top - a + 1, self.top, 1, {})
  self.top = self.top - a
  self:push(list)
end
function ops.record(self, _, a)
  local record = {}
  for i = #a, 1, -1 do
    record[a[i]] = self:pop()
  end
  self:push(record)
end
function ops.index(self)
  local key, object = self:pop(), self:pop()
  self:push(object[key])
end
function ops.setindex(self)
  local value, key, object = self:pop(), self:pop(), self:pop()
  object[key] = value
end
function ops.closure(self, frame, a) self:push(closure(frame, frame.code.functions[a])) end
ops.next = function(self, frame, a)
  local at = frame[a.at] + 1
  frame[a.at] = at
  frame.cells[a.value] = nil -- each round has its own
  frame[a.value] = frame[a.list][at]
  self:push(frame[a.value] ~= nil)
end
function ops.call(self, _, a)
  local callee = self.stack[self.top - a]
  local result
  if type(callee) == "function" then
    result = callee(table.unpack(self.stack, self.top - a + 1, self.top))
  elseif type(callee) == "table" and callee.code then
    result = self:run(callee, self.top - a)
  else
    error("this cannot be called: " .. tostring(callee), 0)
  end
  self.top = self.top - a - 1
  self:push(result)
end

function Machine:push(value)
  self.top = self.top + 1
  self.stack[self.top] = value
end

function Machine:pop()
  local value = self.stack[self.top]
  self.stack[self.top] = nil
  self.top = self.top - 1
  return value
end

--- Calls a function whose arguments stand on the stack above `base`.
function Machine:run(callee, base)
  local code = callee.code
  local frame = { code = code, captured = callee.cells, cells = {} }
  for i = 1, code.parameters do
    frame[i] = self.stack[base + i]
  end
  local at = 1
  while true do
    local instruction = code.code[at]
    self.steps = self.steps + 1
    if instruction.op == "return" then
      return self:pop()
    end
    at = ops[instruction.op](self, frame, instruction.a) or at + 1
  end
end

local machine = {}

--- Runs code to its end: its result, and how many instructions that took.
function machine.run(code)
  local self = setmetatable({ stack = {}, top = 0, steps = 0, globals = setmetatable({}, { __index = library }) }, Machine)
  local result = self:run({ code = code, cells = {} }, 0)
  return result, self.steps
end

return machine
