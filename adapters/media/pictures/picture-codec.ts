import sharp, { type Sharp } from 'sharp';
import type { PictureCodec, Raster } from '#domain/ports';

/** Twice the largest photo we accept by its header (domain/prep/limits.ts): a second fence, should a header lie. */
const MAX_PIXELS = 128_000_000;

/**
 * libvips behind the port. Only the three loaders we accept stay switched on, so that a file that slips through the sniffing still
 * cannot reach an SVG, PDF or ImageMagick loader. The switch is for the whole process.
 */
export function openPictureCodec(): PictureCodec {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg', 'VipsForeignLoadWebp'] });
  sharp.cache(false); // a sandbox sees each file once
  sharp.concurrency(1); // a Lambda of this size has about one core, and pixels stay in one order
  return {
    decode: async (bytes, longSide) =>
      raw(
        sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true })
          .autoOrient()
          .toColourspace('srgb')
          .resize({ width: longSide, height: longSide, fit: 'inside', withoutEnlargement: true })
          .ensureAlpha(),
      ),
    resize: (raster, width, height) => raw(from(raster).resize(width, height, { fit: 'fill' })),
    png: async (raster) => {
      const encoded = await from(raster).png({ compressionLevel: 6, adaptiveFiltering: true }).toBuffer();
      return new Uint8Array(encoded.buffer, encoded.byteOffset, encoded.byteLength);
    },
  };
}

const from = ({ data, width, height, channels }: Raster): Sharp => sharp(data, { raw: { width, height, channels } });

async function raw(pipeline: Sharp): Promise<Raster> {
  const { data, info } = await pipeline.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 1 && channels !== 3 && channels !== 4) throw new Error(`expected 1, 3 or 4 channels, found ${channels}`);
  return { width, height, channels, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}
