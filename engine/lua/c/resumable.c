/* Builds suspended coroutines from data that nobody has checked. `fits` says what is checked, and why. */

/* The variable in a register at an instruction. */
static const LocVar *variable_at(const Proto *p, int reg, int pc) {
  int i;
  for (i = 0; i < p->sizelocvars && p->locvars[i].startpc <= pc; i++)
    if (pc < p->locvars[i].endpc && reg-- == 0) return &p->locvars[i];
  return NULL;
}

/* Whether the code marks a register as to be closed, and has not closed it yet at an instruction. */
static int is_to_close(const Proto *p, int reg, int pc) {
  const LocVar *variable = variable_at(p, reg, pc);
  Instruction i;
  if (variable == NULL) return 0;
  i = p->code[variable->startpc];
  return (GET_OPCODE(i) == OP_TBC && GETARG_A(i) == reg) ||
         (GET_OPCODE(i) == OP_TFORPREP && GETARG_A(i) + 3 == reg);
}

/* Whether a closure refers to the variable in a register: then the code closes it. A local function refers to itself
** before the list of variables knows it. */
static int is_captured(const Proto *p, int reg, int pc) {
  const LocVar *variable = variable_at(p, reg, pc);
  int i, j;
  if (variable == NULL) return 0;
  for (i = variable->startpc > 0 ? variable->startpc - 1 : 0; i < variable->endpc; i++) {
    if (GET_OPCODE(p->code[i]) == OP_CLOSURE) {
      const Proto *inner = p->p[GETARG_Bx(p->code[i])];
      for (j = 0; j < inner->sizeupvalues; j++)
        if (inner->upvalues[j].instack && inner->upvalues[j].idx == reg) return 1;
    }
  }
  return 0;
}

/* Whether the registers that the interpreter reads without a look at their type have the right one, for a function that
** waits at an instruction. */
static int are_trusted_right(const Proto *p, StkId base, int pc) {
  int made[MAXARG_A + 1];
  int i;
  for (i = 0; i <= MAXARG_A; i++) made[i] = INT_MAX;
  for (i = 0; i < p->sizecode; i++) {
    Instruction code = p->code[i];
    int a = GETARG_A(code);
    StkId ra = base + a;
    if (GET_OPCODE(code) == OP_NEWTABLE) made[a] = i;
    else if (GET_OPCODE(code) == OP_SETLIST) {
      if (made[a] < pc && pc < i && !ttistable(s2v(ra))) return 0;
    }
    else if (GET_OPCODE(code) == OP_FORPREP && i < pc && pc <= i + 1 + GETARG_Bx(code)) {
      if (!(ttisinteger(s2v(ra)) && ttisinteger(s2v(ra + 1)) && ttisinteger(s2v(ra + 2))) &&
          !(ttisfloat(s2v(ra)) && ttisfloat(s2v(ra + 1)) && ttisfloat(s2v(ra + 2))))
        return 0;
    }
  }
  return 1;
}

/* Whether a function in Lua waits at an instruction that calls a function in the slot `callee`, and how many results
** that is asked for. */
static int waits_for(const Proto *p, const cu_Frame *f, int callee, int *results) {
  int base = f->func + 1, top = base + p->maxstacksize, nres = f->state >> CU_STATE_BITS;
  Instruction code = p->code[f->pc - 1];
  OpCode op = GET_OPCODE(code);
  int a = base + GETARG_A(code);
  if (nres != 0 && op != OP_RETURN) return 0;
  if ((f->state & CU_LEQ) && op != OP_LE && op != OP_LEI && op != OP_GEI) return 0;
  *results = 1;
  switch (op) {
    case OP_CALL: *results = GETARG_C(code) - 1; return callee == a;
    case OP_TAILCALL: *results = LUA_MULTRET; return callee == a;
    case OP_TFORCALL: *results = GETARG_C(code); return callee == a + 4;
    case OP_CONCAT: return callee >= a + 2 && callee <= a + GETARG_B(code);
    case OP_CLOSE: *results = 0; return callee >= a + 2 && callee < top + 2;
    case OP_RETURN:
      *results = 0;
      if (!TESTARG_k(code) || (GETARG_B(code) != 0 && nres != GETARG_B(code) - 1)) return 0;
      return callee == (a + nres > top ? a + nres : top);
    case OP_SETTABUP: case OP_SETTABLE: case OP_SETI: case OP_SETFIELD:
      *results = 0;
      return callee == top;
    case OP_MMBIN: case OP_MMBINI: case OP_MMBINK:
      return f->pc >= 2 && callee == top;
    case OP_UNM: case OP_BNOT: case OP_LEN: case OP_GETTABUP: case OP_GETTABLE: case OP_GETI: case OP_GETFIELD:
    case OP_SELF: case OP_EQ: case OP_LT: case OP_LE: case OP_LTI: case OP_LEI: case OP_GTI: case OP_GEI:
      return callee == top;
    default: return 0;
  }
}

