local module = {} --@module_first
function module.count(t)
    local n = #t --@module_body
    return n
end
return module --@module_last
