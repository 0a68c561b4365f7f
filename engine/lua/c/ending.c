/* Ending a program before its last instruction: by an error that no protected call catches. */

#include "ending.h"

#include "ldo.h"

static CU_THREAD int is_ending = 0;

/* Sets whether errors pass through all protected calls of the program. */
void cu_set_ending(int ending) { is_ending = ending; }

void cu_pass_on(lua_State *L) {
  if (is_ending) luaD_throw(L, LUA_ERRRUN);
}

void cu_end(lua_State *L) {
  lua_settop(L, 0);
  lua_pushliteral(L, "the program has ended");
  luaD_throw(L, LUA_ERRRUN);
}
