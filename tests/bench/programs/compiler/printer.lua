-- Code as people read it, and how often each instruction is in it.
local printer = {}

local function operand(code, instruction)
  local a = instruction.a
  if instruction.op == "constant" then
    return string.format("%q", tostring(code.constants[a].value))
  elseif type(a) == "table" and #a > 0 then
    return table.concat(a, ",")
  elseif type(a) == "table" then
    return a.list and ("%d %d %d"):format(a.list, a.at, a.value) or ""
  end
  return a == nil and "" or tostring(a)
end

local function lines(code, indent, out)
  for i, instruction in ipairs(code.code) do
    out[#out + 1] = string.format("%s%4d %-8s %-12s %s", indent, i, "@" .. code.lines[i], instruction.op, operand(code, instruction))
  end
  for i, inner in ipairs(code.functions) do
    out[#out + 1] = indent .. "function " .. i .. " of " .. inner.parameters
    lines(inner, indent .. "  ", out)
  end
  return out
end

function printer.listing(code)
  return table.concat(lines(code, "", {}), "\n")
end

local function count(code, counts)
  for _, instruction in ipairs(code.code) do
    counts[instruction.op] = (counts[instruction.op] or 0) + 1
  end
  for _, inner in ipairs(code.functions) do
    count(inner, counts)
  end
  return counts
end

--- The names of the instructions, the most frequent first.
function printer.frequent(code)
  local counts, names = count(code, {}), {}
  for name in pairs(counts) do
    names[#names + 1] = name
  end
  table.sort(names, function(a, b)
    if counts[a] ~= counts[b] then
      return counts[a] > counts[b]
    end
    return a < b
  end)
  return names, counts
end

return printer
