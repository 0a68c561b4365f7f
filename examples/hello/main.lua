-- Press Ctrl+Enter, or Run. What a program prints is shown in the console.
print("Hello from " .. _VERSION .. "!")

-- What you put under _home is kept, also when you close the page. So this
-- number grows with each run.
_home.runs = (_home.runs or 0) + 1
print("This is run number " .. _home.runs .. ".")
