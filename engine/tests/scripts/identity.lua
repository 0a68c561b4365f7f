-- One object stays one object: cycles, shared tables, functions referenced twice.
local shared = { name = "shared" }
_home.a, _home.b = { ref = shared }, { ref = shared }
_home.self = _home
_home.ring = {}
_home.ring.next = { next = _home.ring }
local function f() return f end
_home.f, _home.g = f, f
--- snapshot
print(_home.a.ref == _home.b.ref, _home.self == _home, _home.ring.next.next == _home.ring)
print(_home.f == _home.g, _home.f() == _home.f)
_home.a.ref.name = "changed"
print(_home.b.ref.name)
--[[ prints
true	true	true
true	true
changed
]]
