-- SPDX-License-Identifier: MIT
-- A stand-in for nvim-dap, in Neovim: it reads the tables of a configuration as nvim-dap does, starts the adapter by them and
-- tells a session's story: breakpoint, step, variables, evaluate.
-- usage: CONFIGURATION=... LINE=... FACTS=... nvim --headless -u NONE FIXTURE -l nvim_dap.lua, with luaheat in the PATH
-- Writes a line per fact; the test reads them.

local facts = assert(io.open(os.getenv("FACTS"), "w"))
local function tell(...)
  facts:write(table.concat({ ... }, " "), "\n")
  facts:flush()
end

-- ---- the configuration ----

local variables = { file = vim.fn.expand("%:p"), workspaceFolder = vim.fn.getcwd() }

local function expand(value)
  if type(value) == "table" then return vim.tbl_map(expand, value) end
  if type(value) ~= "string" then return value end
  return (value:gsub("%${(%w+)}", variables))
end

local function configure()
  local dap = { adapters = {}, configurations = {} }
  package.loaded.dap = dap
  dofile(os.getenv("CONFIGURATION"))
  vim.cmd("filetype on | filetype detect")
  local configuration = expand(dap.configurations[vim.bo.filetype][1])
  local adapter = dap.adapters[configuration.type]
  assert(adapter.type == "executable")
  return adapter, configuration
end

-- ---- the protocol ----

local to, from = vim.loop.new_pipe(), vim.loop.new_pipe()
local received, ended = {}, nil
local bytes = ""

local function receive(_, chunk)
  bytes = bytes .. (chunk or "")
  while true do
    local size, start = bytes:match("^Content%-Length: (%d+)\r\n\r\n()")
    if not size or #bytes < start - 1 + size then return end
    table.insert(received, vim.json.decode(bytes:sub(start, start - 1 + size)))
    bytes = bytes:sub(start + size)
  end
end

local function connect(adapter)
  local options = { args = adapter.args, stdio = { to, from, 2 } }
  assert(vim.loop.spawn(adapter.command, options, function(code) ended = code end))
  from:read_start(receive)
end

local function await(what, fits)
  local found
  local function look()
    for i, message in ipairs(received) do
      if fits(message) then
        found = table.remove(received, i)
        return true
      end
    end
  end
  assert(vim.wait(20000, look, 5), "waited in vain for " .. what)
  return found
end

local last = 0
local function send(command, arguments)
  last = last + 1
  local text = vim.json.encode({ seq = last, type = "request", command = command, arguments = arguments })
  to:write(("Content-Length: %d\r\n\r\n%s"):format(#text, text))
  return last
end

local function answer(seq)
  local response = await("an answer", function(message) return message.type == "response" and message.request_seq == seq end)
  assert(response.success, response.message)
  return response.body
end

local function request(command, arguments) return answer(send(command, arguments)) end

local function event(name)
  return await(name, function(message) return message.type == "event" and message.event == name end).body
end

-- ---- the story ----

local function start(configuration)
  local capabilities = request("initialize", { clientID = "neovim", adapterID = "nvim-dap", pathFormat = "path",
    linesStartAt1 = true, columnsStartAt1 = true, supportsRunInTerminalRequest = true })
  local filters = {}
  for _, filter in ipairs(capabilities.exceptionBreakpointFilters) do
    if filter.default then table.insert(filters, filter.filter) end
  end
  local launched = send(configuration.request, configuration)
  event("initialized")
  request("setBreakpoints", { source = { path = variables.file }, breakpoints = { { line = tonumber(os.getenv("LINE")) } } })
  request("setExceptionBreakpoints", { filters = filters })
  request("configurationDone")
  answer(launched)
end

local function stop()
  local thread = event("stopped").threadId
  local frame = request("stackTrace", { threadId = thread, startFrame = 0, levels = 1 }).stackFrames[1]
  tell("line", frame.line)
  return thread, frame.id
end

local function story()
  local adapter, configuration = configure()
  connect(adapter)
  start(configuration)
  local thread = stop()
  request("next", { threadId = thread })
  local _, frame = stop()
  local scope = request("scopes", { frameId = frame }).scopes[1]
  for _, variable in ipairs(request("variables", { variablesReference = scope.variablesReference }).variables) do
    tell("variable", variable.name, "=", variable.value)
  end
  for fact, expression in pairs({ result = "n + 41", folder = "io.popen('pwd'):read('l')" }) do
    tell(fact, request("evaluate", { expression = expression, frameId = frame, context = "repl" }).result)
  end
  request("setBreakpoints", { source = { path = variables.file } })
  request("continue", { threadId = thread })
  event("terminated")
  request("disconnect")
  assert(vim.wait(20000, function() return ended end, 5), "the adapter is still there")
  tell("ended with", ended)
end

local good, wrong = pcall(story)
if not good then tell("problem", wrong) end
vim.cmd("qall!")
