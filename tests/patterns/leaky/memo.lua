-- Results are remembered, of keys that never come again.
local memo = {}
local function square_of(text)
  local known = memo[text]
  if known == nil then
    known = { (#text) ^ 2 } --@leak
    memo[text] = known --@also
  end
  return known
end
return function(lap)
  for i = 1, 3 do
    square_of('key ' .. lap .. '/' .. i) --@leak
  end
end
