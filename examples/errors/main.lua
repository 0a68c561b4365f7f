-- Errors: how to raise, catch and tell them apart. An error that nobody
-- catches ends the run; what the program did to _home until then is kept.

-- pcall calls a function and says whether it failed, and with what.
print(pcall(function()
  local nothing
  return nothing.field
end))

-- The level 2 blames the line that called, not this one.
local function root(number)
  if number < 0 then
    error("no root of a negative number", 2)
  end
  return math.sqrt(number)
end

print(pcall(root, 16))
print(pcall(function()
  local result = root(-1) -- The message names this line.
  return result
end))

-- An error can be any value. A table can say more than a text.
local function parse_age(text)
  local age = math.tointeger(tonumber(text))
  if not age then
    error({ kind = "format", text = text })
  elseif age > 150 then
    error({ kind = "range", text = text })
  end
  return age
end

for _, text in ipairs({ "42", "forty", "420" }) do
  local ok, result = pcall(parse_age, text)
  if ok then
    print(text .. " is an age")
  elseif type(result) == "table" then
    print(text .. " is no age: wrong " .. result.kind)
  else
    error(result, 0) -- Not one of ours: pass it on.
  end
end

-- xpcall asks a function what to make of the message, where it happened.
print(xpcall(function()
  error("something broke")
end, function(message)
  return "caught: " .. message
end))

-- A variable marked <close> tidies up, whether its block fails or not.
local function open(name)
  print("open " .. name)
  return setmetatable({}, { __close = function() print("close " .. name) end })
end

print(pcall(function()
  local door <close> = open("the door")
  error("a draught")
end))
