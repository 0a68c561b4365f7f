-- Reads sales.csv, which lies beside this program, keeps its rows as records
-- under _home, and writes sums to totals.csv. Drop a file of your own on the
-- page, and read that instead.

-- The fields of one line. A field in quotes can hold commas, and "" is a
-- quote in it.
local function fields_of(line)
  local fields, at = {}, 1
  repeat
    local field, rest
    if line:sub(at, at) == '"' then
      local close = at
      repeat
        close = line:find('"', close + 1, true) or error("a quote is not closed: " .. line)
        local is_doubled = line:sub(close + 1, close + 1) == '"'
        if is_doubled then
          close = close + 1
        end
      until not is_doubled
      field, rest = line:sub(at + 1, close - 1):gsub('""', '"'), close + 1
    else
      field, rest = line:match("^([^,]*)()", at)
    end
    table.insert(fields, field)
    at = rest + 1
  until at > #line + 1
  return fields
end

-- Each line as a record, under the names in the first line.
local function read_csv(path)
  local names, records = nil, {}
  for line in io.lines(path) do
    local fields = fields_of(line)
    if not names then
      names = fields
    else
      local record = {}
      for column, name in ipairs(names) do
        record[name] = tonumber(fields[column]) or fields[column]
      end
      table.insert(records, record)
    end
  end
  return records
end

_home.sales = read_csv("sales.csv")
print(#_home.sales .. " sales, the fourth of a " .. _home.sales[4].product)

local totals, regions = {}, {}
for _, sale in ipairs(_home.sales) do
  if not totals[sale.region] then
    totals[sale.region] = 0
    table.insert(regions, sale.region)
  end
  totals[sale.region] = totals[sale.region] + sale.amount
end
table.sort(regions)

local file <close> = assert(io.open("totals.csv", "w"))
file:write("region,amount\n")
for _, region in ipairs(regions) do
  file:write(region, ",", totals[region], "\n")
  print(string.format("%-6s %5d", region, totals[region]))
end
print("Wrote totals.csv.")
