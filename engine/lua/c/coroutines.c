/* Coroutines, and what Lua's C code makes for programs, as data: reads them, and builds all but coroutines, which
** `resumable.c` builds. See `coroutines.rs` for contracts, and FORMAT.md of the codec for what the numbers mean. */

#define CU_TAIL 1
#define CU_LEQ 2
#define CU_STATE_BITS 2

/* A call, as it is stored. */
typedef struct cu_Frame {
  uint32_t func, pc, extra, state, line;
} cu_Frame;

#define FRAME_NUMBERS (sizeof(cu_Frame) / sizeof(uint32_t))

enum { NOT_NATIVE = -1, COROUTINE, WRAP, MATCHES };

/* Which kind of native object a value is. */
int cu_native_kind(lua_State *L, int index) {
  const TValue *value = at(L, index);
  if (ttisthread(value)) return COROUTINE;
  if (!ttisCclosure(value)) return NOT_NATIVE;
  if (clCvalue(value)->f == luaB_auxwrap) return WRAP;
  return clCvalue(value)->f == gmatch_aux ? MATCHES : NOT_NATIVE;
}

/* Pushes an upvalue of a function in C. */
void cu_push_native_upvalue(lua_State *L, int index, int upvalue) {
  setobj2s(L, L->top.p, &clCvalue(at(L, index))->upvalue[upvalue]);
  api_incr_top(L);
}

static GMatchState *matches(const TValue *value) {
  return (GMatchState *)getudatamem(uvalue(&clCvalue(value)->upvalue[2]));
}

/* How far an iterator of `gmatch` has come. */
void cu_matches(lua_State *L, int index, uint32_t *numbers) {
  const GMatchState *state = matches(at(L, index));
  numbers[0] = state->src - state->ms.src_init;
  numbers[1] = state->lastmatch ? state->lastmatch - state->ms.src_init + 1 : 0;
}

/* Replaces a text and a pattern at the top by an iterator that has come that far. Returns 0 if there is none. */
int cu_push_matches(lua_State *L, const uint32_t *numbers) {
  const TValue *text = at(L, -2);
  GMatchState *state;
  if (!ttisstring(text) || !ttisstring(at(L, -1))) return 0;
  if (numbers[0] > tsslen(tsvalue(text)) + 1 || numbers[1] > tsslen(tsvalue(text)) + 1) return 0;
  lua_pushcfunction(L, gmatch);
  lua_rotate(L, -3, 1);
  lua_call(L, 2, 1);
  state = matches(at(L, -1));
  state->src = state->ms.src_init + numbers[0];
  state->lastmatch = numbers[1] ? state->ms.src_init + numbers[1] - 1 : NULL;
  return 1;
}

/* Replaces a coroutine at the top by a function as `coroutine.wrap` makes it. Returns 0 if it is no coroutine. */
int cu_push_wrap(lua_State *L) {
  if (!ttisthread(at(L, -1))) return 0;
  lua_pushcclosure(L, luaB_auxwrap, 1);
  return 1;
}

/* The functions in C that a coroutine can yield through. */
enum { OTHER, YIELD, PCALL, XPCALL, DOFILE, PAIRS };

static int c_function(const TValue *function) {
  if (!ttislcf(function)) return OTHER;
  if (fvalue(function) == luaB_yield) return YIELD;
  if (fvalue(function) == luaB_pcall) return PCALL;
  if (fvalue(function) == luaB_xpcall) return XPCALL;
  if (fvalue(function) == luaB_dofile) return DOFILE;
  return fvalue(function) == luaB_pairs ? PAIRS : OTHER;
}

enum { CAN_BE_KEPT, IS_MAIN, IS_RUNNING, IS_IN_C };

/* Why a coroutine cannot be kept, as far as that is known without a look at its functions in Lua. */
int cu_coroutine_problem(const lua_State *L) {
  const CallInfo *ci = L->ci;
  if (L == G(L)->mainthread) return IS_MAIN;
  if (L->status == LUA_OK) {
    if (ci != &L->base_ci) return IS_RUNNING;
    return L->top.p - L->stack.p <= 2 ? CAN_BE_KEPT : IS_IN_C;
  }
  if (L->status != LUA_YIELD) return CAN_BE_KEPT;
  if (c_function(s2v(ci->func.p)) != YIELD || ci->u.c.k) return IS_IN_C;
  for (; ci != &L->base_ci; ci = ci->previous) {
    int mark = isLua(ci) ? CIST_HOOKED | CIST_FIN : CIST_CLSRET | CIST_HOOKED | CIST_FIN;
    if (ci->callstatus & mark) return IS_IN_C;
    if (!isLua(ci) && c_function(s2v(ci->func.p)) == OTHER) return IS_IN_C;
  }
  return CAN_BE_KEPT;
}

