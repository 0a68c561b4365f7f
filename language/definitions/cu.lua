---@meta no-require

---Values that go between the program and the page.
---@class cu.io
---@field input any The value of the JSON in the pane Input; nil where that is empty.
---@field output any What the pane Output shows after the run.
_io = {}

---What the engine adds to Lua's library.
---@class cu.ext
---@field Collection cu.Collection The methods of collections, and their metatable.
---@field Query cu.Query The methods of queries, and their metatable.
ext = {}

---Makes a table. For programs written for earlier versions of cu.
---@return table
function ext.table() end

---Calls a function so that all it does to `_home` is done, or nothing: after an error, a stop, the time limit or too little
---memory, everything that can be reached from `_home` is as it was, the same tables and functions. A transaction in
---another one is a savepoint. Other globals, `_io` and files are not part of it, and it cannot yield. It copies what can be
---reached from `_home` first, so its cost grows with that.
---@generic R
---@param work fun(...): R...
---@param ... any What the function gets.
---@return R... results What the function returns.
function ext.transaction(work, ...) end

---Gives the collection of that name in `_home`, or in another table, and makes it where there is none. What the options say is
---added to a collection that is there: indexes, and a schema in the place of its own.
---@param name string
---@param options? cu.CollectionOptions
---@return cu.Collection
---@overload fun(owner: table, name: string, options?: cu.CollectionOptions): cu.Collection
function ext.collection(name, options) end

---Asks something of the records in any table, or of a collection.
---@param records table
---@return cu.Query
function ext.query(records) end

---@class cu.CollectionOptions
---@field key? string The field that is the key of each record: a string or a number. `"id"` if not given.
---@field indexes? (string|cu.IndexDefinition)[] Such as `"score"`, `"address.city"`, `{ "email", unique = true }`, `{ "last", "first" }`.
---@field schema? table<string, string|cu.Rule> What fields hold: the name of a type, or more.

---Fields, or a function that gives a value for each record.
---@class cu.IndexDefinition
---@field [integer] string The fields.
---@field name? string What conditions and messages call it; a function needs one.
---@field by? fun(record: table): any
---@field unique? boolean Whether no two records may have the same value.

---@class cu.Rule
---@field type? "string"|"number"|"integer"|"boolean"|"table"|"function"|"any"
---@field required? boolean Whether each record must have the field.
---@field default? any The value for records without one, or a function that gives it.

---@alias cu.Operator "="|"~="|"!="|"<"|"<="|">"|">="|"between"|"in"|"not-in"|"startsWith"|"endsWith"|"contains"|"matches"

---Records by their keys. An ordinary table: what is in `rows` can be read directly, and should be changed by the methods.
---@class cu.Collection: cu.Query
---@field name string
---@field key string The field that is the key.
---@field rows table<string|number, table> The records.
---@field indexes table<string, cu.IndexDefinition> What indexes there are. The indexes themselves are not saved.
local Collection = {}

---Puts a record in, in the place of one with the same key.
---@param record table
---@return table record
function Collection:put(record) end

---Puts all records of a list in, or none if one of them is wrong.
---@param records table[]
---@return integer count
function Collection:put_all(records) end

---Changes a record: sets fields, or calls a function with it. If that fails, the record is as it was.
---@param key string|number
---@param change table<string, any>|fun(record: table)
---@return table record
function Collection:update(key, change) end

---Removes a record.
---@param key string|number
---@return table? record The record, if there was one.
function Collection:delete(key) end

---Gives the record with a key.
---@param key string|number
---@return table? record
function Collection:get(key) end

---Finds the records that were changed without the methods since the indexes were made, or that break a rule.
---@return (string|number)[] keys
---@return table<string|number, string> reasons What is wrong with each.
function Collection:check() end

---Makes the indexes anew, after records were changed without the methods.
function Collection:reindex() end

---Adds an index.
---@param definition string|cu.IndexDefinition
---@return cu.Collection
function Collection:index(definition) end

---Removes an index.
---@param name string
---@return boolean existed
function Collection:drop_index(name) end

---A question to records. Each method gives another query, and leaves this one as it is.
---@class cu.Query
local Query = {}

