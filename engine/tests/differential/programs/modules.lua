-- require and package.
local function show(...) print(select("#", ...), ...) end
print(package.config, type(package.path), type(package.cpath), type(package.searchers), type(package.preload), type(package.loaded), type(package.loadlib), type(package.searchpath))
package.path, package.cpath = "./?.x;./?/i.x", "./?.y" package.searchers[4], package.searchers[3] = nil, nil
show(pcall(require, "no.such")) show(pcall(function() require("no.such") end)) show(pcall(require, "")) show(select("#", package.searchers[1]("x")), (package.searchers[1]("x"))) show(package.searchers[2]("a.b")) show(pcall(package.searchers[1])) show(pcall(package.searchers[2]))
package.preload.a = function(...) show("loading", ...) return "value of a" end show(require("a")) show(require("a")) show(package.loaded.a)
package.preload.b = function(name) package.loaded[name] = "set inside" end show(require("b")) show(require("b"))
package.preload.c = function() return false end show(require("c")) show(package.loaded.c) show(require("c"))
package.preload.d = function() return nil end show(require("d")) show(package.loaded.d)
package.preload.e = function() error("cannot") end show(pcall(require, "e")) show(package.loaded.e) package.preload.e = function() error({}) end show(select("#", pcall(require, "e")))
package.preload.f = 5 show(pcall(require, "f")) package.preload.g = setmetatable({}, { __call = function(_, ...) return ... end }) show(pcall(require, "g"))
package.preload.circle = function() show(pcall(require, "other")) return 1 end package.preload.other = function() return package.loaded.circle end show(require("circle"))
table.insert(package.searchers, 1, function(name) if name == "mine" then return function(...) show("mine", ...) return { name } end, "extra" end return "\n\tnot mine" end)
show(require("mine")[1]) show(select(2, require("mine"))) show(pcall(require, "nope")) package.searchers[1] = function() return nil end show(pcall(require, "nope")) package.searchers[1] = function() return 5 end show(pcall(require, "nope")) package.searchers[1] = function() error("searcher") end show(pcall(require, "nope"))
local searchers = package.searchers package.searchers = nil show(pcall(require, "nope")) package.searchers = {} show(pcall(require, "nope")) package.searchers = setmetatable({}, { __index = searchers }) show(pcall(require, "nope")) package.searchers = searchers
package.path = nil table.remove(searchers, 1) show(pcall(require, "nope")) package.path = 5 show(pcall(require, "nope")) package.path = "" show(pcall(require, "nope")) package.path = "x" show(pcall(require, "nope"))
package.preload = nil package.path = "?" show(pcall(require, "nope")) show(package.searchpath("a.b", "?;?.z")) show(package.searchpath("a.b", "?", "b", "-")) show(require("string") == string, require("_G") == _G, require("io") == io, require("coroutine") == coroutine, require("package") == package)
package.loaded.string = nil show(pcall(require, "string")) for _, name in ipairs({ "_G", "coroutine", "debug", "io", "math", "os", "package", "table", "utf8" }) do show(name, package.loaded[name] == (name == "_G" and _G or _G[name])) end
