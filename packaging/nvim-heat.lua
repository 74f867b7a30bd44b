-- SPDX-License-Identifier: MIT
-- Heat in Neovim, beside nvim-dap.lua: as ~/.config/nvim/after/plugin/luaheat-heat.lua, or a part of init.lua.

local heat = vim.api.nvim_create_namespace("luaheat")
local strengths = { { 0.5, "DiagnosticError" }, { 0.1, "DiagnosticWarn" }, { 0, "DiagnosticHint" } }

local function text_of(bytes)
  if bytes < 1024 then return ("+%d B"):format(bytes) end
  if bytes < 1024 ^ 2 then return ("+%.1f KB"):format(bytes / 1024) end
  return ("+%.1f MB"):format(bytes / 1024 ^ 2)
end

local function highlight_of(share)
  for _, strength in ipairs(strengths) do
    if share >= strength[1] then return strength[2] end
  end
end

-- What the lines of a file have grown by, at their ends.
local function draw(buffer, rows, line, growth)
  local most = 0
  for _, row in ipairs(rows) do most = math.max(most, row[growth]) end
  for _, row in ipairs(rows) do
    if row[growth] > 0 and row[line] <= vim.api.nvim_buf_line_count(buffer) then
      local text = { text_of(row[growth]), highlight_of(row[growth] / most) }
      vim.api.nvim_buf_set_extmark(buffer, heat, row[line] - 1, 0, { virt_text = { text }, hl_mode = "combine" })
    end
  end
end

local function clear()
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do vim.api.nvim_buf_clear_namespace(buffer, heat, 0, -1) end
end

local function show(session)
  if session.config.type ~= "luaheat" then return end
  session:request("luaheat/lines", nil, function(problem, answer)
    clear()
    if problem then return end
    local at = {}
    for place, column in ipairs(answer.columns) do at[column] = place end
    for _, file in ipairs(answer.sources) do
      local buffer = file.source.path and vim.fn.bufnr(vim.fn.fnameescape(file.source.path)) or -1
      if buffer > 0 then draw(buffer, file.rows, at.line, at.growth) end
    end
  end)
end

local after = require("dap").listeners.after
after.event_stopped.luaheat = show
after.event_exited.luaheat = show
