-- Constructors over many lines. A table is charged to the line of the token before its opening brace,
-- its array and hash parts likewise, because Lua's own line information says so.
local a = { --> live = TABLE + ARRAY(3), allocations = 2
    1,
    2,
    3,
}
local b = { --> live = TABLE + NODES(2)
    x = 'x',
    y = { --> live = 2 * TABLE + ARRAY(1) + ARRAY(3)
        { 1, 2, 3 }, --> nothing
    },
}
local c = --> live = TABLE + ARRAY(2)
{
    1, --> nothing
    2,
}
local d = { --> live = 2 * TABLE + ARRAY(2)
    {}, --> live = TABLE
    {},
}
local hundred = { --> live = TABLE + ARRAY(100)
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20,
    1, 2, 3, 4, 5, 6, 7, 8, 9, 30, 1, 2, 3, 4, 5, 6, 7, 8, 9, 40, --> nothing
    1, 2, 3, 4, 5, 6, 7, 8, 9, 50, 1, 2, 3, 4, 5, 6, 7, 8, 9, 60, --> nothing
    1, 2, 3, 4, 5, 6, 7, 8, 9, 70, 1, 2, 3, 4, 5, 6, 7, 8, 9, 80,
    1, 2, 3, 4, 5, 6, 7, 8, 9, 90, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100,
} --> nothing
local open = { --> live = TABLE
    table.unpack(hundred),
} --> live = ARRAY(100)
