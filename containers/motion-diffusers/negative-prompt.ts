/** What the makers of Wan keep away from every clip. One text for all, so that its embedding is made once in a deployment's life. */
export const NEGATIVE_PROMPT =
  'vivid colors, overexposed, static, blurred details, subtitles, style, artwork, painting, still, overall gray, worst quality, ' +
  'low quality, JPEG artifacts, ugly, incomplete, extra fingers, poorly drawn hands, poorly drawn face, deformed, disfigured, ' +
  'malformed limbs, fused fingers, still picture, cluttered background, three legs, many people in the background, walking backwards';
