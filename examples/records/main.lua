-- A collection of records, and some questions to it. The records are kept, so
-- the second run does not make them again.
local books = ext.collection("books", {
  key = "title",
  indexes = { "year", "author" },
  schema = { author = "string", year = "integer", pages = "integer" },
})

if #books == 0 then
  books:put_all({
    { title = "Emma", author = "Austen", year = 1815, pages = 474 },
    { title = "Middlemarch", author = "Eliot", year = 1871, pages = 880 },
    { title = "Persuasion", author = "Austen", year = 1817, pages = 249 },
    { title = "Dracula", author = "Stoker", year = 1897, pages = 418 },
    { title = "Silas Marner", author = "Eliot", year = 1861, pages = 262 },
  })
end

print("Short books, oldest first:")
for book in books:where("pages", "<", 450):order("year"):each() do
  print(string.format("  %d  %-14s %4d pages", book.year, book.title, book.pages))
end

print("Pages by author:")
for row in books:group("author"):sum("pages"):order("author"):each() do
  print(string.format("  %-8s %5d", row.author, row.sum_pages))
end

-- All of this happens, or nothing of it.
local is_done, problem = pcall(ext.transaction, function()
  books:delete("Emma")
  books:put({ title = "Mansfield Park", author = "Austen", year = "1814" })
end)
print(is_done, problem)
print(books:where("author", "=", "Austen"):count() .. " books by Austen")
