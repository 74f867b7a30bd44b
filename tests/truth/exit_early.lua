-- os.exit without closing the state.
local kept = {} --> live = TABLE
for i = 1, 100 do kept[i] = { i, i } end --> live = 100 * (TABLE + ARRAY(2)) + GROWN_TO(100)
io.write("no newline")
os.exit(7)
