local tables = {} --> live = TABLE
local kept = table.pack(table.unpack({}, 1, 100))
local added = 0
function tables.add(value)
    added = added + 1
    kept[added] = { value, value } --> live = 100 * (TABLE + ARRAY(2))
end
function tables.count() return added end
return tables
