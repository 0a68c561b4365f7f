/* What the `debug` library may not change: see guard.h. */

#include "guard.h"

#include <string.h>

#include "lauxlib.h"

void cu_guard_metatable(lua_State *L) {
  if (lua_type(L, 1) == LUA_TUSERDATA) luaL_error(L, "cannot change the metatable of a userdata");
}

int cu_is_own_local(lua_State *L, const lua_Debug *ar, int index) {
  const char *name = lua_getlocal(L, ar, index);
  if (name == NULL) return 1;
  lua_pop(L, 1);
  return name[0] != '(' || strcmp(name, "(vararg)") == 0;
}
