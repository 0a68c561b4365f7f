-- A function that counts, and the local variable in which it does. Under
-- _home both are kept: run this again, or close the page and come back, and
-- it goes on where it was.
if not _home.counter then
  local count = 0

  function _home.counter(step)
    count = count + (step or 1)
    return count
  end

  print("Made a new counter.")
end

print(_home.counter(), _home.counter(), _home.counter(10))

-- In the tree, open counter: its variable count is there. To begin anew,
-- run this at the console: _home.counter = nil
