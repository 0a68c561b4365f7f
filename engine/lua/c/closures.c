/* Access to closures and calls that Lua's API does not offer: which prototype a function has, where it is
** in the tree of its chunk, how to make a closure of it, and who called a function. See `closures.rs` for
** contracts. */

#include <stdint.h>
#include <string.h>

#include "lua.h"

#include "lapi.h"
#include "lfunc.h"
#include "lgc.h"
#include "lobject.h"
#include "lopcodes.h"
#include "lstate.h"

static TValue *at(lua_State *L, int index) {
  return s2v(index > 0 ? L->ci->func.p + index : L->top.p + index);
}

const Proto *cu_prototype(lua_State *L, int index) {
  TValue *value = at(L, index);
  return ttisLclosure(value) ? clLvalue(value)->p : NULL;
}

int cu_child_count(const Proto *p) { return p->sizep; }
const Proto *cu_child(const Proto *p, int i) { return p->p[i]; }
int cu_line(const Proto *p) { return p->linedefined; }
int cu_last_line(const Proto *p) { return p->lastlinedefined; }
int cu_upvalue_count(const Proto *p) { return p->sizeupvalues; }
int cu_parameter_count(const Proto *p) { return p->numparams; }
int cu_is_vararg(const Proto *p) { return p->is_vararg; }

static const char *text(const TString *s, size_t *length) {
  *length = s ? tsslen(s) : 0;
  return s ? getstr(s) : "";
}

const char *cu_source(const Proto *p, size_t *length) { return text(p->source, length); }
const void *cu_source_object(const Proto *p) { return p->source; }

const char *cu_upvalue_name(const Proto *p, int i, size_t *length) {
  return text(p->upvalues[i].name, length);
}

const char *cu_parameter_name(const Proto *p, int i, size_t *length) {
  return text(i < p->sizelocvars ? p->locvars[i].varname : NULL, length);
}

/* The name of the next global that is read at or after an instruction, which then is the next one; at the
** end, that is -1. A global is a field of the upvalue called _ENV. */
const char *cu_global(const Proto *p, int *position, size_t *length) {
  for (; *position < p->sizecode; ++*position) {
    Instruction i = p->code[*position];
    if (GET_OPCODE(i) == OP_GETTABUP) {
      const TString *upvalue = p->upvalues[GETARG_B(i)].name;
      if (upvalue && strcmp(getstr(upvalue), "_ENV") == 0) {
        ++*position;
        return text(tsvalue(&p->k[GETARG_C(i)]), length);
      }
    }
  }
  *position = -1;
  return text(NULL, length);
}

/* FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint64_t mix(uint64_t hash, const void *bytes, size_t length) {
  const unsigned char *byte = bytes;
  while (length--) hash = (hash ^ *byte++) * UINT64_C(0x100000001b3);
  return hash;
}

static uint64_t mix_int(uint64_t hash, int64_t value) { return mix(hash, &value, sizeof value); }

static uint64_t mix_constant(uint64_t hash, const TValue *k) {
  hash = mix_int(hash, ttypetag(k));
  switch (ttypetag(k)) {
    case LUA_VNUMINT: return mix_int(hash, ivalue(k));
    case LUA_VNUMFLT: {
      lua_Number number = fltvalue(k);
      return mix(hash, &number, sizeof number);
    }
    case LUA_VSHRSTR: case LUA_VLNGSTR: {
      size_t length = tsslen(tsvalue(k));
      return mix(mix_int(hash, length), getstr(tsvalue(k)), length);
    }
    default: return hash;
  }
}

static uint64_t fingerprint(const Proto *p, uint64_t hash) {
  int i;
  hash = mix_int(hash, p->linedefined);
  hash = mix_int(hash, p->lastlinedefined);
  hash = mix_int(hash, p->numparams);
  hash = mix_int(hash, p->is_vararg);
  hash = mix_int(hash, p->sizecode);
  hash = mix(hash, p->code, p->sizecode * sizeof(Instruction));
  hash = mix_int(hash, p->sizek);
  for (i = 0; i < p->sizek; i++) hash = mix_constant(hash, &p->k[i]);
  hash = mix_int(hash, p->sizeupvalues);
  for (i = 0; i < p->sizeupvalues; i++) {
    hash = mix_int(hash, p->upvalues[i].instack);
    hash = mix_int(hash, p->upvalues[i].idx);
    hash = mix_int(hash, p->upvalues[i].kind);
  }
  hash = mix_int(hash, p->sizep);
  /* As deep as Lua lets functions nest in source text: LUAI_MAXCCALLS levels. */
  for (i = 0; i < p->sizep; i++) hash = fingerprint(p->p[i], hash);
  return hash;
}

uint64_t cu_fingerprint(const Proto *p) {
  return fingerprint(p, UINT64_C(0xcbf29ce484222325));
}

void cu_push_closure(lua_State *L, const Proto *p) {
  LClosure *closure;
  luaC_checkGC(L);
  closure = luaF_newLclosure(L, p->sizeupvalues);
  setclLvalue2s(L, L->top.p, closure);
  api_incr_top(L);
  closure->p = (Proto *)p;
  luaF_initupvals(L, closure);
}

void cu_push_object(lua_State *L, void *object) {
  TValue *slot = s2v(L->top.p);
  GCObject *o = object;
  setgcovalue(L, slot, o);
  api_incr_top(L);
}

/* Whether two values are the same string object, table, function: what identity is in Lua's heap. */
const void *cu_object(lua_State *L, int index) {
  TValue *value = at(L, index);
  return iscollectable(value) ? gcvalue(value) : NULL;
}

/* Turns the record of a call, as `lua_getstack` fills it, into that of its caller. Returns 0 at the end of
** the stack. (`lua_getstack` counts from the top of the stack each time.) */
int cu_caller(lua_State *L, lua_Debug *ar) {
  CallInfo *caller = ar->i_ci->previous;
  if (caller == NULL || caller == &L->base_ci) return 0;
  ar->i_ci = caller;
  return 1;
}

/* Whether a function is of the engine's library and written in Lua: its source is a name without a text. */
static int is_library(const TValue *function) {
  const TString *source = ttisLclosure(function) ? clLvalue(function)->p->source : NULL;
  return source && getstr(source)[0] == '=' && strlen(getstr(source)) == tsslen(source);
}

/* Whether a call is of the engine's library, or of a C function by it: the program may not see its variables. */
int cu_is_library_call(const lua_Debug *ar) {
  return is_library(s2v(ar->i_ci->func.p)) || (!isLua(ar->i_ci) && is_library(s2v(ar->i_ci->previous->func.p)));
}

/* The same of a function, for a function of `debug`: those of the library may use it for each other. */
int cu_is_hidden(lua_State *L, int index) {
  return is_library(at(L, index)) && !is_library(s2v(L->ci->previous->func.p));
}

/* Whether a call is the engine's own, which the program runs in, or one of its library: the program may not see its
** function. */
int cu_is_engines(lua_State *L, const lua_Debug *ar) {
  if (L == G(L)->mainthread && ar->i_ci->previous == &L->base_ci) return 1;
  return cu_is_library_call(ar);
}

/* Warnings go to the console once the program turns them on, as in a state that `luaL_newstate` makes. */
void cu_open_warnings(lua_State *L) { lua_setwarnf(L, warnfoff, L); }
