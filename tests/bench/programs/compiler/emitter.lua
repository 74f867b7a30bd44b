-- A tree to code for the machine: names become slots of a frame, those of outer functions are captured.
local Emitter = {}
Emitter.__index = Emitter

local function new(outer)
  return setmetatable({
    outer = outer, code = {}, lines = {}, constants = {}, known = {}, scopes = { {} }, slots = 0, captures = {}, functions = {}, breaks = {},
  }, Emitter)
end

function Emitter:emit(line, op, a)
  self.code[#self.code + 1] = { op = op, a = a }
  self.lines[#self.lines + 1] = line
  return #self.code
end

--- A jump that leads to what is emitted next, once that is known.
function Emitter:land(at)
  self.code[at].a = #self.code + 1
end

function Emitter:constant(value)
  local key = value == nil and "nil" or type(value) .. tostring(value)
  if not self.known[key] then
    self.constants[#self.constants + 1] = { value = value }
    self.known[key] = #self.constants
  end
  return self.known[key]
end

function Emitter:declare(name)
  self.slots = self.slots + 1
  self.scopes[#self.scopes][name] = self.slots
  return self.slots
end

function Emitter:localSlot(name)
  for i = #self.scopes, 1, -1 do
    if self.scopes[i][name] then
      return self.scopes[i][name]
    end
  end
end

function Emitter:capture(name)
  if self.captures[name] then
    return self.captures[name].index
  end
  if not self.outer then
    return nil
  end
  local slot = self.outer:localSlot(name)
  local index = not slot and self.outer:capture(name)
  if not slot and not index then
    return nil
  end
  self.captures[#self.captures + 1] = { name = name, slot = slot, index = index }
  self.captures[name] = { index = #self.captures }
  return #self.captures
end

local suffix = { get = { "local", "captured", "global" }, set = { "setlocal", "setcaptured", "setglobal" } }

function Emitter:access(line, how, name)
  local slot = self:localSlot(name)
  if slot then
    return self:emit(line, suffix[how][1], slot)
  end
  local captured = self:capture(name)
  if captured then
    return self:emit(line, suffix[how][2], captured)
  end
  return self:emit(line, suffix[how][3], name)
end

local nodes = {}

function Emitter:visit(node)
  return nodes[node.kind](self, node)
end

function Emitter:block(body)
  self.scopes[#self.scopes + 1] = {}
  for _, node in ipairs(body) do
    self:visit(node)
  end
  self.scopes[#self.scopes] = nil
end

function nodes.constant(self, node) self:emit(node.line, "constant", self:constant(node.value)) end
function nodes.name(self, node) self:access(node.line, "get", node.name) end
function nodes.unary(self, node)
  self:visit(node.operand)
  self:emit(node.line, "unary", node.operator)
end
function nodes.binary(self, node)
  self:visit(node.left)
  if node.operator == "and" or node.operator == "or" then
    local jump = self:emit(node.line, node.operator)
    self:visit(node.right)
    return self:land(jump)
  end
  self:visit(node.right)
  self:emit(node.line, "binary", node.operator)
end
function nodes.list(self, node)
  for _, item in ipairs(node.items) do
    self:visit(item)
  end
  self:emit(node.line, "list", #node.items)
end
function nodes.record(self, node)
  local keys = {}
  for i, field in ipairs(node.fields) do
    keys[i] = field.key
    self:visit(field.value)
  end
  self:emit(node.line, "record", keys)
end
function nodes.index(self, node)
  self:visit(node.object)
  self:visit(node.key)
  self:emit(node.line, "index")
end
function nodes.call(self, node)
  self:visit(node.callee)
  for _, argument in ipairs(node.arguments) do
    self:visit(argument)
  end
  self:emit(node.line, "call", #node.arguments)
end
function nodes.fn(self, node)
  local inner = new(self)
  for _, parameter in ipairs(node.parameters) do
    inner:declare(parameter)
  end
  inner:block(node.body)
  inner:emit(node.line, "constant", inner:constant(nil))
  inner:emit(node.line, "return")
  self.functions[#self.functions + 1] = inner
  inner.parameters = #node.parameters
  self:emit(node.line, "closure", #self.functions)
end
function nodes.let(self, node)
  if node.value.kind == "fn" then -- may call itself
    local slot = self:declare(node.name)
    self:visit(node.value)
    return self:emit(node.line, "setlocal", slot)
  end
  self:visit(node.value)
  self:emit(node.line, "setlocal", self:declare(node.name))
end
function nodes.assign(self, node)
  if node.target.kind == "name" then
    self:visit(node.value)
    return self:access(node.line, "set", node.target.name)
  end
  self:visit(node.target.object)
  self:visit(node.target.key)
  self:visit(node.value)
  self:emit(node.line, "setindex")
end
function nodes.expression(self, node)
  self:visit(node.value)
  self:emit(node.line, "pop")
end
nodes["return"] = function(self, node)
  self:visit(node.value)
  self:emit(node.line, "return")
end
nodes["if"] = function(self, node)
  self:visit(node.condition)
  local past = self:emit(node.line, "unless")
  self:block(node.body)
  if node.otherwise then
    local out = self:emit(node.line, "jump")
    self:land(past)
    self:block(node.otherwise)
    past = out
  end
  self:land(past)
end

--- The body of a loop, which goes on at `start`; `exit` is the jump out of it.
function Emitter:loop(node, start, exit)
  self.breaks[#self.breaks + 1] = { exit }
  self:block(node.body)
  self:emit(node.line, "jump", start)
  for _, jump in ipairs(table.remove(self.breaks)) do
    self:land(jump)
  end
end

nodes["while"] = function(self, node)
  local start = #self.code + 1
  self:visit(node.condition)
  self:loop(node, start, self:emit(node.line, "unless"))
end
nodes["for"] = function(self, node)
  self.scopes[#self.scopes + 1] = {}
  self:visit(node.list)
  local list, at, value = self:declare("(list)"), self:declare("(at)"), self:declare(node.name)
  self:emit(node.line, "setlocal", list)
  self:emit(node.line, "constant", self:constant(0))
  self:emit(node.line, "setlocal", at)
  local start = self:emit(node.line, "next", { list = list, at = at, value = value })
  self:loop(node, start, self:emit(node.line, "unless"))
  self.scopes[#self.scopes] = nil
end
nodes["break"] = function(self, node)
  local breaks = self.breaks[#self.breaks] or error({ line = node.line, message = "no loop to break" }, 0)
  breaks[#breaks + 1] = self:emit(node.line, "jump")
end

local emitter = {}

--- The code of a tree: { code, lines, constants, captures, functions, slots, parameters }.
function emitter.emit(tree)
  local outermost = new()
  nodes.fn(outermost, tree)
  return outermost.functions[1]
end

return emitter
