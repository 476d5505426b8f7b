// What Swift's Glibc leaves out, since the headers declare it for _GNU_SOURCE alone. One accessor
// each.
#ifndef RANGEFINDER_CLINUX_SHIM_H
#define RANGEFINDER_CLINUX_SHIM_H

#include <linux/memfd.h>
#include <malloc.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// memfd_create(2): memory with a file descriptor, not bound by the size of /dev/shm.
static inline int linux_memory_file(const char *name) {
  return (int)syscall(SYS_memfd_create, name, MFD_CLOEXEC);
}

// prlimit(2): sets a limit of another process, which can be raised again.
static inline int linux_set_limit(pid_t process, int resource, unsigned long long bytes) {
  struct {
    unsigned long long soft, hard;
  } limit;
  if (syscall(SYS_prlimit64, process, resource, 0, &limit) != 0) return -1;
  limit.soft = bytes < limit.hard ? bytes : limit.hard;
  return (int)syscall(SYS_prlimit64, process, resource, &limit, 0);
}

// Constants of an anonymous enumeration.
static inline int linux_limit_of_address_space(void) { return RLIMIT_AS; }
static inline int linux_limit_of_core(void) { return RLIMIT_CORE; }
static inline int linux_limit_of_file_size(void) { return RLIMIT_FSIZE; }

// Since glibc 2.34.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);

// mallopt(3), whose parameters are macros over macros. Freed memory of up to some megabytes, such as
// histograms have, is used again instead of being given back: the system clears it each time.
static inline void linux_keep_freed_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 8 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
}

// malloc_trim(3): gives back what was kept so.
static inline void linux_return_freed_memory(void) { malloc_trim(0); }

#endif
