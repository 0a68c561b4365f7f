local users = ext.collection("users", {
  key = "id",
  indexes = { "score", { "email", unique = true }, { "city", "team" }, { name = "initial", by = function(u) return u.name:sub(1, 1) end } },
  schema = { name = "string", score = { type = "integer", required = true, default = 0 } },
})
local function fails(...) print(select(2, pcall(...))) end
users:put({ id = 2, name = "Ada", score = 95, email = "ada@example.com", city = "London", team = "x" })
print(users:put_all({
  { id = 10, name = "Alan", score = 80, email = "alan@example.com", city = "London", team = "y" },
  { id = "z", name = "Grace", email = "grace@example.com", city = "New York", team = "x" },
  { id = 1.0, name = "Edsger", score = 70, city = "Austin", team = "x" },
}))
for key, user in pairs(users) do print(key, user.name, user.score) end
print(#users, users:count(), users:get(1).name, users:get(1.0) == users:get(1), users:get("none"))
print(users:update(1, { score = 71, email = "e@example.com" }).score, users:update(1, function(u) u.score = u.score + 1 end).score)
print(users:delete("z").name, users:delete("z"), #users)

local function names(query)
  local list = {}
  for user in query:each() do list[#list + 1] = user.name end
  local plan = query:explain()
  print(table.concat(list, " "), plan.strategy, plan.index, plan.candidates, plan.of)
end
names(users:where("score", ">=", 80))
names(users:where("score", ">", 80))
names(users:where("score", "<", 80))
names(users:where("city", "=", "London"):where("team", "=", "y"))
names(users:where("initial", "=", "A"):order("score"))
names(users:where("email", "startsWith", "al"))
names(users:where("name", "endsWith", "a"))
names(users:where("id", "=", 2))
names(users:where("id", "in", { 10, 2, 3 }))
names(users:where_any({ "score", "=", 95 }, { { "city", "=", "Austin" }, { "team", "=", "x" } }))
names(users:order("name", "desc"):limit(2):offset(1))
names(users:where(function(u) return u.score % 2 == 0 end))
names(users:where("email", "contains", "@"):where("score", "between", 71, 90))
names(users:where("name", "matches", "^E.*r$"))
names(users:where("city", "not-in", { "London" }))

print("groups")
for row in users:group("city"):count():sum("score"):max("score", "best"):order("city"):each() do
  print(row.city, row.count, row.sum_score, row.best)
end
print(users:avg("score"), users:min("name"), users:max("score"), users:where("score", "<", 0):sum("score"))

print("joins")
local orders = ext.collection("orders", { key = "number" })
orders:put_all({ { number = 1, user = 2, total = 5 }, { number = 2, user = 10, total = 7 }, { number = 3, user = 99, total = 1 } })
for row in orders:join(users, "user", "buyer"):where("buyer.name", "=", "Alan"):select("number", "buyer.name"):each() do
  print(row.number, row["buyer.name"])
end
print(orders:join(users, "user", "buyer", "left"):count(), orders:join(users, "user"):first().users.name)

print("tables")
local list = { { n = 3 }, { n = 1 }, { n = 2 } }
print(ext.query(list):order("n"):first().n, ext.query(list):where("n", ">", 1):count())

print("errors")
fails(users.put, users, 5)
fails(users.put, users, { name = "x" })
fails(users.put, users, { id = 0 / 0 })
fails(users.put, users, { id = 3, name = 5 })
fails(users.put, users, { id = 3, name = "X", score = "1" })
fails(users.put, users, { id = 3, name = "X", email = "ada@example.com" })
fails(users.put, users, { id = 3 })
fails(users.put_all, users, { { id = 5, name = "a" }, { id = 5, name = "b" } })
fails(users.put_all, users, { { id = 5, name = "a", email = "q" }, { id = 6, name = "b", email = "q" } })
fails(users.put_all, users, { { id = 5, name = "a" }, 7 })
fails(users.put_all, users, { x = 1 })
fails(users.update, users, 1, { id = 7 })
fails(users.update, users, 1, function(u) u.score = 3 u.name = nil u.email = "ada@example.com" end)
fails(users.update, users, 1, function(u) u.score = 3 error("no") end)
fails(users.update, users, 77, {})
fails(users.where, users, "score", "<", {})
fails(users.where, users, "score", "~", 1)
fails(users.where, users, "score", "=", 0 / 0)
fails(users.where, users, "score", "between", 1, "a")
fails(users.where, users, "name", "matches", "%")
fails(users.where, users, {}, "=", 1)
fails(users.limit, users, -1)
fails(ext.collection, "users", { key = "name" })
fails(ext.collection, "users", { keys = "name" })
fails(ext.collection, "users", { schema = { name = "text" } })
fails(ext.collection, "users", { schema = { city = { type = "integer" } } })
fails(ext.collection, "users", { indexes = { { "team", unique = true } } })
_home.plain = {}
fails(ext.collection, "plain")
fails(ext.query, 5)
fails(function() return ext.query({ 1, 2 }):list() end)
fails(function() return ext.query({ { n = 1 }, { n = "a" } }):order("n"):list() end)
fails(function() return ext.query({ { n = 1 }, { n = {} } }):sum("n") end)
fails(users.get, users, {})
fails(users.get, {}, 1)
print(users:get(1).score, users:get(1).email, #users, users:get(3), users:get(5))

print("behind its back")
print(users:where("score", ">", 0):count())
users.rows[1].score = 1000
users.rows[10] = nil
users.rows[50] = { id = 51, name = "New" }
users.rows[60] = 7
local stale, reasons = users:check()
for _, key in ipairs(stale) do print(key, reasons[key]) end
print(users:where("score", "=", 1000):count())
users.rows[50], users.rows[60] = nil, nil
users:reindex()
print(users:where("score", "=", 1000):count(), #users:check())
_home.query = users:where("score", ">", 100)
_home.put = users.put
print(users.rows[1].name)
--- snapshot
print(_home.put == ext.Collection.put, getmetatable(_home.users) == ext.Collection)
print(_home.query:first().name, _home.users:where("score", ">", 100):explain().strategy)
for key, user in pairs(_home.users) do print(key, user.name) end
print(pcall(_home.users.put, _home.users, { id = 3, name = "X", email = "ada@example.com" }))
--[[ prints
3
1	Edsger	70
2	Ada	95
10	Alan	80
z	Grace	0
4	4	Edsger	true	nil
71	72
Grace	nil	3
Ada Alan	scan	nil	3	3
Ada	index	score	1	3
Edsger	index	score	1	3
Alan	index	city, team	1	3
Alan Ada	index	initial	2	3
Alan	index	email	1	3
Ada	scan	nil	3	3
Ada	key	nil	1	3
Ada Alan	key	nil	3	3
Edsger Ada	scan	nil	3	3
Alan Ada	scan	nil	3	3
Edsger Alan	scan	nil	3	3
Edsger Alan	scan	nil	3	3
Edsger	scan	nil	3	3
Edsger	scan	nil	3	3
groups
Austin	1	72	72
London	2	175	95
82.333333333333	Ada	95	0
joins
2	Alan
3	Ada
tables
1	2
errors
main.lua:6: users: a record is a table, not 5
main.lua:6: users: the "id" of a record must be a string or a number, and is nil
main.lua:6: users: the "id" of a record must be a string or a number, and is NaN
main.lua:6: users: "name" of record 3 must be of type string, and is 5
main.lua:6: users: "score" of record 3 must be of type integer, and is "1"
main.lua:6: users: record 3 has the same "email" as record 2
main.lua:6: the function of index "initial" failed for record 3: main.lua:3: attempt to index a nil value (field 'name')
main.lua:6: users: records 1 and 2 of the list have the same key 5
main.lua:6: users: record 6 has the same "email" as record 5
main.lua:6: users: a record is a table, not 7
main.lua:6: users: put_all takes a list of records, and this table has the key "x"
main.lua:6: users: an update cannot change the key 1 of a record to 7; delete it and put it anew
main.lua:6: users: record 1 would have the same "email" as record 2
main.lua:72: no
main.lua:6: users has no record 77
main.lua:6: "<" compares with a number or a string, not a table
main.lua:6: unknown operator "~"; there are < <= = > >= between contains endsWith in matches not-in startsWith ~=
main.lua:6: "=" cannot look for a number that is not one (NaN)
main.lua:6: "between" takes two numbers or two strings, not 1 and "a"
main.lua:6: "matches" takes a pattern of Lua, and "%" is none: malformed pattern (ends with '%')
main.lua:6: a field is a name such as "age" or "address.city", not a table
main.lua:6: limit takes a whole number from 0 on, not -1
main.lua:6: users has the key "id", not "name"
main.lua:6: a collection has no option "keys"
main.lua:6: "name" has the unknown type "text"; types are string, number, integer, boolean, table, function, any
main.lua:6: users: "city" of record 1 must be of type integer, and is "Austin"
main.lua:6: users: records 1 and 2 have the same "team"
main.lua:6: "plain" is a table already, and no collection; choose another name
main.lua:6: a query is over a table of records, not 5
main.lua:6: record 1 is not a table but 1
main.lua:6: cannot order by "n": it is a number in record 1 and a string in record 2
main.lua:6: cannot take the sum of "n": it is a table in record 2
main.lua:6: users: a key is a string or a number, not a table
main.lua:6: get is called with a colon, on what ext.collection gave: users:get(...)
72	e@example.com	3	nil	nil
behind its back
3
1	"score" was changed
10	it was removed
50	its "id" is 51
60	it is not a table but 7
0
1	0
Edsger
true	true
Edsger	index
1	Edsger
2	Ada
false	main.lua:4: users: record 3 has the same "email" as record 2
]]