/* The variable that is to be closed after this one. The end is the bottom of the stack. */
static StkId next_to_close(const lua_State *L, StkId tbc) {
  tbc -= tbc->tbclist.delta;
  while (tbc > L->stack.p && tbc->tbclist.delta == 0) tbc -= MAXDELTA;
  return tbc;
}

static uint32_t count_to_close(const lua_State *L) {
  uint32_t count = 0;
  StkId tbc = L->tbclist.p;
  for (; tbc > L->stack.p; tbc = next_to_close(L, tbc)) count++;
  return count;
}

static int has_failed(const lua_State *L) { return L->status != LUA_OK && L->status != LUA_YIELD; }

/* How many slots of a coroutine are stored: of one that failed, what is to be closed, and the error. */
uint32_t cu_coroutine_slots(const lua_State *L) {
  if (has_failed(L)) return count_to_close(L) + 1;
  return L->top.p - (L->stack.p + 1);
}

/* Pushes what is in a stored slot of a coroutine, from 1. */
void cu_push_slot(lua_State *L, const lua_State *of, uint32_t slot) {
  StkId from = of->stack.p + slot;
  if (has_failed(of)) {
    uint32_t count = count_to_close(of);
    from = slot > count ? of->top.p - 1 : of->tbclist.p;
    for (; slot < count; slot++) from = next_to_close(of, from);
  }
  setobj2s(L, L->top.p, s2v(from));
  api_incr_top(L);
}

static cu_Frame frame(const lua_State *L, const CallInfo *ci) {
  cu_Frame frame = {ci->func.p - L->stack.p, 0, 0, 0, 0};
  if (isLua(ci)) {
    const Proto *p = ci_func(ci)->p;
    frame.pc = ci->u.l.savedpc - p->code;
    if (p->is_vararg) frame.extra = ci->u.l.nextraargs;
    frame.state = (ci->callstatus & CIST_TAIL ? CU_TAIL : 0) | (ci->callstatus & CIST_LEQ ? CU_LEQ : 0);
    if (GET_OPCODE(p->code[frame.pc - 1]) == OP_RETURN) frame.state |= ci->u2.nres << CU_STATE_BITS;
    frame.line = luaG_getfuncline(p, frame.pc - 1);
  }
  else frame.state = getcistrecst(ci);
  return frame;
}

/* Writes the numbers of a coroutine without those of open slots, unless `numbers` is null, and returns how many they are. */
uint32_t cu_coroutine_numbers(const lua_State *L, uint32_t *numbers) {
  uint32_t frames = 0, to_close = count_to_close(L), i;
  const CallInfo *ci = &L->base_ci;
  StkId tbc = L->tbclist.p;
  if (!has_failed(L))
    for (; ci != L->ci; ci = ci->next) frames++;
  if (numbers) {
    numbers[0] = has_failed(L) ? L->status : LUA_OK;
    numbers[1] = frames;
    for (ci = &L->base_ci, i = 0; i < frames; i++) {
      cu_Frame stored;
      ci = ci->next;
      stored = frame(L, ci);
      memcpy(numbers + 2 + i * FRAME_NUMBERS, &stored, sizeof stored);
    }
    for (i = to_close; i > 0; tbc = next_to_close(L, tbc))
      numbers[1 + frames * FRAME_NUMBERS + i--] = has_failed(L) ? i : tbc - L->stack.p;
  }
  return 2 + frames * FRAME_NUMBERS + to_close;
}

/* The open upvalue after another one of a coroutine, or the first after null, which is the innermost. Tells its slot. */
const UpVal *cu_next_open(const lua_State *L, const UpVal *upvalue, uint32_t *slot) {
  upvalue = upvalue ? upvalue->u.open.next : L->openupval;
  if (upvalue) *slot = uplevel(upvalue) - L->stack.p;
  return upvalue;
}
