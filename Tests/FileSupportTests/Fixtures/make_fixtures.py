"""Makes the archives beside this file. Needs Python 3.11 alone; run in this folder."""

import gzip
import io
import struct
import zipfile

NUMBERS = bytes(i * i % 251 for i in range(5000))
DATE = (2000, 1, 1, 0, 0, 0)


def archive(name, method, zip64=False):
    limits = zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT
    if zip64:
        zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = 10, 0
    with zipfile.ZipFile(name, "w") as file:
        for member, data in [("numbers", NUMBERS), ("deep/words.txt", b"hello, hello, hello")]:
            info = zipfile.ZipInfo(member, DATE)
            info.compress_type = method
            file.writestr(info, data)
        file.comment = b"a comment"
    zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = limits


archive("stored.zip", zipfile.ZIP_STORED)
archive("deflated.zip", zipfile.ZIP_DEFLATED)
archive("zip64.zip", zipfile.ZIP_DEFLATED, zip64=True)
# Python leaves the small numbers in the end record; others put there that Zip64's are larger.
data = bytearray(open("zip64.zip", "rb").read())
position = data.index(struct.pack("<I", 0x06054B50))
data[position + 8:position + 20] = b"\xff" * 12
open("zip64.zip", "wb").write(data)
archive("bzip2.zip", zipfile.ZIP_BZIP2)



class Pipe(io.RawIOBase):
    """A file that cannot be moved about in, as a pipe."""

    data = b""

    def writable(self):
        return True

    def write(self, data):
        self.data += data
        return len(data)


# What is written before its length is known has it after the data, and in the directory.
pipe = Pipe()
with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:
    file.writestr(zipfile.ZipInfo("numbers", DATE), NUMBERS, zipfile.ZIP_DEFLATED)
open("streamed.zip", "wb").write(pipe.data)

# A million zeros that claim to be a thousand.
with zipfile.ZipFile("bomb.zip", "w") as file:
    file.writestr(zipfile.ZipInfo("zeros", DATE), bytes(1_000_000), zipfile.ZIP_DEFLATED)
data = bytearray(open("bomb.zip", "rb").read())
position = data.index(struct.pack("<I", 0x02014B50)) + 24
data[position:position + 4] = struct.pack("<I", 1000)
open("bomb.zip", "wb").write(data)

open("numbers.gz", "wb").write(gzip.compress(NUMBERS, mtime=0))
