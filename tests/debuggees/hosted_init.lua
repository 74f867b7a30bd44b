inited = "a file"
