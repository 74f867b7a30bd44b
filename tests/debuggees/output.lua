-- Output of every kind.
local what = ...
if what == "kinds" then
    print("print", 1, nil, true)
    io.write("io.write\n")
    io.stdout:write("io.stdout\n")
    io.stderr:write("io.stderr\n")
    io.flush()
    os.execute("echo a shell; echo its stderr >&2")
    local pipe = io.popen("cat", "w")
    pipe:write("a pipe\n")
    pipe:close()
elseif what == "bytes" then
    io.write("ä € \u{1f600}\n")
    io.write("invalid \xff\xfe\xc3( end\n")
    io.write("nul \0 end\n")
    io.write("escape \27[31mred\27[0m\n")
    io.write("carriage\rreturn\r\n")
elseif what == "partial" then
    io.write("partial ") io.write("line")
    local x = 1 --@stop
    io.write(" completed\n")
    io.write("no newline at the end")
elseif what == "many" then
    for i = 1, tonumber((select(2, ...))) do print("line " .. i) end
elseif what == "huge" then
    io.write(("x"):rep(5000000), "\n")
elseif what == "split" then
    io.stdout:setvbuf("no")
    for byte in ("€"):rep(100):gmatch(".") do io.write(byte) end
    io.write("\n")
elseif what == "header" then
    io.write("Content-Length: 20\r\n\r\n{\"seq\":1,\"type\":\"x\"}\n")
elseif what == "turns" then
    for i = 1, 1000 do
        io.stdout:write("out " .. i .. "\n")
        io.stderr:write("err " .. i .. "\n")
    end
elseif what == "coroutine" then
    coroutine.wrap(function()
        print("inside")
        local x = 1 --@in_coroutine
        print("after")
    end)()
elseif what == "background" then
    os.execute("sleep 20 & echo $!")
elseif what == "stdin" then
    print(io.read("a") == "", io.read())
end
print("the end")
