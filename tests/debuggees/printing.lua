-- Prints and allocates until somebody sets `stop`.
stop = false
local kept, rounds = {}, 0
while not stop do
    rounds = rounds + 1
    kept[rounds % 1000] = { rounds } --@hot
    print("round", rounds)
end
