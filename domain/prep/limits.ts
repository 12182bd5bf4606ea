const MIB = 1024 * 1024;

/** Sizes are checked on headers, before anything is decoded. */
export const LIMITS = {
  photo: {
    /** A 61 megapixel camera JPEG at high quality is about 20 MB. */
    bytes: 20 * MIB,
    /** The largest full-frame cameras give 61 megapixels; a 60,000 x 60,000 header in a 100-byte file is a bomb. */
    pixels: 64_000_000,
    /** Below this a product cannot be told from its background, and would be enlarged eight times in a 720p clip. */
    shortSide: 64,
  },
  logo: { bytes: 5 * MIB, pixels: 16_000_000, shortSide: 16 },
  reference: {
    /** 30 s of a phone's 4K at 50 Mbit/s. It is held in memory once and again on disk. */
    bytes: 200 * MIB,
    /** DCI 4K, 4096 x 2160; one decoded frame is 13 MB. A 199 kB file of 8192 x 8192 frames took 747 MB. */
    pixels: 4096 * 2160,
    /** A mood reference is seconds long; decoding five minutes of 1080p60 takes about 90 s of one core. */
    seconds: 300,
  },
} as const;

/** Long sides in pixels. */
export const LONG_SIDE = {
  /** More than the height of the tallest output (2160) is never shown: the product fills a part of the frame. */
  photo: 2048,
  thumbnail: 320,
  logo: 512,
} as const;
