-- Tokens to a tree: statements by recursive descent, expressions by binding power.
local lexer = require("compiler.lexer")

local Parser = {}
Parser.__index = Parser

local binary = {
  ["or"] = 1, ["and"] = 2, ["=="] = 3, ["!="] = 3, ["<"] = 4, [">"] = 4, ["<="] = 4, [">="] = 4,
  [".."] = 5, ["+"] = 6, ["-"] = 6, ["*"] = 7, ["/"] = 7, ["%"] = 7,
}
local unary = 8

function Parser:peek() return self.tokens[self.at] end

function Parser:fail(message, ...)
  error({ line = self:peek().line, message = message:format(...) }, 0)
end

function Parser:take(kind)
  local token = self:peek()
  if token.kind ~= kind then
    self:fail("expected %s, not %s", kind, token.value)
  end
  self.at = self.at + 1
  return token
end

function Parser:has(kind)
  if self:peek().kind ~= kind then
    return false
  end
  self.at = self.at + 1
  return true
end

--- What stands between commas, up to and with the closing token.
function Parser:list(close, item)
  local items = {}
  if self:has(close) then
    return items
  end
  repeat
    items[#items + 1] = item(self)
  until not self:has(",")
  self:take(close)
  return items
end

local function name(parser) return parser:take("name").value end

local function field(parser)
  local key = name(parser)
  parser:take(":")
  return { key = key, value = parser:expression(0) }
end

function Parser:fn(line)
  self:take("(")
  local parameters = self:list(")", name)
  return { kind = "fn", line = line, parameters = parameters, body = self:block() }
end

local primaries = {}

function primaries.number(_, token) return { kind = "constant", line = token.line, value = token.value } end
primaries.string = primaries.number
primaries["true"] = function(_, token) return { kind = "constant", line = token.line, value = true } end
primaries["false"] = function(_, token) return { kind = "constant", line = token.line, value = false } end
primaries["nil"] = function(_, token) return { kind = "constant", line = token.line } end
function primaries.name(_, token) return { kind = "name", line = token.line, name = token.value } end
function primaries.fn(parser, token) return parser:fn(token.line) end
primaries["("] = function(parser)
  local inner = parser:expression(0)
  parser:take(")")
  return inner
end
primaries["["] = function(parser, token)
  return { kind = "list", line = token.line, items = parser:list("]", function(p) return p:expression(0) end) }
end
primaries["{"] = function(parser, token)
  return { kind = "record", line = token.line, fields = parser:list("}", field) }
end
for _, operator in ipairs({ "-", "not" }) do
  primaries[operator] = function(parser, token)
    return { kind = "unary", line = token.line, operator = operator, operand = parser:expression(unary) }
  end
end

function Parser:suffixed(node)
  while true do
    local line = self:peek().line
    if self:has("(") then
      node = { kind = "call", line = line, callee = node, arguments = self:list(")", function(p) return p:expression(0) end) }
    elseif self:has("[") then
      node = { kind = "index", line = line, object = node, key = self:expression(0) }
      self:take("]")
    elseif self:has(".") then
      node = { kind = "index", line = line, object = node, key = { kind = "constant", line = line, value = name(self) } }
    else
      return node
    end
  end
end

function Parser:expression(power)
  local token = self:peek()
  local primary = primaries[token.kind] or self:fail("%s begins no expression", token.value)
  self.at = self.at + 1
  local left = self:suffixed(primary(self, token))
  while true do
    local operator = self:peek()
    local own = binary[operator.kind]
    if not own or own <= power then
      return left
    end
    self.at = self.at + 1
    left = { kind = "binary", line = operator.line, operator = operator.kind, left = left, right = self:expression(own) }
  end
end

local statements = {}

statements["let"] = function(parser, line)
  local declared = name(parser)
  parser:take("=")
  return { kind = "let", line = line, name = declared, value = parser:expression(0) }
end
statements["if"] = function(parser, line)
  local node = { kind = "if", line = line, condition = parser:expression(0), body = parser:block() }
  if parser:has("else") then
    node.otherwise = parser:has("if") and { statements["if"](parser, line) } or parser:block()
  end
  return node
end
statements["while"] = function(parser, line)
  return { kind = "while", line = line, condition = parser:expression(0), body = parser:block() }
end
statements["for"] = function(parser, line)
  local variable = name(parser)
  parser:take("in")
  return { kind = "for", line = line, name = variable, list = parser:expression(0), body = parser:block() }
end
statements["return"] = function(parser, line)
  return { kind = "return", line = line, value = parser:expression(0) }
end
statements["break"] = function(_, line) return { kind = "break", line = line } end

function Parser:statement()
  local token = self:peek()
  local statement = statements[token.kind]
  if statement then
    self.at = self.at + 1
    return statement(self, token.line)
  end
  local target = self:expression(0)
  if not self:has("=") then
    return { kind = "expression", line = token.line, value = target }
  end
  if target.kind ~= "name" and target.kind ~= "index" then
    self:fail("this cannot be assigned to")
  end
  return { kind = "assign", line = token.line, target = target, value = self:expression(0) }
end

function Parser:block()
  self:take("{")
  local body = {}
  while not self:has("}") do
    body[#body + 1] = self:statement()
    self:has(";")
  end
  return body
end

local parser = {}

--- The tree of a text: a function without parameters. Errors are { line, message }.
function parser.parse(text)
  local self = setmetatable({ tokens = lexer.tokens(text), at = 1 }, Parser)
  local body = {}
  while not self:has("end") do
    body[#body + 1] = self:statement()
    self:has(";")
  end
  return { kind = "fn", line = 1, parameters = {}, body = body }
end

return parser
