local kept = {}
for i = 1, 100 do
  kept[i] = { i } --@keep
end
