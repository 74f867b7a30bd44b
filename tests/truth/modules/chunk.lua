-- Run twice, under two names for one file.
return { 1, 2, 3, ... } --> table.allocations = 2, table.allocated = 2 * TABLE
