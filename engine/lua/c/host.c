#include <errno.h>
#include <string.h>

#include "host.h"

#undef mktime

/* Provided by `system.rs`. */
int cu_utc_offset_seconds(long long unix_seconds);

void cu_write_error(const char *format, const char *argument) {
  cu_write(2, argument, strlen(argument));
  /* Lua's formats add only this, or "PANIC: ". */
  if (strcmp(format, "%s\n") == 0) cu_write(2, "\n", 1);
}

struct tm *cu_local_time(const time_t *time, struct tm *parts) {
  time_t shifted = *time + cu_utc_offset_seconds(*time);
  return gmtime_r(&shifted, parts);
}

/* Normalises `parts` as mktime does. The offset is the one in force at that time, found in two steps: that
** is enough, since offsets change by less than the time between two changes. */
time_t cu_make_time(struct tm *parts) {
  time_t as_utc, result;
  errno = 0;
  as_utc = timegm(parts);
  /* -1 is not only an error but also the last second of 1969. */
  if (as_utc == -1 && errno != 0) return -1;
  result = as_utc - cu_utc_offset_seconds(as_utc);
  result = as_utc - cu_utc_offset_seconds(result);
  cu_local_time(&result, parts);
  return result;
}
