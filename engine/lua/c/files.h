/* C's files over the console, as far as Lua's libraries use them. Only `cu_open` opens a path. */

#ifndef cu_files_h
#define cu_files_h

#include <stddef.h>

struct lua_State;
typedef struct cu_File cu_File;

cu_File *cu_standard_input(struct lua_State *L);
cu_File *cu_standard_output(void);
cu_File *cu_standard_error(void);
cu_File *cu_open(const char *path, const char *mode);
cu_File *cu_open_temporary(void);
int cu_close(cu_File *file);

/* Before a library reads: clears earlier errors, and makes `L` the coroutine that waits. */
void cu_begin_reading(struct lua_State *L, cu_File *file);
int cu_getc(cu_File *file);
int cu_ungetc(int c, cu_File *file);
size_t cu_read(void *buffer, size_t size, size_t count, cu_File *file);
char *cu_gets(char *buffer, int size, cu_File *file);
size_t cu_put(const void *start, size_t size, size_t count, cu_File *file);
int cu_print(cu_File *file, const char *format, ...);
int cu_failed(const cu_File *file);
int cu_at_end(const cu_File *file);
/* The console has no positions. */
int cu_seek(void);

/* There is no file: always fails, and sets `errno`. */
int cu_no_file(void);

#undef stdin
#undef stdout
#undef stderr
#undef getc
#undef feof
#undef ferror
#undef clearerr
#define FILE cu_File
#define stdin cu_standard_input(L)
#define stdout cu_standard_output()
#define stderr cu_standard_error()
#define fopen(path, mode) cu_open((path), (mode))
#define freopen(path, mode, file) ((void)(file), cu_open((path), (mode)))
#define tmpfile() cu_open_temporary()
#define fclose(file) cu_close(file)
#define getc(file) cu_getc(file)
#define ungetc(c, file) cu_ungetc((c), (file))
#define fread(buffer, size, count, file) cu_read((buffer), (size), (count), (file))
#define fgets(buffer, size, file) cu_gets((buffer), (size), (file))
#define fwrite(start, size, count, file) cu_put((start), (size), (count), (file))
#define fprintf cu_print
#define fflush(file) ((void)(file), 0)
#define setvbuf(file, buffer, mode, size) ((void)(file), (void)(mode), (void)(size), 0)
#define clearerr(file) cu_begin_reading(L, (file))
#define ferror(file) cu_failed(file)
#define feof(file) cu_at_end(file)
#define remove(path) ((void)(path), cu_no_file())
#define rename(from, to) ((void)(from), (void)(to), cu_no_file())

#define l_getc(file) cu_getc(file)
#define l_lockfile(file) ((void)0)
#define l_unlockfile(file) ((void)0)
#define l_fseek(file, offset, from) ((void)(file), (void)(offset), (void)(from), cu_seek())
#define l_ftell(file) ((void)(file), (long)cu_seek())
#define l_seeknum long

#define l_popen(L, command, mode) \
  ((void)(command), (void)(mode), luaL_error(L, "io.popen is not available: there are no processes here"), (cu_File *)NULL)
#define l_pclose(L, file) ((void)(L), (void)(file), -1)

/* Where `require` looks for modules. */
#define LUA_PATH_DEFAULT "./?.lua;./?/init.lua"
#define LUA_CPATH_DEFAULT ""

#endif
