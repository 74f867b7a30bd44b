-- SPDX-License-Identifier: MIT
-- A stand-in for nvim-dap, in Neovim: it reads the tables of a configuration as nvim-dap does, comes to the adapter by them and
-- says what nvim-dap says, in its order: breakpoint, step, variables, evaluate; and it leaves as nvim-dap does.
-- usage: CONFIGURATION=... NAME=... LINE=... FOLDER=... PROCESS=... FACTS=... nvim --headless -u NONE FIXTURE -c 'luafile nvim_dap.lua',
-- with luaheat in the PATH. NAME is a configuration's, PROCESS what is typed if it asks, FOLDER an expression.
-- Writes a line per fact; the test reads them.

local facts = assert(io.open(os.getenv("FACTS"), "w"))
local function tell(...)
  facts:write(table.concat({ ... }, " "), "\n")
  facts:flush()
end

-- ---- the configuration ----

local variables = { file = vim.fn.expand("%:p"), workspaceFolder = vim.fn.getcwd() }

local function expand(value)
  if type(value) == "function" then value = value() end
  if type(value) == "table" then return vim.tbl_map(expand, value) end
  if type(value) ~= "string" then return value end
  return (value:gsub("%${(%w+)}", variables))
end

local function configuration_of(dap)
  for _, configuration in ipairs(dap.configurations[vim.bo.filetype]) do
    if configuration.name == os.getenv("NAME") then return expand(configuration) end
  end
  error("no configuration of that name")
end

local function configure()
  local listeners = setmetatable({}, { __index = function(all, name)
    all[name] = {}
    return all[name]
  end })
  local dap = { adapters = {}, configurations = {}, listeners = { after = listeners } }
  package.loaded.dap = dap
  dofile(os.getenv("CONFIGURATION"))
  if os.getenv("HEAT") then dofile(os.getenv("HEAT")) end
  vim.cmd("filetype on | filetype detect")
  vim.api.nvim_feedkeys(os.getenv("PROCESS") .. "\r", "t", false)
  local configuration = configuration_of(dap)
  return dap.adapters[configuration.type], configuration
end

-- ---- the protocol ----

local to, from, process, ended
local received = {}
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

local connect = {}

function connect.executable(adapter)
  to, from = vim.loop.new_pipe(), vim.loop.new_pipe()
  local options = { args = adapter.args, stdio = { to, from, 2 }, detached = true }
  process = assert(vim.loop.spawn(adapter.command, options, function(code) ended = code end))
end

function connect.server(adapter)
  to = vim.loop.new_tcp()
  from = to
  local connected
  to:connect(adapter.host, adapter.port, function(problem) connected = problem or "" end)
  assert(vim.wait(20000, function() return connected end, 5) and connected == "", connected)
end

local function close()
  if not process then
    to:shutdown(function() to:close() end)
    return "the end"
  end
  to:close()
  process:kill("sigint")
  assert(vim.wait(20000, function() return ended end, 5), "the adapter is still there")
  return "ended with " .. ended
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

-- What nvim-dap does for those who listen, and what they have drawn, beside what the lines have grown by.
local function tell_heat(configuration)
  local session = { config = configuration }
  function session:request(command, arguments, callback) callback(nil, request(command, arguments)) end
  for _, listener in pairs(package.loaded.dap.listeners.after.event_stopped) do listener(session) end
  local space = vim.api.nvim_get_namespaces().luaheat
  for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, space, 0, -1, { details = true })) do
    tell("heat", mark[2] + 1, mark[4].virt_text[1][1])
  end
  for _, row in ipairs(request("luaheat/lines", { source = { path = variables.file } }).sources[1].rows) do
    tell("grown", row[1], row[6])
  end
end

local function start(configuration)
  local capabilities = request("initialize", { clientID = "neovim", clientName = "neovim", adapterID = "nvim-dap", pathFormat = "path",
    linesStartAt1 = true, columnsStartAt1 = true, supportsRunInTerminalRequest = true, supportsVariableType = true,
    supportsProgressReporting = true, supportsStartDebuggingRequest = true, locale = os.getenv("LANG") or "en_US" })
  local filters = {}
  for _, filter in ipairs(capabilities.exceptionBreakpointFilters) do
    if filter.default then table.insert(filters, filter.filter) end
  end
  local begun = send(configuration.request, configuration)
  event("initialized")
  local line = tonumber(os.getenv("LINE"))
  request("setBreakpoints", { source = { path = variables.file, name = vim.fn.expand("%:t") }, breakpoints = { { line = line } }, lines = { line } })
  request("setExceptionBreakpoints", { filters = filters })
  request("configurationDone")
  answer(begun)
end

local function stop()
  local thread = event("stopped").threadId
  request("threads")
  local frame = request("stackTrace", { threadId = thread, startFrame = 0, levels = 1 }).stackFrames[1]
  tell("file", frame.source.path)
  tell("line", frame.line)
  return thread, frame.id
end

local function look(frame)
  local scope = request("scopes", { frameId = frame }).scopes[1]
  for _, variable in ipairs(request("variables", { variablesReference = scope.variablesReference }).variables) do
    tell("variable", variable.name, "=", variable.value)
  end
  for fact, expression in pairs({ result = "n + 41", folder = os.getenv("FOLDER") }) do
    tell(fact, request("evaluate", { expression = expression, frameId = frame, context = "repl" }).result)
  end
end

local function story()
  local adapter, configuration = configure()
  connect[adapter.type](adapter)
  from:read_start(receive)
  start(configuration)
  local thread = stop()
  if os.getenv("HEAT") then tell_heat(configuration) end
  request("next", { threadId = thread })
  local _, frame = stop()
  look(frame)
  if configuration.request == "attach" then
    request("disconnect", { restart = false })
  else
    request("setBreakpoints", { source = { path = variables.file } })
    request("continue", { threadId = thread })
    event("terminated")
  end
  tell(close())
end

local good, wrong = pcall(story)
if not good then tell("problem", wrong) end
vim.cmd("qall!")
