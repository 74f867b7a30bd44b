-- Renders; its cache has 20 pages.
local pages = { cache = {} }

local function render(page)
  local lines = {}
  for i = 1, 10 do lines[i] = 'line ' .. i .. ' of page ' .. page end
  return table.concat(lines, '\n')
end

function pages.render(page, number)
  if number % 7 == 0 then error('no paper for request ' .. number) end
  pages.cache[page] = pages.cache[page] or render(page)
  return pages.cache[page] .. number
end

return pages
