-- A list that ends open is stored by the line on which it ends, which makes the array as large as it has to be, and the
-- hash anew; the constructor's own line has made what it could know.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep = room(1000)
local function three() return 1, 2, 3 end
three() -- from here on a record is there for its calls

local function listed(i, ...)
  keep[i] = { --> table.allocations = 100, allocated = 100 * TABLE
    three() --> nothing
  } --> buffer.allocated = 100 * ARRAY(3), allocations = 100
  keep[100 + i] = { i, --> table.allocations = 100, allocated = 100 * (TABLE + ARRAY(1))
    ... --> nothing
  } --> live = 100 * ARRAY(4), buffer.allocations = 100
  keep[200 + i] = { x = i, --> table.allocations = 100, allocated = 100 * (TABLE + NODES(1))
    three() --> nothing
  } --> allocated = 100 * (ARRAY(3) + NODES(1)), live = 100 * (ARRAY(3) + NODES(1))
  keep[300 + i] = { x = i, y = i, i, { z = 1 }, --> allocated = 100 * (2 * TABLE + ARRAY(2) + NODES(2) + NODES(1))
    ... --> nothing
  } --> buffer.allocations = 200, live = 100 * (ARRAY(5) + NODES(2))
  if i % 2 == 0 then
    keep[400 + i] = { --> allocated = 50 * TABLE
      ... --> nothing
    } --> allocated = 50 * ARRAY(3)
  else
    keep[400 + i] = {} --> allocated = 50 * TABLE, table.allocations = 50
  end
end

for i = 1, 100 do listed(i, 'a', 'b', 'c') end