---Only the records for which a condition holds. Several conditions must all hold. A value of another type than the one
---it is compared with does not match. `between` takes two limits or a list of them, `in` and `not-in` a list; `contains` finds a part
---of a text or an item of a table, `matches` takes a pattern of Lua.
---@param field string
---@param operator cu.Operator
---@param value any
---@param high? any The upper limit of `between`.
---@return cu.Query
---@overload fun(self: cu.Query, test: fun(record: table, key: any): boolean): cu.Query
function Query:where(field, operator, value, high) end

---Only the records for which one of these holds: each is a condition such as `{ "age", "<", 18 }`, or a list of conditions
---that must all hold.
---@param ... table
---@return cu.Query
function Query:where_any(...) end

---Puts records into the order of a field, and equal ones into that of the next call. Those without the field come last.
---@param field string
---@param direction? "asc"|"desc"
---@return cu.Query
function Query:order(field, direction) end

---At most so many records.
---@param count integer
---@return cu.Query
function Query:limit(count) end

---Without the first so many records.
---@param count integer
---@return cu.Query
function Query:offset(count) end

---New tables with these fields alone.
---@param ... string
---@return cu.Query
function Query:select(...) end

---One row for each set of values that the fields have. `count`, `sum` and so on add columns to it.
---@param ... string
---@return cu.Groups
function Query:group(...) end

---Each record as a new table, with the record of another table or collection whose key a field names. Without one, the record
---is left out; `"left"` keeps it.
---@param other table
---@param field string The field that holds the other's key.
---@param as? string The field that the other record gets. The name of the collection if not given.
---@param kind? "inner"|"left"
---@return cu.Query
function Query:join(other, field, as, kind) end

---All that was found, in the order of the keys if no other was asked for.
---@return table[]
function Query:list() end

---Goes over all that was found: `for record, key in query:each() do`.
---@return fun(): table?, any
function Query:each() end

---The first that was found.
---@return table? record
---@return any key
function Query:first() end

---How many were found.
---@return integer
function Query:count() end

---The sum of a field.
---@param field string
---@return number
function Query:sum(field) end

---The least value of a field.
---@param field string
---@return any
function Query:min(field) end

---The greatest value of a field.
---@param field string
---@return any
function Query:max(field) end

---The mean of a field; nil if no record has it.
---@param field string
---@return number?
function Query:avg(field) end

---How the records are found: by `"key"`, by `"index"` (which one), or by a `"scan"` of all; how many are looked at, of how many.
---@return { strategy: "key"|"index"|"scan", index: string?, candidates: integer, of: integer }
function Query:explain() end

---A query for groups.
---@class cu.Groups: cu.Query
local Groups = {}

---Adds a column: how many records are in the group.
---@param name? string `"count"` if not given.
---@return cu.Groups
function Groups:count(name) end

---Adds a column: the sum of a field.
---@param field string
---@param name? string `"sum_"` and the field if not given.
---@return cu.Groups
function Groups:sum(field, name) end

---Adds a column: the least value of a field.
---@param field string
---@param name? string `"min_"` and the field if not given.
---@return cu.Groups
function Groups:min(field, name) end

---Adds a column: the greatest value of a field.
---@param field string
---@param name? string `"max_"` and the field if not given.
---@return cu.Groups
function Groups:max(field, name) end

---Adds a column: the mean of a field.
---@param field string
---@param name? string `"avg_"` and the field if not given.
---@return cu.Groups
function Groups:avg(field, name) end

---Lua 5.1's name of `table.unpack`.
unpack = table.unpack

---The arc tangent of `y/x` in radians. `math.atan(y, x)` is the same.
---@param y number
---@param x? number
---@return number
function math.atan2(y, x) end

---The hyperbolic cosine of `x`.
---@param x number
---@return number
function math.cosh(x) end

---The hyperbolic sine of `x`.
---@param x number
---@return number
function math.sinh(x) end

---The hyperbolic tangent of `x`.
---@param x number
---@return number
function math.tanh(x) end

---`m` and `e` such that `x` is `m * 2^e`, `e` is an integer, and `m` is 0 or its absolute value is at least 0.5 and less than 1.
---@param x number
---@return number m
---@return integer e
function math.frexp(x) end

---`m * 2^e`.
---@param m number
---@param e integer
---@return number
function math.ldexp(m, e) end

---The logarithm of `x` to the base 10. `math.log(x, 10)` is the same.
---@param x number
---@return number
function math.log10(x) end

---`x ^ y`.
---@param x number
---@param y number
---@return number
function math.pow(x, y) end
