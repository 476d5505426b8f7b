// What Swift cannot import from <hdf5.h>: macros that expand to an expression with a call in it,
// and the mutable globals behind them. One accessor each.
#ifndef RANGEFINDER_CHDF5_SHIM_H
#define RANGEFINDER_CHDF5_SHIM_H

#include <hdf5.h>

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

#endif
