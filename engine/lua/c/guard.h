/* What the `debug` library may not change. */

#ifndef cu_guard_h
#define cu_guard_h

#include "lua.h"

/* Refuses to change what a userdata is: C functions trust it. The value is at index 1. */
void cu_guard_metatable(lua_State *L);

/* Whether a local variable is the program's own: neither a temporary value nor the state of a loop. */
int cu_is_own_local(lua_State *L, const lua_Debug *ar, int index);

int cu_is_engines(lua_State *L, const lua_Debug *ar);

/* Whether a call, or a function, is of the engine's library, into which a program may not look: what undoes a failed
** transaction there cannot be stopped. */
int cu_is_library_call(const lua_Debug *ar);
int cu_is_hidden(lua_State *L, int index);

#endif
