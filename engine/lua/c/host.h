/* Included in front of every Lua source: what Lua would ask the operating system for comes from the host. */

#ifndef cu_host_h
#define cu_host_h

#include <locale.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Writes to the console: stream 1 is output, 2 is errors. */
void cu_write(int stream, const char *start, size_t length);
void cu_write_error(const char *format, const char *argument);

#define lua_writestring(s, l) cu_write(1, (s), (l))
#define lua_writeline() cu_write(1, "\n", 1)
#define lua_writestringerror(s, p) cu_write_error((s), (p))

/* Local time, by the host's time zone. */
struct tm *cu_local_time(const time_t *time, struct tm *parts);
time_t cu_make_time(struct tm *parts);

#define l_gmtime(t, r) gmtime_r((t), (r))
#define l_localtime(t, r) cu_local_time((t), (r))
#define mktime(parts) cu_make_time(parts)

/* Picks the first pivot of `table.sort` in a long list. */
unsigned int cu_random(void);
#define arc4random() cu_random()

/* Seeds the hashes of a new state. */
unsigned int cu_make_seed(void);
#define luai_makeseed(state) cu_make_seed()

/* There are no processes and no environment variables; for files see files.h. */
#define l_system(command) ((void)(command), 0)
#define getenv(name) ((void)(name), (char *)NULL)
#define exit(status) ((void)(status))
#include "files.h"

/* mlua brings its own allocator. It would fall back to that of `luaL_newstate` when it cannot create a state, but
** then there is no memory for that one either. */
#define realloc(pointer, size) ((void)(pointer), (void)(size), NULL)
#define free(pointer) ((void)(pointer))

/* The only locale. */
#define lua_getlocaledecpoint() '.'
#define strcoll(a, b) strcmp((a), (b))
#define setlocale(category, name) \
  ((void)(category), !(name) || !*(name) || !strcmp((name), "C") || !strcmp((name), "POSIX") ? "C" : NULL)

#endif
