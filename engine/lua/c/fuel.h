/* Fuel: a counter that Lua decrements at every backward jump, loop step and call, and at every step of
** matching a pattern. */

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

#define cu_burn(L) ((void)(--cu_fuel < 0 && (cu_refuel(L), 0)))

#endif
