-- Many chunks under few names: lines of one name are one line, however often chunks come and go and
-- whatever addresses their names had.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local kept = room(10)
for i = 1, 2000 do
    local name = "=chunk" .. i % 5
    local chunk = load("local t = ...\nlocal made = { t, t }\nreturn made", name) --> proto.allocations = 2000
    kept[i % 10 + 1] = chunk(i) --> table.allocations = 0
    if i % 100 == 0 then collectgarbage() end
end
--> @chunk0:2 table.allocations = 400, allocated = 400 * (TABLE + ARRAY(2)), live = 0
--> @chunk4:2 table.allocations = 400, allocated = 400 * (TABLE + ARRAY(2)), live = 0
--> @chunk4:1 allocated = 0

-- Code without line information has no lines, but its bytes are not lost.
local stripped = load(string.dump(load("local t = ...\nreturn { t, t, t }", "=plain"), true), "=given", "b")
for i = 1, 100 do kept[i % 10 + 1] = stripped(i) end --> table.allocations = 0
collectgarbage()
--> @?:0 table.allocations = 100, table.live = 10 * TABLE
