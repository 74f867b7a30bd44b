-- Lines with and without code.

-- A comment. --@comment
local value = 1 --@first

local function never_called(a) --@function
    local b = a --@in_never_called

    return b --@after_blank
end --@function_end

local text = [[
in a long string --@in_string
]] --@string_end
local t = {
    one = 1, --@in_constructor
    two = 2,
}
for i = 1, 3 do --@loop
    value = value + i --@body
end --@loop_end
if value > 100 then
    value = 0 --@not_reached
else --@else
    value = 1 --@reached
end
local function nested() return function() return value end end --@one_line
nested()()
repeat local done = true until done --@repeat
print("end", value) --@last
-- after the code --@past_end
