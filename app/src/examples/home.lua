-- Whatever you put under _home is kept: close the page, come back, and it is
-- as you left it. Functions keep their local variables, too.
local count = 0
function _home.next() count = count + 1; return count end

print(_home.next(), _home.next())

-- Now reload the page, and run this line in the console: _home.next()
