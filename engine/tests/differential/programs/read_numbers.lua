-- Numbers among the lines, as io.read("n") finds them.
print(io.read("l", "n", "n")) print(io.read("n", "n")) print(("%q"):format(io.read("a")))
