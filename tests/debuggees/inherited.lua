-- What a process has from the one that starts it.
local function lines(path, pattern)
  for line in io.lines(path) do
    if line:find(pattern) then print(line) end
  end
end
lines("/proc/self/status", "^SigBlk")
lines("/proc/self/status", "^SigIgn")
lines("/proc/self/status", "^Umask")
if arg[1] == "signals" then os.exit(0) end
lines("/proc/self/limits", "")
local fields = {}
for field in io.open("/proc/self/stat"):read("a"):gsub("^.*%) ", ""):gmatch("%S+") do fields[#fields + 1] = field end
print("group, session, terminal, its group", table.unpack(fields, 3, 6))
print("nice", fields[17])
-- What it starts has them from it, and nothing more.
os.execute("pwd; umask; env | LC_ALL=C sort; ls /proc/self/fd | wc -l; grep -E 'Sig(Blk|Ign)' /proc/self/status")
