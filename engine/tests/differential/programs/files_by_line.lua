-- All that can be read, line by line; the formats of a loop.
print(pcall(io.lines, nil, "l", {}))
for a, b in io.lines(nil, 1, "L") do io.write("[", a, "|", b or "nothing", "]\n") end
print(io.read("l")) print(io.read("a") == "") print(pcall(io.lines()))
