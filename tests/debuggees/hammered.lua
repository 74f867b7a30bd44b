-- Works until somebody sets `stop`, and counts; whatever is lost, or goes wrong, is an error.
local what, folder = ...
stop = false
local works, rounds = {}, 0

function works.loop()
    local sum = 0
    while not stop do
        rounds = rounds + 1
        sum = sum + rounds --@loop
    end
    assert(sum == rounds * (rounds + 1) // 2)
end

local function half(n)
    return n // 2 --@half
end
function works.calls()
    local sum = 0
    while not stop do
        rounds = rounds + 1
        sum = sum + half(2 * rounds)
    end
    assert(sum == rounds * (rounds + 1) // 2)
end

function works.coroutines()
    local function count(from, to)
        for i = from, to do
            coroutine.yield(i) --@coroutines
        end
        error("it is asked for no more")
    end
    while not stop do
        local next = coroutine.wrap(count)
        for i = rounds + 1, rounds + 10 do
            rounds = next(i, i + 9)
            assert(rounds == i)
        end
    end
end

local function read(from, text)
    assert(from:read("n") == rounds and from:read("l") == "")
    assert(from:read("a") == text)
end

function works.files()
    local path, text = folder .. "/file", ("line\n"):rep(2000)
    while not stop do
        rounds = rounds + 1
        local file = assert(io.open(path, "w")) --@files
        assert(file:write(rounds, "\n", text))
        assert(file:close())
        file = assert(io.open(path))
        read(file, text)
        assert(file:close())
        assert(os.rename(path, path .. "2") and os.remove(path .. "2"))
    end
end

-- More than a pipe holds, so that both sides wait for each other.
function works.pipes()
    local path, text = folder .. "/piped", ("x"):rep(300000)
    while not stop do
        rounds = rounds + 1
        local pipe = assert(io.popen("cat > " .. path, "w")) --@pipes
        assert(pipe:write(rounds, "\n", text))
        assert(pipe:close())
        pipe = assert(io.popen("cat " .. path))
        read(pipe, text)
        assert(pipe:close())
        assert(os.execute("test -f " .. path))
    end
end

-- Computes, until no hook is there any more, and then waits for one who computes.
function works.waits()
    while not stop do
        rounds = rounds + 1
        local computes = os.clock() + 0.02
        repeat until os.clock() > computes
        local pipe = assert(io.popen("i=0; while [ $i -lt 20000 ]; do i=$((i + 1)); done; echo $i"))
        print("waits")
        io.flush()
        assert(pipe:read("n") == 20000)
        assert(pipe:close())
    end
end

print("at work")
io.flush()
works[what]()
assert(rounds > 0)
print("nothing was lost")