/* What is known of a coroutine that is to be built. */
typedef struct cu_Stored {
  const cu_Frame *frames;
  const uint32_t *to_close, *open;
  uint32_t frame_count, to_close_count, open_count;
} cu_Stored;

/* The lowest slot that belongs to a frame: below the function of one with `...` are the function again, and its extra
** arguments. 0 if there is no such frame. */
static int first_slot(const lua_State *L, const cu_Frame *f) {
  uint32_t slots = L->top.p - (L->stack.p + 1);
  const TValue *function = s2v(L->stack.p + f->func);
  uint32_t below = 0;
  if (f->func > slots || f->pc > INT_MAX || f->extra > slots || f->state > (slots << CU_STATE_BITS | 3)) return 0;
  if (ttisLclosure(function) && clLvalue(function)->p->is_vararg)
    below = f->extra + clLvalue(function)->p->numparams + 1;
  else if (f->extra) return 0;
  return below < f->func ? (int)(f->func - below) : 0;
}

/* Checks a frame of a function in Lua, up to the slot where the next frame begins. */
static int fits_lua(lua_State *L, const cu_Frame *f, int next, cu_Stored *left, int64_t *work) {
  const Proto *p = clLvalue(s2v(L->stack.p + f->func))->p;
  int base = f->func + 1, pc = f->pc - 1, results;
  Instruction code;
  if (f->pc < 1 || (int)f->pc > p->sizecode || !waits_for(p, f, next, &results)) return 0;
  if ((*work -= p->sizecode) < 0 || !are_trusted_right(p, L->stack.p + base, pc)) return 0;
  code = p->code[pc];
  for (; left->to_close_count && (int)*left->to_close < next; left->to_close++, left->to_close_count--) {
    int slot = *left->to_close;
    /* What is closed by the instruction itself is closed before anything else is done. */
    int is_right = slot >= base && (*work -= p->sizelocvars) >= 0;
    if (GET_OPCODE(code) == OP_CLOSE && slot >= base + GETARG_A(code)) is_right = slot + 2 < next;
    else if (GET_OPCODE(code) != OP_RETURN) is_right = is_right && is_to_close(p, slot - base, pc);
    if (!is_right) return 0;
  }
  for (; left->open_count && (int)*left->open < next; left->open++, left->open_count--) {
    int slot = *left->open;
    if ((*work -= p->sizecode + p->sizelocvars) < 0 || slot < base || !is_captured(p, slot - base, pc)) return 0;
  }
  return 1;
}

/* The slot of the function that a function in C calls, at the least. */
static int c_callee(const TValue *function, const cu_Frame *f) {
  return f->func + (c_function(function) == XPCALL ? 4 : 2);
}

/* Checks a frame of a function in C, likewise. */
static int fits_c(lua_State *L, const cu_Frame *f, int next, cu_Stored *left) {
  const TValue *function = s2v(L->stack.p + f->func);
  int kind = c_function(function), callee = c_callee(function, f);
  if (kind == OTHER || f->pc != 0 || (kind == YIELD) != (left->frame_count == 0)) return 0;
  if (kind == XPCALL && (next < callee || !ttisfunction(s2v(L->stack.p + f->func + 2)))) return 0;
  if (f->state != LUA_OK) {
    if (kind != PCALL && kind != XPCALL) return 0;
    if ((f->state != LUA_ERRRUN && f->state != LUA_ERRMEM && f->state != LUA_ERRERR) || next < callee + 2) return 0;
    for (; left->to_close_count && (int)*left->to_close < next; left->to_close++, left->to_close_count--)
      if ((int)*left->to_close < callee || (int)*left->to_close + 2 >= next) return 0;
    return 1;
  }
  return kind == YIELD || (kind == PAIRS ? next >= callee : next == callee);
}

static int is_ascending(const uint32_t *slots, uint32_t count) {
  uint32_t i;
  for (i = 1; i < count; i++)
    if (slots[i - 1] >= slots[i]) return 0;
  return 1;
}

