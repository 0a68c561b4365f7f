#include "fuel.h"

#include "lauxlib.h"
#include "lstate.h"

CU_THREAD int cu_fuel = 0;

static CU_THREAD int refill = 1 << 30;
static CU_THREAD void (*on_empty)(lua_State *L) = 0;

void cu_refuel(lua_State *L) {
  cu_fuel = refill;
  if (on_empty) on_empty(L);
}

/* From now on `callback` is called at every `steps`-th step; null turns it off. It runs in the middle
** of an instruction: all it may do is `cu_interrupt` or `cu_set_fuel`. */
void cu_set_fuel(int steps, void (*callback)(lua_State *L)) {
  refill = steps;
  on_empty = callback;
  cu_fuel = steps;
}

/* Raises an error in the running program. In Lua code, through a hook before the next instruction, where
** the state is complete. In a C function it can be raised now; and it must be where Lua keeps hooks off (in
** finalizers, and in message handlers of errors that came from a hook): then all that can be wrong is the
** line in the message. */
void cu_interrupt(lua_State *L, lua_Hook raise) {
  if (L->allowhook && isLua(L->ci)) {
    lua_sethook(L, raise, LUA_MASKCOUNT, 1);
  } else {
    if (isLua(L->ci)) L->top.p = L->ci->top.p;
    luaL_error(L, "time limit exceeded");
  }
}
