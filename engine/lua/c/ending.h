/* Ending a program before its last instruction. */

#ifndef cu_ending_h
#define cu_ending_h

#include "lua.h"

/* Ends the program at once, without its message handlers. */
void cu_end(lua_State *L);

/* Called where an error was caught, with the error at the top of the stack.
** It is raised again if the program is to end. */
void cu_pass_on(lua_State *L);

#endif