/* Whether the calls can be built over the values on a coroutine's stack. Of what the interpreter and `ldo.c` rely on, this
** checks:
** - which slots are functions, that they are in order, and where each is (`first_slot`, `waits_for`, `fits_c`);
** - that a function in Lua goes on after an instruction that can wait, with as many results as that takes: for
**   `luaV_finishOp`, `luaD_poscall` and `finishCcall`;
** - the number of extra arguments: for OP_VARARG, OP_RETURN and OP_TAILCALL, which go below the function by it;
** - the number of values that OP_RETURN is about to return;
** - the types that OP_FORLOOP and OP_SETLIST trust (`are_trusted_right`), and `luaG_errormsg`: that a handler is a function;
** - that OP_TBC never comes below what is to be closed already, where `luaF_newtbcupval` would not end (`is_to_close`);
** - that no upvalue stays open where its variable is gone (`is_captured`): it would be a second way to write to what is
**   trusted, and could be left behind when the stack shrinks.
** All other instructions look at the types of their operands. */
static int fits(lua_State *L, const cu_Stored *stored, int64_t *work) {
  cu_Stored left = *stored;
  int top = L->top.p - L->stack.p;
  const cu_Frame *f = stored->frames;
  int is_tail_call = 0;
  if (!is_ascending(left.to_close, left.to_close_count) || !is_ascending(left.open, left.open_count)) return 0;
  if (first_slot(L, f) != 1) return 0;
  for (; left.frame_count > 0; f++) {
    const TValue *function = s2v(L->stack.p + f->func);
    int next = --left.frame_count ? first_slot(L, f + 1) : top;
    if (next <= (int)f->func) return 0;
    if (!ttisLclosure(function)) {
      if (!fits_c(L, f, next, &left)) return 0;
      is_tail_call = 0;
    }
    else {
      /* A function in Lua that is tail called takes the place of its caller. */
      if (is_tail_call || left.frame_count == 0 || !fits_lua(L, f, next, &left, work)) return 0;
      is_tail_call = GET_OPCODE(clLvalue(function)->p->code[f->pc - 1]) == OP_TAILCALL;
    }
  }
  return left.to_close_count == 0 && left.open_count == 0;
}

/* How long the stack must be for the registers of all frames. */
static int stack_size(lua_State *L, const cu_Stored *stored) {
  int size = L->top.p - L->stack.p + LUA_MINSTACK;
  uint32_t i;
  for (i = 0; i < stored->frame_count; i++) {
    const TValue *function = s2v(L->stack.p + stored->frames[i].func);
    int room = ttisLclosure(function) ? clLvalue(function)->p->maxstacksize : 2 * LUA_MINSTACK;
    int end = stored->frames[i].func + 1 + room;
    if (end > size) size = end;
  }
  return size;
}

/* Adds the call of a function in C. */
static void build_c(lua_State *L, CallInfo *ci, const cu_Frame *f, int next) {
  const TValue *function = s2v(ci->func.p);
  int kind = c_function(function);
  ci->callstatus = CIST_C;
  ci->top.p = L->stack.p + (kind == YIELD ? L->top.p - L->stack.p : next) + LUA_MINSTACK;
  ci->u.c.k = kind == YIELD ? NULL : kind == DOFILE ? dofilecont : kind == PAIRS ? pairscont : finishpcall;
  ci->u.c.ctx = kind == XPCALL ? 2 : 0;
  ci->u.c.old_errfunc = L->errfunc;
  ci->u2.nyield = 0;
  if (kind == PCALL || kind == XPCALL) {
    ci->callstatus |= CIST_YPCALL | CIST_OAH;
    setcistrecst(ci, f->state);
    ci->u2.funcidx = savestack(L, L->stack.p + c_callee(function, f));
    L->errfunc = kind == XPCALL ? savestack(L, ci->func.p + 2) : 0;
  }
}

