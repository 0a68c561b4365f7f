-- All at once, and then nothing.
print(("%q"):format(io.read("a")), io.read("a"), io.read("l"), io.read(1), io.read(0))
local lines = io.lines(nil, "a") print(("%q"):format(lines())) print(io.stdin:read("*a", "*l"))
