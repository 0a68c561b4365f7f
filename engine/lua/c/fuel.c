#include "fuel.h"

CU_THREAD int cu_fuel = 0;

static CU_THREAD int refill = 1 << 30;
static CU_THREAD void (*on_empty)(lua_State *L) = 0;

void cu_refuel(lua_State *L) {
  cu_fuel = refill;
  if (on_empty) on_empty(L);
}

/* From now on `callback` is called at every `steps`-th step; null turns it off. It runs in the middle
** of an instruction: all it may do is set a hook or set the fuel. */
void cu_set_fuel(int steps, void (*callback)(lua_State *L)) {
  refill = steps;
  on_empty = callback;
  cu_fuel = steps;
}
