-- A mixed program: writes a document as JSON and parses it again.
-- Result: 7200
local function encode(value, out)
  if type(value) == "table" then
    if #value > 0 then
      out[#out + 1] = "["
      for index, item in ipairs(value) do
        if index > 1 then
          out[#out + 1] = ","
        end
        encode(item, out)
      end
      out[#out + 1] = "]"
    else
      local keys = {}
      for key in pairs(value) do
        keys[#keys + 1] = key
      end
      table.sort(keys)
      out[#out + 1] = "{"
      for index, key in ipairs(keys) do
        out[#out + 1] = (index > 1 and ',"' or '"') .. key .. '":'
        encode(value[key], out)
      end
      out[#out + 1] = "}"
    end
  elseif type(value) == "string" then
    out[#out + 1] = '"' .. value:gsub('[%c"\\]', function(c)
      return ("\\u%04x"):format(c:byte())
    end) .. '"'
  else
    out[#out + 1] = tostring(value)
  end
  return out
end

local decode
local function skip(text, place)
  return text:find("%S", place)
end

local function decode_string(text, place)
  local last = text:find('"', place + 1, true)
  local plain = text:sub(place + 1, last - 1):gsub("\\u(%x%x%x%x)", function(code)
    return string.char(tonumber(code, 16))
  end)
  return plain, last + 1
end

local function decode_list(text, place)
  local list, value = {}, nil
  repeat
    value, place = decode(text, place + 1)
    list[#list + 1] = value
    place = skip(text, place)
  until text:sub(place, place) == "]"
  return list, place + 1
end

local function decode_object(text, place)
  local object, key, value = {}, nil, nil
  repeat
    key, place = decode_string(text, skip(text, place + 1))
    value, place = decode(text, skip(text, place) + 1)
    object[key] = value
    place = skip(text, place)
  until text:sub(place, place) == "}"
  return object, place + 1
end

function decode(text, place)
  place = skip(text, place)
  local first = text:sub(place, place)
  if first == "{" then
    return decode_object(text, place)
  elseif first == "[" then
    return decode_list(text, place)
  elseif first == '"' then
    return decode_string(text, place)
  elseif text:find("^true", place) then
    return true, place + 4
  elseif text:find("^false", place) then
    return false, place + 5
  end
  local number, after = text:match("^(-?[%d.]+)()", place)
  return tonumber(number), after
end

local document = {}
for n = 1, 400 do
  document[n] = { id = n, name = 'user "' .. n .. '"', tags = { "a", "b", "c" }, active = n % 2 == 0, score = n % 10 }
end
local total = 0
for _ = 1, 20 do
  local again = decode(table.concat(encode(document, {})), 1)
  for _, user in ipairs(again) do
    if user.active and user.name == 'user "' .. user.id .. '"' then
      total = total + user.score // 4 + #user.tags - 2
    end
  end
end
return total
