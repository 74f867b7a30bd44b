-- SPDX-License-Identifier: MIT
-- Luaheat for nvim-dap: as ~/.config/nvim/after/plugin/luaheat.lua, or a part of init.lua.

local dap = require("dap")
dap.adapters.luaheat = { type = "executable", command = "luaheat", args = { "dap" } }
dap.configurations.lua = dap.configurations.lua or {}
table.insert(dap.configurations.lua, {
  type = "luaheat", request = "launch", name = "Debug this file",
  program = "${file}", cwd = "${workspaceFolder}",
})
