-- Source text to tokens.
local lexer = {}

local keywords = {}
for word in ("let fn if else while for in return true false nil and or not break"):gmatch("%a+") do
  keywords[word] = true
end

local two = { ["=="] = true, ["!="] = true, ["<="] = true, [">="] = true, [".."] = true }
local escapes = { n = "\n", t = "\t", ["\\"] = "\\", ['"'] = '"' }

local function fail(line, message, ...)
  error({ line = line, message = message:format(...) }, 0)
end

local function unescape(text, line)
  return (text:gsub("\\(.)", function(c)
    return escapes[c] or fail(line, "unknown escape \\%s", c)
  end))
end

local function token(kind, value, line)
  return { kind = kind, value = value, line = line }
end

--- The tokens of a text, with one of kind "end" behind them.
function lexer.tokens(text)
  local tokens, at, line = {}, 1, 1
  while true do
    local blanks = text:match("^[ \t\r]*", at)
    at = at + #blanks
    local c = text:sub(at, at)
    if c == "" then
      break
    elseif c == "\n" then
      line, at = line + 1, at + 1
    elseif c == "#" then
      at = text:find("\n", at, true) or #text + 1
    elseif c:match("[%a_]") then
      local word = text:match("^[%w_]+", at)
      tokens[#tokens + 1] = token(keywords[word] and word or "name", word, line)
      at = at + #word
    elseif c:match("%d") then
      local digits = text:match("^%d+%.?%d*", at)
      tokens[#tokens + 1] = token("number", tonumber(digits), line)
      at = at + #digits
    elseif c == '"' then
      local to = at + 1
      while text:sub(to, to) ~= '"' do
        if to > #text then
          fail(line, "unfinished string")
        end
        to = to + (text:sub(to, to) == "\\" and 2 or 1)
      end
      tokens[#tokens + 1] = token("string", unescape(text:sub(at + 1, to - 1), line), line)
      at = to + 1
    else
      local operator = two[text:sub(at, at + 1)] and text:sub(at, at + 1) or c
      if not operator:match("^[%p]+$") then
        fail(line, "unexpected %q", operator)
      end
      tokens[#tokens + 1] = token(operator, operator, line)
      at = at + #operator
    end
  end
  tokens[#tokens + 1] = token("end", "end of text", line)
  return tokens
end

return lexer
