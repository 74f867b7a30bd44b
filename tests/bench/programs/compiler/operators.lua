-- What the operators of the language compute, for the compiler and for the machine.
local operators = { unary = {}, binary = {} }

local unary, binary = operators.unary, operators.binary

unary["-"] = function(a) return -a end
unary["not"] = function(a) return not a end

binary["+"] = function(a, b) return a + b end
binary["-"] = function(a, b) return a - b end
binary["*"] = function(a, b) return a * b end
binary["/"] = function(a, b) return a // b end
binary["%"] = function(a, b) return a % b end
binary[".."] = function(a, b) return tostring(a) .. tostring(b) end
binary["=="] = function(a, b) return a == b end
binary["!="] = function(a, b) return a ~= b end
binary["<"] = function(a, b) return a < b end
binary[">"] = function(a, b) return a > b end
binary["<="] = function(a, b) return a <= b end
binary[">="] = function(a, b) return a >= b end

return operators
