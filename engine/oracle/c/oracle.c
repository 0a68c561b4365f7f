/* Runs one Lua program and tells what became of it. Standard input is the length of the program in decimal and a line
** feed, then the program, then what the program may read. Standard output is what the program writes, also to its
** error stream, then the mark that is given as the only argument, then records: a letter, a length, a line feed, that
** many bytes. `r` is a returned value, `e` an error's message, `t` its traceback. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lauxlib.h"
#include "lua.h"
#include "lualib.h"

static const char *mark;

static void record(char kind, const char *text, size_t length) {
  printf("%c%zu\n", kind, length);
  fwrite(text, 1, length, stdout);
}

/* Keeps message and traceback in the registry: a handler can give only one value, and that stays the error. They are
** made as in the engine's `failure.rs`, which follows `lua.c`. */
static int handle(lua_State *L) {
  if (lua_type(L, 1) == LUA_TSTRING) lua_pushvalue(L, 1);
  else if (!luaL_callmeta(L, 1, "__tostring")) {
    if (lua_type(L, 1) == LUA_TNUMBER) luaL_tolstring(L, 1, NULL);
    else lua_pushfstring(L, "(error object is a %s value)", luaL_typename(L, 1));
  }
  luaL_traceback(L, L, NULL, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, "oracle.traceback");
  lua_setfield(L, LUA_REGISTRYINDEX, "oracle.message");
  lua_settop(L, 1);
  return 1;
}

static unsigned long long bits(double number) {
  unsigned long long bits;
  memcpy(&bits, &number, sizeof bits);
  return bits;
}

static void show(lua_State *L, int index) {
  char text[64];
  size_t length;
  const char *start = text;
  switch (lua_type(L, index)) {
    case LUA_TSTRING: start = lua_tolstring(L, index, &length); break;
    case LUA_TNUMBER:
      if (lua_isinteger(L, index)) length = sprintf(text, "%lld", (long long)lua_tointeger(L, index));
      else length = sprintf(text, "float %llx", bits(lua_tonumber(L, index)));
      break;
    case LUA_TBOOLEAN: length = sprintf(text, lua_toboolean(L, index) ? "true" : "false"); break;
    default: length = sprintf(text, "(%s)", luaL_typename(L, index));
  }
  record('r', start, length);
}

static int run(lua_State *L) {
  size_t length;
  const char *text = lua_tolstring(L, 1, &length);
  int index, status;
  lua_pushcfunction(L, handle);
  status = luaL_loadbufferx(L, text, length, "@main.lua", "t");
  if (status == LUA_OK) status = lua_pcall(L, 0, LUA_MULTRET, 2);
  fputs(mark, stdout);
  if (status == LUA_OK) {
    for (index = 3; index <= lua_gettop(L); index++) show(L, index);
    return 0;
  }
  text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &length) : NULL;
  if (lua_getfield(L, LUA_REGISTRYINDEX, "oracle.message") == LUA_TSTRING) text = lua_tolstring(L, -1, &length);
  if (text == NULL) text = "(error object is not a string)", length = strlen(text);
  record('e', text, length);
  if (lua_getfield(L, LUA_REGISTRYINDEX, "oracle.traceback") == LUA_TSTRING) {
    text = lua_tolstring(L, -1, &length);
    record('t', text, length);
  }
  return 0;
}

int main(int count, char **arguments) {
  size_t length;
  char *text;
  lua_State *L = luaL_newstate();
  if (count != 2 || L == NULL || scanf("%zu", &length) != 1 || getchar() != '\n') return 2;
  mark = arguments[1];
  /* A program that does not end is a fault of the test. */
  alarm(20);
  text = malloc(length + 1);
  if (text == NULL || fread(text, 1, length, stdin) != length) return 2;
  /* What goes to either stream comes in the order in which it is written. */
  dup2(1, 2);
  setvbuf(stdout, NULL, _IONBF, 0);
  luaL_openlibs(L);
  lua_pushcfunction(L, run);
  lua_pushlstring(L, text, length);
  if (lua_pcall(L, 1, 0, 0) != LUA_OK) return 2;
  lua_close(L);
  return 0;
}