/* Adds the calls, from the outermost one. */
static void build_frames(lua_State *L, const cu_Stored *stored) {
  int results = LUA_MULTRET, is_fresh = 1;
  uint32_t i;
  for (i = 0; i < stored->frame_count; i++) {
    const cu_Frame *f = &stored->frames[i];
    int next = i + 1 < stored->frame_count ? first_slot(L, f + 1) : 0;
    CallInfo *ci = luaE_extendCI(L, 1);
    ci->func.p = L->stack.p + f->func;
    ci->nresults = results;
    if (ttisLclosure(s2v(ci->func.p))) {
      const Proto *p = clLvalue(s2v(ci->func.p))->p;
      ci->top.p = ci->func.p + 1 + p->maxstacksize;
      ci->callstatus = (is_fresh ? CIST_FRESH : 0) | (f->state & CU_TAIL ? CIST_TAIL : 0) |
                       (f->state & CU_LEQ ? CIST_LEQ : 0);
      ci->u.l.savedpc = p->code + f->pc;
      ci->u.l.trap = 0;
      ci->u.l.nextraargs = f->extra;
      ci->u2.nres = f->state >> CU_STATE_BITS;
      waits_for(p, f, next, &results);
      is_fresh = GET_OPCODE(p->code[f->pc - 1]) != OP_CALL;
    }
    else {
      build_c(L, ci, f, next);
      results = f->state != LUA_OK ? 0 : ci->u.c.k == pairscont ? 3 : LUA_MULTRET;
      is_fresh = 1;
    }
    L->ci = ci;
  }
}

/* As `luaF_newtbcupval`, without a look at metatables: they are not there yet. */
static void build_to_close(lua_State *L, const cu_Stored *stored) {
  uint32_t i;
  for (i = 0; i < stored->to_close_count; i++) {
    StkId level = L->stack.p + stored->to_close[i];
    if (l_isfalse(s2v(level))) continue;
    while (cast_uint(level - L->tbclist.p) > MAXDELTA) {
      L->tbclist.p += MAXDELTA;
      L->tbclist.p->tbclist.delta = 0;
    }
    level->tbclist.delta = cast(unsigned short, level - L->tbclist.p);
    L->tbclist.p = level;
  }
}

/* The state of one that has no frames, if that is one that can be. */
static int fits_without_frames(lua_State *L, const cu_Stored *stored, uint32_t status) {
  uint32_t slots = L->top.p - (L->stack.p + 1);
  uint32_t count = stored->to_close_count;
  if (stored->open_count) return 0;
  if (status == LUA_OK) return slots <= 1 && count == 0 && (slots == 0 || ttisfunction(s2v(L->stack.p + 1)));
  if (status != LUA_ERRRUN && status != LUA_ERRMEM && status != LUA_ERRERR) return 0;
  return slots == count + 1 && is_ascending(stored->to_close, count) &&
         (count == 0 || (stored->to_close[0] == 1 && stored->to_close[count - 1] == count));
}

/* Builds the calls of a new coroutine, whose stack has all values, by its numbers, of which there are at least two. Returns 0
** if they do not fit: then it is as before. `work` is how many instructions may be looked at. */
int cu_build_coroutine(lua_State *from, lua_State *L, const uint32_t *numbers, uint32_t count, uint32_t open,
                       int64_t *work) {
  cu_Stored stored;
  int size;
  stored.frames = (const cu_Frame *)(numbers + 2);
  stored.frame_count = numbers[1];
  stored.to_close = numbers + 2 + stored.frame_count * FRAME_NUMBERS;
  stored.to_close_count = count - 2 - stored.frame_count * FRAME_NUMBERS - open;
  stored.open = numbers + count - open;
  stored.open_count = open;
  if (stored.frame_count == 0) {
    if (!fits_without_frames(L, &stored, numbers[0])) return 0;
    build_to_close(L, &stored);
    L->status = numbers[0];
    return 1;
  }
  if (numbers[0] != LUA_OK || !fits(L, &stored, work)) return 0;
  size = stack_size(L, &stored);
  if (size > LUAI_MAXSTACK) return 0;
  /* Only a running coroutine can fail: lack of memory is the error of the one that builds. */
  L->errorJmp = from->errorJmp;
  if (size > stacksize(L)) luaD_reallocstack(L, size, 1);
  L->base_ci.top.p = L->stack.p + 1 + LUA_MINSTACK;
  build_frames(L, &stored);
  build_to_close(L, &stored);
  L->status = LUA_YIELD;
  L->errorJmp = NULL;
  return 1;
}

/* Has an upvalue of a function in Lua be a slot of a coroutine that was built with that slot as an open one. */
void cu_join_slot(lua_State *L, int index, int upvalue, lua_State *of, uint32_t slot) {
  LClosure *closure = clLvalue(at(L, index));
  UpVal *open;
  of->errorJmp = L->errorJmp;
  open = luaF_findupval(of, of->stack.p + slot);
  of->errorJmp = NULL;
  closure->upvals[upvalue - 1] = open;
  luaC_objbarrier(L, closure, open);
}
