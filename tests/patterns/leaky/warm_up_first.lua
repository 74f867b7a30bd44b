-- Much is loaded at first by the same line that leaks a little afterwards.
local assets = {}
local function load_asset(name)
  local asset = { name = name, size = 1 } --@leak
  assets[#assets + 1] = asset --@also
end
return function(lap)
  for i = 1, lap <= 15 and 40 or 1 do load_asset(i) end
end
