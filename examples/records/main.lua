-- A list of records, and three small functions that ask it questions. The
-- records are kept, so the second run does not make them again.
_home.books = _home.books or {
  { title = "Emma", author = "Austen", year = 1815, pages = 474 },
  { title = "Middlemarch", author = "Eliot", year = 1871, pages = 880 },
  { title = "Persuasion", author = "Austen", year = 1817, pages = 249 },
  { title = "Dracula", author = "Stoker", year = 1897, pages = 418 },
  { title = "Silas Marner", author = "Eliot", year = 1861, pages = 262 },
}

-- The records for which `test` returns true.
local function where(records, test)
  local found = {}
  for _, record in ipairs(records) do
    if test(record) then
      found[#found + 1] = record
    end
  end
  return found
end

-- The same records in the order of a field.
local function sorted_by(records, field)
  local sorted = table.move(records, 1, #records, 1, {})
  table.sort(sorted, function(a, b)
    return a[field] < b[field]
  end)
  return sorted
end

-- The sum of a field for each value of another.
local function sum_by(records, group, field)
  local sums = {}
  for _, record in ipairs(records) do
    sums[record[group]] = (sums[record[group]] or 0) + record[field]
  end
  return sums
end

print("Short books, oldest first:")
local short = where(_home.books, function(book)
  return book.pages < 450
end)
for _, book in ipairs(sorted_by(short, "year")) do
  print(string.format("  %d  %-14s %4d pages", book.year, book.title, book.pages))
end

print("Pages by author:")
local authors = {}
for author, pages in pairs(sum_by(_home.books, "author", "pages")) do
  authors[#authors + 1] = { author = author, pages = pages }
end
for _, line in ipairs(sorted_by(authors, "author")) do
  print(string.format("  %-8s %5d", line.author, line.pages))
end
