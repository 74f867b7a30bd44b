assert(require("leaky")()) --@leak
if arg[1] == "exit" then os.exit(true) end
print("end")
