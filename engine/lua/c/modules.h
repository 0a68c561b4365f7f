/* Patched into `require`: tells which modules there are, and what they are made of. */

#ifndef cu_modules_h
#define cu_modules_h

#include <string.h>

#include "lauxlib.h"

/* The registry's table of the modules that `require` loaded. One that a program replaces by hand is not in it. */
#define CU_MODULES "cu.modules"

/* Provided by `src/modules.rs`. */
void cu_note_required(const char *name);
void cu_note_begun(const char *name, const char *file);
void cu_note_loaded(const char *name);

/* At the top are the data of the loader and the loader. A loader that `loadfile` made has the name of its file. */
static void cu_begin_module(lua_State *L, const char *name) {
  const char *file = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : NULL;
  lua_Debug info;
  lua_pushvalue(L, -1);
  lua_getinfo(L, ">S", &info);
  cu_note_begun(name, file && info.source[0] == '@' && strcmp(info.source + 1, file) == 0 ? file : NULL);
}

/* At the top is the module. */
static void cu_end_module(lua_State *L, const char *name) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, CU_MODULES);
  lua_pushvalue(L, -2);
  lua_setfield(L, -2, name);
  lua_pop(L, 1);
  cu_note_loaded(name);
}

#endif
