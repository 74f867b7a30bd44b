-- A whole program: a compiler for a small language, a machine that runs what it makes, and a report. The
-- language has functions, closures, lists and records; its programs are compiled anew each round, with other numbers.
package.path = (arg[0]:match("^(.*/)") or "") .. "?.lua;" .. package.path

local parser = require("compiler.parser")
local folding = require("compiler.folding")
local emitter = require("compiler.emitter")
local machine = require("compiler.machine")
local printer = require("compiler.printer")
local samples = require("compiler.samples")

local function checksum(text)
  local sum = 0
  for i = 1, #text do
    sum = (sum * 31 + text:byte(i)) % 1000003
  end
  return sum
end

local Report = {}
Report.__index = Report

function Report.new()
  return setmetatable({ rows = {}, byName = {} }, Report)
end

function Report:row(name)
  local row = self.byName[name]
  if not row then
    row = { name = name, runs = 0, failures = 0, steps = 0, sum = 0 }
    self.byName[name] = row
    self.rows[#self.rows + 1] = row
  end
  return row
end

function Report:print()
  for _, row in ipairs(self.rows) do
    print(string.format("%-10s %4d runs %4d failures %8d steps %8d", row.name, row.runs, row.failures, row.steps, row.sum))
  end
end

local function compile(text)
  return emitter.emit(folding.fold(parser.parse(text)))
end

local function try(sample, round, row)
  local text = sample.text:gsub("%%N%%", tostring(round % 50))
  row.runs = row.runs + 1
  local good, code = pcall(compile, text)
  if not good then
    row.failures = row.failures + 1
    row.sum = (row.sum + checksum(code.line .. ": " .. code.message)) % 1000003
    return
  end
  local result, steps = machine.run(code)
  local listing = printer.listing(code)
  row.steps = row.steps + steps
  row.sum = (row.sum + checksum(result) + checksum(listing) + #table.concat(printer.frequent(code), " ")) % 1000003
end

local report = Report.new()
for round = 1, tonumber(arg[1]) do
  for _, sample in ipairs(samples) do
    try(sample, round, report:row(sample.name))
  end
end
report:print()
