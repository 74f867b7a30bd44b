-- SPDX-License-Identifier: MIT
-- Luaheat for nvim-dap: as ~/.config/nvim/after/plugin/luaheat.lua, or a part of init.lua.

local dap = require("dap")
dap.adapters.luaheat = { type = "executable", command = "luaheat", args = { "dap" } }

local function ask_for_process()
  return tonumber(vim.fn.input(vim.fn.system("luaheat ps") .. "Process: "))
end

dap.configurations.lua = dap.configurations.lua or {}
vim.list_extend(dap.configurations.lua, {
  {
    type = "luaheat", request = "launch", name = "Debug this file",
    program = "${file}", cwd = "${workspaceFolder}",
  },
  { type = "luaheat", request = "attach", name = "Attach", processId = ask_for_process },
})
