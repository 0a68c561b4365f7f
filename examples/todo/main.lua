-- A to-do list that is still there tomorrow. Each run ticks off one item.
-- The functions are globals, which the console finds until the page is
-- closed. Try there: add("Buy milk"), tick(2), show()
_home.todo = _home.todo or {}

function add(text)
  table.insert(_home.todo, { text = text, is_done = false })
end

function tick(number)
  local item = _home.todo[number]
  if not item then
    error("there is no item " .. number, 2)
  end
  item.is_done = true
end

function show()
  for number, item in ipairs(_home.todo) do
    print(string.format("%d. [%s] %s", number, item.is_done and "x" or " ", item.text))
  end
end

local function first_open()
  for number, item in ipairs(_home.todo) do
    if not item.is_done then
      return number
    end
  end
end

if #_home.todo == 0 then
  add("Write a program")
  add("Close the page")
  add("Come back and run it again")
end

local number = first_open()
if number then
  tick(number)
end
show()
