-- Says whether two programs are compiled to the same code, whatever lines it is on.

-- A first line that begins with `#` is for a shell.
local function compile(program)
  return load((program:gsub("^#[^\n]*", "")))
end

-- What `string.dump` gives without the lines where functions begin and end.
local function code_of(program)
  local dump = string.dump(assert(compile(program)), true)
  local at, kept = 1, {}
  local function keep(length)
    kept[#kept + 1] = dump:sub(at, at + length - 1)
    at = at + length
  end
  local function read_number()
    local number, byte = 0, nil
    repeat
      byte = dump:byte(at)
      at = at + 1
      number = (number << 7) | (byte & 0x7f)
    until byte & 0x80 ~= 0
    return number
  end
  local function keep_number()
    local from = at
    local number = read_number()
    at = from
    repeat
      local byte = dump:byte(at)
      keep(1)
    until byte & 0x80 ~= 0
    return number
  end
  local function keep_string()
    local size = keep_number()
    if size > 0 then keep(size - 1) end
  end
  local function keep_function()
    keep_string()
    read_number()
    read_number()
    keep(3)
    keep(4 * keep_number())
    for _ = 1, keep_number() do
      local kind = dump:byte(at)
      keep(1)
      if kind == 0x13 or kind == 0x03 then
        keep(8)
      elseif kind == 0x04 or kind == 0x14 then
        keep_string()
      end
    end
    keep(3 * keep_number())
    for _ = 1, keep_number() do keep_function() end
    -- What is there for debugging: nothing, but counts.
    for _ = 1, 4 do keep_number() end
  end
  -- The signature, the version and the sizes of numbers; then the number of upvalues.
  keep(4 + 1 + 1 + 6 + 3 + 8 + 8 + 1)
  keep_function()
  assert(at == #dump + 1, "the dump was not read to its end")
  return table.concat(kept)
end

return function(one, other)
  if not compile(one) and not compile(other) then return "no programs" end
  return code_of(one) == code_of(other) and "same" or "different"
end
