-- With the collector stopped all garbage stays, and is no leak.
collectgarbage('stop')
return function(lap)
  local list = { lap, { lap }, 'garbage of lap ' .. lap }
  return #list
end
