-- The two loops of the old trick.
local arrays, hashes = {}, {} --@entry
for i = 1, 1000 do
    local t = { 1, 2, 3, 4, 5, 6, 7, 8 } --@array
    arrays[i] = t
end
for i = 1, 1000 do
    local t = { a = 'a', b = 'b', c = 'c', d = 'd', e = 'e', f = 'f', g = 'g', h = 'h' } --@hash
    hashes[i] = t
end
print("done")
