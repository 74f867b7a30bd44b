-- A module of Prosody that keeps something of each tick.
local kept = {}

module:add_timer(0.01, function ()
  kept[#kept + 1] = { #kept } --@keep
  if #kept == 100 then
    module:log("info", "kept %d", #kept) --@enough
  end
  return 0.01
end)
