-- Numeric code: the Mandelbrot set, in floats.
-- Result: 35040
local size, limit = 300, 80
local inside = 0
for row = 0, size - 1 do
  local c_imaginary = 2.0 * row / size - 1.0
  for column = 0, size - 1 do
    local c_real = 2.0 * column / size - 1.5
    local real, imaginary, steps = 0.0, 0.0, 0
    while steps < limit and real * real + imaginary * imaginary <= 4.0 do
      real, imaginary = real * real - imaginary * imaginary + c_real, 2.0 * real * imaginary + c_imaginary
      steps = steps + 1
    end
    if steps == limit then
      inside = inside + 1
    end
  end
end
return inside
