// What Swift cannot import from <hdf5.h>: macros that expand to an expression with a call in it,
// and the mutable globals behind them. One accessor each.
#ifndef RANGEFINDER_CHDF5_SHIM_H
#define RANGEFINDER_CHDF5_SHIM_H

#include <hdf5.h>
#include <string.h>
#include <sys/mman.h>

// Flags of H5Fopen and H5Fcreate: macros that call H5check and H5open first.
static inline unsigned hdf5_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned hdf5_truncate(void) { return H5F_ACC_TRUNC; }

// A macro that holds a cast of a negative number.
static inline size_t hdf5_variable_length(void) { return H5T_VARIABLE; }

// Types: macros over globals that H5open fills in.
static inline hid_t hdf5_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t hdf5_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t hdf5_int8(void) { return H5T_NATIVE_INT8; }
static inline hid_t hdf5_int32(void) { return H5T_NATIVE_INT32; }
static inline hid_t hdf5_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t hdf5_uint8(void) { return H5T_NATIVE_UINT8; }
static inline hid_t hdf5_uint32(void) { return H5T_NATIVE_UINT32; }
static inline hid_t hdf5_uint64(void) { return H5T_NATIVE_UINT64; }
static inline hid_t hdf5_c_string(void) { return H5T_C_S1; }

// Classes of property lists: macros over globals that H5open fills in.
static inline hid_t hdf5_file_creation(void) { return H5P_FILE_CREATE; }
static inline hid_t hdf5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t hdf5_link_creation(void) { return H5P_LINK_CREATE; }
static inline hid_t hdf5_link_access(void) { return H5P_LINK_ACCESS; }
static inline hid_t hdf5_group_creation(void) { return H5P_GROUP_CREATE; }
static inline hid_t hdf5_dataset_creation(void) { return H5P_DATASET_CREATE; }
static inline hid_t hdf5_dataset_access(void) { return H5P_DATASET_ACCESS; }

// The memory of a file's image that grows. realloc(3) copies where memory lies behind it, so that two
// images are there for a while; mremap(2), which Swift cannot call for its variable arguments, moves
// pages. The size stands in a page before the image.
// The library clears what is new: the system hands out all of its pages at once, where it can, which is
// faster than one by one (MADV_POPULATE_WRITE, Linux 5.14).
enum { hdf5_image_offset = 4096, hdf5_may_move = 1, hdf5_populate = 23 };
void *mremap(void *, size_t, size_t, int, ...);

static inline void *hdf5_image_resize(void *image, size_t size, H5FD_file_image_op_t op, void *data) {
  char *old = image ? (char *)image - hdf5_image_offset : 0;
  size_t bytes = size + hdf5_image_offset;
  char *new = old ? mremap(old, *(size_t *)old, bytes, hdf5_may_move)
                  : mmap(0, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (new == MAP_FAILED) return 0;
  size_t kept = old ? *(size_t *)new & ~(size_t)4095 : 0;
  if (bytes > kept) madvise(new + kept, bytes - kept, hdf5_populate);
  *(size_t *)new = bytes;
  return new + hdf5_image_offset;
}

static inline void *hdf5_image_make(size_t size, H5FD_file_image_op_t op, void *data) {
  return hdf5_image_resize(0, size, op, data);
}

static inline void *hdf5_image_copy(
    void *target, const void *source, size_t size, H5FD_file_image_op_t op, void *data) {
  return memcpy(target, source, size);
}

static inline herr_t hdf5_image_free(void *image, H5FD_file_image_op_t op, void *data) {
  char *old = (char *)image - hdf5_image_offset;
  return munmap(old, *(size_t *)old);
}

static inline herr_t hdf5_map_images(hid_t access) {
  H5FD_file_image_callbacks_t calls = {
      hdf5_image_make, hdf5_image_copy, hdf5_image_resize, hdf5_image_free, 0, 0, 0};
  return H5Pset_file_image_callbacks(access, &calls);
}

#endif
