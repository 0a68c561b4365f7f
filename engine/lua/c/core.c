/* Lua's core and the libraries that programs call most, as one unit, so that the compiler can inline access to
** tables, the collector's barriers and the C API into the interpreter's loop and the libraries. The parts for compiling
** and for errors are kept small instead. */

#define LUA_CORE
#define LUA_LIB
#define lvm_c
#define ltable_c

#include "lprefix.h"

#include "luaconf.h"

#undef LUAI_FUNC
#undef LUAI_DDEC
#undef LUAI_DDEF
#define LUAI_FUNC static
#define LUAI_DDEC(definition)
#define LUAI_DDEF static

/* Ahead of the functions that are kept small: those that are only declared among them are not. */
#include "lapi.h"
#include "lauxlib.h"
#include "lcode.h"
#include "ldebug.h"
#include "ldo.h"
#include "lfunc.h"
#include "lgc.h"
#include "lmem.h"
#include "lobject.h"
#include "lstring.h"
#include "ltable.h"
#include "ltm.h"
#include "lvm.h"
#include "lzio.h"
#include "ending.h"
#include "fuel.h"

/* For keys that are not in the array part of a table: inlined into the interpreter, it makes the others slower. */
static const TValue *luaH_getint(Table *, lua_Integer) __attribute__((noinline));

#if defined(__clang__)
#pragma clang attribute push(__attribute__((minsize)), apply_to = function)
#endif
#include "lzio.c"
#include "lctype.c"
#include "lopcodes.c"
#include "ldump.c"
#include "llex.c"
#include "lcode.c"
#include "lparser.c"
#include "ldebug.c"
#include "lstate.c"
#include "lauxlib.c"
#include "lbaselib.c"
#include "lcorolib.c"
#if defined(__clang__)
#pragma clang attribute pop
#endif
#include "lmem.c"
#include "lgc.c"
#include "lfunc.c"
#include "lobject.c"
#include "ltm.c"
#include "lstring.c"
#include "ltable.c"
#include "text.c"
#include "ldo.c"
#include "lvm.c"
#include "lapi.c"

#include "lmathlib.c"

/* Rarely needed while a pattern is tried at one position after another: inlined there, they make that slower. */
typedef struct MatchState MatchState;
static const char *start_capture(MatchState *, const char *, const char *, int) __attribute__((noinline));
static const char *end_capture(MatchState *, const char *, const char *) __attribute__((noinline));
static const char *match_capture(MatchState *, const char *, int) __attribute__((noinline));
static const char *matchbalance(MatchState *, const char *, const char *) __attribute__((noinline));
#include "lstrlib.c"
#include "ltablib.c"

#include "closures.c"
#if defined(__clang__)
#pragma clang attribute push(__attribute__((minsize)), apply_to = function)
#endif
#include "coroutines.c"
#include "resumable.c"
#if defined(__clang__)
#pragma clang attribute pop
#endif
#include "ending.c"
