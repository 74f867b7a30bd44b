-- Leaves a child running and waits for ever.
os.execute("sleep 1000 & echo pid $!")
while true do end
