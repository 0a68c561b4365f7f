/* Fuel: a counter that Lua decrements at every jump, loop step and call of a Lua function, at every position in
** a text where a pattern is tried, and at every way to match it that fails. */

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

/* For a walk over a text: burns 64 steps at every 64th position. */
#define cu_burn_at(L, position) \
  ((void)(((size_t)(position) & 63) == 0 && l_unlikely((cu_fuel -= 64) < 0) && (cu_refuel(L), 0)))

/* Does `what` after refilling the counter. */
#define cu_burn_or(L, what) ((void)(l_unlikely(--cu_fuel < 0) && (cu_refuel(L), what, 0)))

#endif
