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

/* From now on `callback` is called at every `steps`-th step; null turns it off. It runs in the middle of an
** instruction: it may only call `cu_interrupt`, `cu_call_soon` and `cu_set_fuel`, and ask for the size of the heap. */
void cu_set_fuel(int steps, void (*callback)(lua_State *L)) {
  refill = steps;
  on_empty = callback;
  cu_fuel = steps;
}

/* What the engine's hook does. */
static CU_THREAD lua_Hook soon = 0;

/* The engine's hook. The program's own hook, if there is one, waits in the coroutine meanwhile. */
static void run_soon(lua_State *L, lua_Debug *ar) {
  lua_Hook hook = L->cu_hook;
  L->cu_hook = NULL;
  lua_sethook(L, hook, L->cu_hookmask, L->cu_basehookcount);
  if (hook) L->hookcount = L->cu_hookcount;
  if (soon) soon(L, ar);
}

/* Runs `hook` once before the next instruction of Lua code, where the state is consistent. Returns 0 where Lua
** keeps hooks off: then the hook will not run. */
int cu_call_soon(lua_State *L, lua_Hook hook) {
  if (!L->allowhook) return 0;
  soon = hook;
  if (L->hook != run_soon) {
    L->cu_hook = L->hook;
    L->cu_hookmask = L->hookmask;
    L->cu_basehookcount = L->basehookcount;
    L->cu_hookcount = L->hookcount;
  }
  lua_sethook(L, run_soon, LUA_MASKCOUNT, 1);
  return 1;
}

/* Raises an error in the running program. In Lua code, by a hook before the next instruction, where the state
** is consistent. In a C function it can be raised now; and it must be where Lua keeps hooks off (in
** finalizers, and in message handlers of errors that came from a hook): then only the line in the message can
** be wrong. */
void cu_interrupt(lua_State *L, lua_Hook raise) {
  if (isLua(L->ci)) {
    if (cu_call_soon(L, raise)) return;
    L->top.p = L->ci->top.p;
  }
  luaL_error(L, "time limit exceeded");
}
