-- Calls: Fibonacci numbers by plain recursion.
-- Result: 2178309
local function fib(n)
  if n < 2 then
    return 1
  end
  return fib(n - 1) + fib(n - 2)
end

return fib(31)
