-- Code that is loaded, run and dropped again and again comes to stand where other code stood, of other lines. Each
-- piece here is as large as the others, and allocates on a line of its own.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local kept = room(10)
for i = 1, 4000 do
    local piece = i % 5 -- so many lines before the one that allocates
    local code = ("\n"):rep(piece) .. "local n = ... local made = { n, n } return made"
    local chunk = load(code, "=reloaded") --> proto.allocations = 4000
    kept[i % 10 + 1] = chunk(i) --> table.allocations = 0
    kept[i % 10 + 1] = chunk(i) --> table.allocations = 0
    chunk = nil
    if i % 3 == 0 then collectgarbage() end
end
collectgarbage()
--> @reloaded:1 table.allocations = 1600, allocated = 1600 * (TABLE + ARRAY(2))
--> @reloaded:2 table.allocations = 1600, allocated = 1600 * (TABLE + ARRAY(2))
--> @reloaded:5 table.allocations = 1600, allocated = 1600 * (TABLE + ARRAY(2)), live = 2 * (TABLE + ARRAY(2))

-- The same of one function inside code that is else the same, and of binary code, of which one has no lines.
local function same(before, after)
    return ("return function(n)%slocal made = { n }%sreturn made end"):format(before, after)
end
local sources = { same(" ", "\n"), same("\n", " ") }
local binaries = { string.dump(load(sources[1], "=binary")), string.dump(load(sources[2], "=binary"), true) }
for i = 1, 4000 do
    local chunk = load(sources[i % 2 + 1], "=inside")
    kept[1] = chunk()(i) --> table.allocations = 0
    chunk = load(binaries[i % 2 + 1], "=given", "b")
    kept[2] = chunk()(i) --> table.allocations = 0
    chunk = nil
    if i % 3 == 0 then collectgarbage() end
end
--> @inside:1 table.allocations = 2000, table.allocated = 2000 * TABLE
--> @inside:2 table.allocations = 2000, table.allocated = 2000 * TABLE
--> @binary:1 table.allocations = 2000, table.allocated = 2000 * TABLE
--> @?:0 table.allocations = 2000, table.allocated = 2000 * TABLE
