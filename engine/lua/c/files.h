/* C's files for Lua's libraries: the console, and the files in memory of `src/files.rs`, which has these functions. */

#ifndef cu_files_h
#define cu_files_h

#include <stddef.h>

struct lua_State;
typedef struct cu_File cu_File;

/* 0 is input, 1 is output, 2 is errors. */
cu_File *cu_standard_file(int which);
cu_File *cu_open(const char *path, const char *mode);
cu_File *cu_open_temporary(void);
int cu_close(cu_File *file);

/* Before a library reads: clears earlier errors, and makes `L` the coroutine that waits. */
void cu_begin_reading(struct lua_State *L, cu_File *file);
int cu_getc(cu_File *file);
int cu_ungetc(int c, cu_File *file);
size_t cu_read(void *buffer, size_t length, cu_File *file);
char *cu_gets(char *buffer, int size, cu_File *file);
size_t cu_put(const void *start, size_t length, cu_File *file);
int cu_print(cu_File *file, const char *format, ...);
int cu_failed(const cu_File *file);
int cu_at_end(const cu_File *file);
/* The origin is 0 for the start, 1 for the position, 2 for the end. */
int cu_seek(cu_File *file, long long offset, int origin);
long long cu_tell(const cu_File *file);

int cu_remove(const char *path);
int cu_rename(const char *from, const char *to);
/* Makes a file and writes its path. Returns whether that failed. */
int cu_temporary_name(char *buffer, size_t length);

/* The errors of files have Linux's numbers everywhere. */
void cu_set_error(int number);
const char *cu_error_text(int number);

#undef stdin
#undef stdout
#undef stderr
#undef getc
#undef feof
#undef ferror
#undef clearerr
#define FILE cu_File
#define stdin (cu_begin_reading(L, cu_standard_file(0)), cu_standard_file(0))
#define stdout cu_standard_file(1)
#define stderr cu_standard_file(2)
#define fopen(path, mode) cu_open((path), (mode))
#define freopen(path, mode, file) (cu_close(file), cu_open((path), (mode)))
#define tmpfile() cu_open_temporary()
#define fclose(file) cu_close(file)
#define getc(file) cu_getc(file)
#define ungetc(c, file) cu_ungetc((c), (file))
#define fread(buffer, size, count, file) cu_read((buffer), (size) * (count), (file))
#define fgets(buffer, size, file) cu_gets((buffer), (size), (file))
#define fwrite(start, size, count, file) cu_put((start), (size) * (count), (file))
#define fprintf cu_print
#define fflush(file) ((void)(file), 0)
#define setvbuf(file, buffer, mode, size) ((void)(file), (void)(mode), (void)(size), 0)
#define clearerr(file) cu_begin_reading(L, (file))
#define ferror(file) cu_failed(file)
#define feof(file) cu_at_end(file)
#define remove(path) cu_remove(path)
#define rename(from, to) cu_rename((from), (to))
#define strerror(number) cu_error_text(number)

#define l_getc(file) cu_getc(file)
#define l_lockfile(file) ((void)0)
#define l_unlockfile(file) ((void)0)
#define l_fseek(file, offset, from) cu_seek((file), (offset), (from) == SEEK_SET ? 0 : (from) == SEEK_CUR ? 1 : 2)
#define l_ftell(file) cu_tell(file)
#define l_seeknum long long

#define LUA_TMPNAMBUFSIZE 32
#define lua_tmpnam(buffer, failed) ((failed) = cu_temporary_name((buffer), LUA_TMPNAMBUFSIZE))

#define l_popen(L, command, mode) \
  ((void)(command), (void)(mode), luaL_error(L, "io.popen is not available: there are no processes here"), (cu_File *)NULL)
#define l_pclose(L, file) ((void)(L), (void)(file), -1)

/* Where `require` looks for modules: so messages name a file as the workspace does. */
#define LUA_PATH_DEFAULT "?.lua;?/init.lua"
#define LUA_CPATH_DEFAULT ""

#endif
