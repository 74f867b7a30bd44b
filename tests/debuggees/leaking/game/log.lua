local log = { lines = {} }

-- Keeps the last ten.
function log.write(line)
  log.lines[#log.lines % 10 + 1] = line
end

return log
