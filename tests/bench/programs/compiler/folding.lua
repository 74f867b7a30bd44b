-- Constant expressions are computed once, before the program runs.
local operators = require("compiler.operators")

local folding = {}
local fold

local function foldList(nodes)
  for i, node in ipairs(nodes) do
    nodes[i] = fold(node)
  end
end

local visitors = {}

function visitors.unary(node)
  node.operand = fold(node.operand)
  if node.operand.kind == "constant" and operators.unary[node.operator] then
    local good, value = pcall(operators.unary[node.operator], node.operand.value)
    return good and { kind = "constant", line = node.line, value = value } or node
  end
  return node
end

function visitors.binary(node)
  node.left, node.right = fold(node.left), fold(node.right)
  local compute = operators.binary[node.operator]
  if compute and node.left.kind == "constant" and node.right.kind == "constant" then
    local good, value = pcall(compute, node.left.value, node.right.value)
    return good and { kind = "constant", line = node.line, value = value } or node
  end
  return node
end

visitors["if"] = function(node)
  node.condition = fold(node.condition)
  foldList(node.body)
  foldList(node.otherwise or {})
  return node
end
visitors["while"] = visitors["if"]
visitors["for"] = function(node)
  node.list = fold(node.list)
  foldList(node.body)
  return node
end
function visitors.fn(node)
  foldList(node.body)
  return node
end
function visitors.list(node)
  foldList(node.items)
  return node
end
function visitors.record(node)
  for _, one in ipairs(node.fields) do
    one.value = fold(one.value)
  end
  return node
end
function visitors.call(node)
  node.callee = fold(node.callee)
  foldList(node.arguments)
  return node
end
function visitors.index(node)
  node.object, node.key = fold(node.object), fold(node.key)
  return node
end
function visitors.assign(node)
  node.target, node.value = fold(node.target), fold(node.value)
  return node
end
function visitors.let(node)
  node.value = fold(node.value)
  return node
end
visitors["return"] = visitors.let
visitors.expression = visitors.let

function fold(node)
  local visitor = visitors[node.kind]
  return visitor and visitor(node) or node
end

--- The tree, changed in place.
function folding.fold(tree)
  return fold(tree)
end

return folding
