"""Writes layouts.h5, latest.h5 and user_block.h5: what h5py can write and this package must read.

Usage: python make_fixtures.py  (h5py 3, numpy)
"""

import h5py
import numpy as np

values = np.arange(12).reshape(4, 3)

with h5py.File("layouts.h5", "w") as f:
    numbers = f.create_group("numbers")
    for name, kind in {
        "half": "<f2", "single": "<f4", "double": "<f8", "big_single": ">f4", "big_double": ">f8",
        "byte": "i1", "unsigned": "u1", "big_short": ">i2", "long": "<i8", "big_unsigned": ">u8",
    }.items():
        numbers[name] = values.astype(kind)
    numbers["boolean"] = np.array([True, False, True])
    numbers["scalar"] = np.float32(2.5)
    numbers["nothing"] = h5py.Empty("f4")
    numbers["no_rows"] = np.zeros((0, 3), "f4")

    packed = f.create_group("packed")
    packed.create_dataset(
        "filters", data=values.astype("f4"), chunks=(2, 2), compression="gzip", shuffle=True,
        fletcher32=True)
    packed.create_dataset("lzf", data=values.astype("f4"), chunks=(2, 2), compression="lzf")
    packed.create_dataset(
        "zeros", data=np.zeros((64, 8192), "f4"), chunks=(64, 8192), compression="gzip",
        compression_opts=9)

    claims = f.create_group("claims")
    claims.create_dataset("contiguous", (1 << 20, 1 << 20), "f4")
    claims.create_dataset("chunked", (1 << 20, 1 << 20), "f4", chunks=(1, 1024))
    claims.create_dataset("large_chunk", (4,), "f4", chunks=(1 << 29,), maxshape=(None,))
    claims.create_dataset("overflow", (1 << 31, 1 << 31, 1 << 31), "f4", chunks=(1, 1, 1))
    claims.create_dataset("unwritten", (4,), "f4", fillvalue=7)

    elsewhere = f.create_group("elsewhere")
    elsewhere["link"] = h5py.ExternalLink("latest.h5", "/values")
    elsewhere.create_dataset("raw", (4,), "f4", external=[("latest.h5", 0, 16)])
    layout = h5py.VirtualLayout((4, 3), "f4")
    layout[...] = h5py.VirtualSource("latest.h5", "values", (4, 3))
    elsewhere.create_virtual_dataset("virtual", layout)
    elsewhere["soft_out"] = h5py.SoftLink("/elsewhere/link")

    links = f.create_group("links")
    links["soft"] = h5py.SoftLink("/numbers/single")
    links["dangling"] = h5py.SoftLink("/nowhere")
    links["circle"] = h5py.SoftLink("/links/circle")
    links["up"] = links
    links["named_type"] = np.dtype("f4")

    text = f.create_group("text")
    text["fixed"] = np.array([b"abc", b"de", b""], "S3")
    text["ascii"] = np.array([b"abc", b"de"], h5py.string_dtype("ascii"))
    text["utf8"] = np.array(["grün", "漢字", ""], h5py.string_dtype())
    text["compound"] = np.zeros(2, [("a", "f4"), ("b", "i4")])
    for name, padding in {
        "terminated": h5py.h5t.STR_NULLTERM, "spaced": h5py.h5t.STR_SPACEPAD,
    }.items():
        kind = h5py.h5t.C_S1.copy()
        kind.set_size(6)
        kind.set_strpad(padding)
        space = h5py.h5s.create(h5py.h5s.SCALAR)
        data = np.array(b"ab\0cd " if name == "terminated" else b"a b   ")
        h5py.h5d.create(text.id, name.encode(), kind, space).write(
            space, space, data, mtype=kind)

    a = f.attrs
    a["variable"] = "naïve"
    a["bytes"] = np.bytes_("2.0.8")
    a["one_element"] = np.array(["only"], h5py.string_dtype())
    a["empty_bytes"] = np.bytes_("")
    a["empty_string"] = ""
    a["latin1"] = np.bytes_(b"caf\xe9")
    a["names"] = np.array([b"kernel:0", b"bias:0"], "S8")
    a["no_names"] = np.array([])
    a["split0"] = np.array([b"a", b"b"])
    a["split1"] = np.array([b"c"])
    a["count"] = np.int32(7)
    a["yes"] = True
    a["rate"] = np.float64(0.25)
    a["rates"] = np.array([0.5, 1.5], ">f8")

with h5py.File("latest.h5", "w", libver="latest") as f:
    f["values"] = values.astype("f4")
    for i in range(20):
        f.create_group(f"group{i:02}")
    f.attrs["name"] = "latest"

with h5py.File("user_block.h5", "w", userblock_size=1024) as f:
    f["values"] = values.astype("f4")
