local kinds = {
  text = ("x"):rep(10 << 20),
  binary = ("\255"):rep(10 << 20),
  quotes = ('"'):rep(10 << 20),
  lines = ("\n"):rep(10 << 20),
  controls = ("\1"):rep(10 << 20),
  moons = ("🌙"):rep(2 << 20),
  off_by_one = "x" .. ("🌙"):rep(2 << 20),
  broken = ("\xf0\x9f\x8c"):rep(3 << 20),
}
local keys = {}
for _, text in pairs(kinds) do keys[text] = text end
local one = ("\255"):rep(1 << 20)
local text, a = kinds.text, ("\255\1"):rep(20 << 20)
print(#one) --@strings
print(#a) --@logged

-- names as long as a compiler takes them
local function here()
  return #a --@here
end
local named = ("n"):rep(10 << 20)
local code = ("local %s, t = ... t[%q]() return %s"):format(named, named, named)
local in_file = load(code, "@" .. ("folder/"):rep(1 << 20) .. named)
in_file(1, { [named] = here })
local in_code = load(code .. "--[[" .. ("\255"):rep(20 << 20) .. "]]")
in_code(1, { [named] = here })
coroutine.wrap(in_file)(1, { [named] = here })

local _, message = pcall(error, ("\255"):rep(70 << 20), 0) --@caught
a = nil
error(message, 0) --@uncaught
