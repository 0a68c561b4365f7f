/* Fuel: a counter that Lua decrements at every jump, loop step and call of a Lua function, and at every step
** of matching a pattern. */

#ifndef cu_fuel_h
#define cu_fuel_h

#include "lua.h"

#if defined(__wasm__)
#define CU_THREAD
#else
#define CU_THREAD _Thread_local
#endif

extern CU_THREAD int cu_fuel;

/* Called when the counter has run out. Refills it. */
void cu_refuel(lua_State *L);

#define cu_burn(L) cu_burn_or(L, 0)

/* Does `what` after the counter was refilled. */
#define cu_burn_or(L, what) ((void)(l_unlikely(--cu_fuel < 0) && (cu_refuel(L), what, 0)))

#endif
