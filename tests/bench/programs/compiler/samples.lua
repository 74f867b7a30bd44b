-- Programs of the small language. %N% stands for a number.
return {
  { name = "primes", text = [[
# The sieve of Eratosthenes.
let composite = {}
let primes = []
for n in range(2, %N% + 40) {
  if not composite[n] {
    push(primes, n)
    let multiple = n * n
    while multiple <= %N% + 40 { composite[multiple] = true; multiple = multiple + n }
  }
}
return join(primes, " ")
]] },
  { name = "sort", text = [[
let seed = %N%
let random = fn(most) { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 65536 % most }
let list = []
for i in range(1, 40) { push(list, random(100)) }
let sort = fn(list) {
  if len(list) < 2 { return list }
  let pivot = list[1]
  let below = []; let same = []; let above = []
  for value in list {
    if value < pivot { push(below, value) } else if value == pivot { push(same, value) } else { push(above, value) }
  }
  let result = sort(below)
  for value in same { push(result, value) }
  for value in sort(above) { push(result, value) }
  return result
}
return join(sort(list), ",")
]] },
  { name = "queens", text = [[
let size = 4 + 1
let found = 0
let place = fn(row, columns, rising, falling) {
  if row > size { found = found + 1; return nil }
  for column in range(1, size) {
    if not columns[column] and not rising[row + column] and not falling[row - column + size] {
      columns[column] = true; rising[row + column] = true; falling[row - column + size] = true
      place(row + 1, columns, rising, falling)
      columns[column] = false; rising[row + column] = false; falling[row - column + size] = false
    }
  }
}
place(1, {}, {}, {})
return found .. " ways, " .. %N%
]] },
  { name = "closures", text = [[
let counter = fn(step) { let count = 0; return fn() { count = count + step; return count } }
let map = fn(list, f) { let result = []; for one in list { push(result, f(one)) }; return result }
let compose = fn(f, g) { return fn(x) { return f(g(x)) } }
let byThree = counter(1 + 1 * 2)
let add = fn(n) { return fn(x) { return x + n } }
let each = map(range(1, 20), compose(add(%N%), fn(x) { return x * byThree() }))
return join(each, "\t")
]] },
  { name = "texts", text = [[
let words = ["ant", "bee", "cow", "dog", "elk"]
let people = []
for i in range(1, 15) {
  push(people, { name: words[i % 5 + 1] .. i, age: (i * 7 + %N%) % 50, tags: ["a", "b" .. i] })
}
let oldest = people[1]
let lines = []
for one in people {
  if one.age > oldest.age or one.age == oldest.age and len(one.name) > 3 { oldest = one }
  push(lines, one.name .. ":" .. one.age .. " " .. join(one.tags, "/"))
}
let i = 0
while true { i = i + 1; if i > 10 { break } }
return oldest.name .. " " .. i .. "\n" .. join(lines, "\n")
]] },
  { name = "broken", text = "let a = 1\nlet b = (a + %N%\nreturn b" },
}
