local kept = {}
kept[1] = { "part" } --@part
