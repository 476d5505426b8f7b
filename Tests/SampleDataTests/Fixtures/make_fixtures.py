"""Makes the archives and images beside this file. Needs numpy and Pillow; run in this folder.

pixels.npz holds what Pillow decodes from each image: NAME in colour, NAME_grey in grey.
"""

import gzip
import struct
import zlib

import numpy as np
from PIL import Image

x = np.arange(84, dtype=np.uint8).reshape(7, 4, 3)
y = np.array([3, 1, 4, 1, 5, 9, 2])
np.savez("stored.npz", x_test=x.astype("<f4"), y_test=y)
np.savez_compressed("packed.npz", images=x, labels=np.eye(10)[y], names=np.array(["a", "b"]))
np.savez_compressed("two.npz", left=x, right=x.astype(">i2"))

idx = struct.pack(">BBBBIII", 0, 0, 8, 3, 7, 4, 3) + x.tobytes()
labels = struct.pack(">BBBBI", 0, 0, 8, 1, 7) + y.astype(np.uint8).tobytes()
open("t7-images-idx3-ubyte.gz", "wb").write(gzip.compress(idx, mtime=0))
open("t7-labels-idx1-ubyte.gz", "wb").write(gzip.compress(labels, mtime=0))

# A picture of 21 × 17 with slopes, edges, and noise.
rows, columns = np.mgrid[0:17, 0:21]
noise = np.random.default_rng(1).integers(0, 40, (17, 21, 3))
slopes = np.stack([columns * 10, rows * 12, (columns > 9) * 150 + rows * 2], axis=-1)
picture = Image.fromarray((slopes + noise).clip(0, 255).astype(np.uint8))
mask = Image.fromarray(((rows + columns) * 7).astype(np.uint8))

picture.save("photo.jpg", quality=90)
picture.save("progressive.jpg", quality=80, progressive=True, subsampling=0)
picture.convert("L").save("grey.jpg", quality=90)
picture.convert("CMYK").save("cmyk.jpg", quality=95)
picture.save("colour.png")
transparent = picture.copy()
transparent.putalpha(mask)
transparent.save("transparent.png")
picture.quantize(32).save("palette.png")
picture.convert("L").save("grey.png")
picture.convert("1").save("bits.png")
picture.save("lossy.webp", quality=80)
transparent.save("lossless.webp", lossless=True, exact=True)
picture.save("animated.webp", save_all=True, append_images=[picture.rotate(180)])
turned = Image.Exif()
turned[0x0112] = 6
picture.save("turned.jpg", quality=90, exif=turned)

sixteen = np.arange(0, 65536, 184, dtype=np.uint16)[: 17 * 20].reshape(17, 20)
Image.fromarray(sixteen).save("sixteen.png")

pixels = {}
for name in [
    "photo.jpg", "progressive.jpg", "grey.jpg", "cmyk.jpg", "colour.png", "transparent.png",
    "palette.png", "grey.png", "bits.png", "lossy.webp", "lossless.webp", "turned.jpg",
]:
    image = Image.open(name).convert("RGB")
    pixels[name] = np.asarray(image)
    pixels[name + "_grey"] = np.asarray(image.convert("L"))[..., None]
# 16 bits to 8, rounded to nearest.
eight = ((sixteen.astype(np.int64) * 255 + 32767) // 65535).astype(np.uint8)
pixels["sixteen.png"] = np.repeat(eight[..., None], 3, axis=-1)
np.savez_compressed("pixels.npz", **pixels)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# A picture of 60,000 × 60,000 black pixels, in a small file.
header = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
open("bomb.png", "wb").write(bomb)
