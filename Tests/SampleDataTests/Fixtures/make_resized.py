"""Makes resized.npz beside this file: colour.png as TensorFlow resizes it.

Needs TensorFlow; run in this folder after make_fixtures.py. An array WxH is the whole picture.
"""

import numpy as np
import tensorflow as tf

picture = np.load("pixels.npz")["colour.png"]
resized = {}
for width, height in [(8, 6), (10, 17), (21, 17), (32, 25), (40, 50), (1, 1), (24, 19), (13, 11)]:
    resized[f"{width}x{height}"] = tf.image.resize(picture, [height, width]).numpy()
np.savez_compressed("resized.npz", **resized)
