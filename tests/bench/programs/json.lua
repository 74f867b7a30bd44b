-- A JSON parser and writer, with a document that goes through both.
local escapes = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t", ['"'] = '"', ["\\"] = "\\", ["/"] = "/" }
local words = { ["true"] = true, ["false"] = false, null = false }
local parseValue

local function fail(text, at, what)
  error(string.format("%s at %d, near %q", what, at, text:sub(at, at + 10)))
end

local function skip(text, at)
  return text:find("[^ \n\r\t]", at) or #text + 1
end

local function parseString(text, at)
  local parts, from = {}, at + 1
  while true do
    local to = text:find('["\\]', from)
    if not to then
      fail(text, at, "unfinished string")
    end
    parts[#parts + 1] = text:sub(from, to - 1)
    if text:byte(to) == 34 then
      return table.concat(parts), to + 1
    end
    local escape = text:sub(to + 1, to + 1)
    if escape == "u" then
      parts[#parts + 1] = utf8.char(tonumber(text:sub(to + 2, to + 5), 16))
      from = to + 6
    else
      parts[#parts + 1] = escapes[escape] or fail(text, to, "unknown escape")
      from = to + 2
    end
  end
end

local function parseArray(text, at)
  local array = {}
  at = skip(text, at + 1)
  if text:sub(at, at) == "]" then
    return array, at + 1
  end
  while true do
    array[#array + 1], at = parseValue(text, at)
    at = skip(text, at)
    local separator = text:sub(at, at)
    if separator == "]" then
      return array, at + 1
    elseif separator ~= "," then
      fail(text, at, "expected , or ]")
    end
    at = at + 1
  end
end

local function parseObject(text, at)
  local object = {}
  at = skip(text, at + 1)
  if text:sub(at, at) == "}" then
    return object, at + 1
  end
  while true do
    local key
    key, at = parseString(text, skip(text, at))
    at = skip(text, at)
    if text:sub(at, at) ~= ":" then
      fail(text, at, "expected :")
    end
    object[key], at = parseValue(text, at + 1)
    at = skip(text, at)
    local separator = text:sub(at, at)
    if separator == "}" then
      return object, at + 1
    elseif separator ~= "," then
      fail(text, at, "expected , or }")
    end
    at = at + 1
  end
end

local parsers = { ["{"] = parseObject, ["["] = parseArray, ['"'] = parseString }

function parseValue(text, at)
  at = skip(text, at)
  local parser = parsers[text:sub(at, at)]
  if parser then
    return parser(text, at)
  end
  local number = text:match("^-?%d+%.?%d*[eE]?[+-]?%d*", at)
  if number then
    return tonumber(number), at + #number
  end
  local word = text:match("^%a+", at)
  if word == nil or words[word] == nil then
    fail(text, at, "no value")
  end
  return words[word], at + #word
end

local function quoted(text)
  return '"' .. text:gsub('[%c"\\]', function(c) return string.format("\\u%04x", c:byte()) end) .. '"'
end

local function write(value, out)
  if type(value) == "table" and (#value > 0 or next(value) == nil) then
    out[#out + 1] = "["
    for i, item in ipairs(value) do
      out[#out + 1] = i > 1 and "," or ""
      write(item, out)
    end
    out[#out + 1] = "]"
  elseif type(value) == "table" then
    local keys = {}
    for key in pairs(value) do
      keys[#keys + 1] = key
    end
    table.sort(keys)
    out[#out + 1] = "{"
    for i, key in ipairs(keys) do
      out[#out + 1] = (i > 1 and "," or "") .. quoted(key) .. ":"
      write(value[key], out)
    end
    out[#out + 1] = "}"
  elseif type(value) == "string" then
    out[#out + 1] = quoted(value)
  else
    out[#out + 1] = tostring(value)
  end
end

local items = {}
for i = 1, 100 do
  items[i] = string.format([[ { "id": %d, "name": "item \"%d\"", "tags": ["a%d", "b\n", "\u00e9"], "price": %.2f,
    "stock": { "here": %s, "there": null, "counts": [1, 2, %d, -4.5e3] } } ]], i, i, i % 10, i * 1.25, i % 2 == 0, i)
end
local text = "[" .. table.concat(items, ",\n") .. "]"

local length = 0
for _ = 1, tonumber(arg[1]) do
  local out = {}
  write(parseValue(text, 1), out)
  length = length + #table.concat(out)
end
print(length)
