import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys } from '#contracts/keys';
import { PostDocument } from '#contracts/post';
import { layoutOf } from '#domain/post/layout';
import { postProblem } from '#domain/post/post-problem';
import { renderClip } from '../../../containers/post/render-clip.ts';
import { decoded, probe, said } from './measure.ts';
import { putWindows, type TinyRender, tinyPlan, tinyRender } from './tiny-render.ts';

const shots = [
  { frames: 40, caption: 'Roasted this morning' },
  { frames: 17, camera: 'orbit' },
  { frames: 33, caption: '<b>50 % & more</b>', camera: 'pan-left' },
] as const;
const FRAMES = 90;

describe('a rendered clip', () => {
  let render: TinyRender;
  let document: PostDocument;
  let clip: Uint8Array;

  beforeAll(async () => {
    render = await tinyRender(tinyPlan(shots));
    document = await renderClip(render.request);
    clip = await render.store.get(document.clips[0]!.ref);
  });
  afterAll(() => render.dispose());

  it('holds exactly the planned frames and lasts exactly as long, in both streams', async () => {
    const { streams, format } = await probe(clip);
    const video = streams.find((stream) => stream.codec_type === 'video')!;
    const audio = streams.find((stream) => stream.codec_type === 'audio')!;
    expect(Number(video.nb_read_frames)).toBe(FRAMES);
    expect(video.r_frame_rate).toBe('24/1');
    expect(Number(format.duration)).toBeCloseTo(FRAMES / 24, 5);
    expect(Math.abs(Number(audio.duration) - FRAMES / 24)).toBeLessThan(1 / 24);
    expect(document.clips[0]).toMatchObject({ frames: FRAMES, seconds: FRAMES / 24, output: { width: 320, height: 180, fps: 24 } });
  });

  it('is H.264 High yuv420p tagged BT.709, and stereo AAC at 48 kHz', async () => {
    const { streams } = await probe(clip);
    expect(streams.find((stream) => stream.codec_type === 'video')).toMatchObject({
      ...{ codec_name: 'h264', profile: 'High', pix_fmt: 'yuv420p', width: 320, height: 180, has_b_frames: 2 },
      ...{ color_space: 'bt709', color_primaries: 'bt709', color_transfer: 'bt709', color_range: 'tv' },
    });
    expect(streams.find((stream) => stream.codec_type === 'audio')).toMatchObject({
      codec_name: 'aac',
      channels: 2,
      sample_rate: '48000',
    });
  });

  it('starts playing before it is loaded, and says nothing about when or where it was made', async () => {
    const text = Buffer.from(clip).toString('latin1');
    expect(text.indexOf('moov')).toBeLessThan(text.indexOf('mdat'));
    const { format } = await probe(clip);
    expect(Object.keys(format.tags ?? {}).filter((name) => !['major_brand', 'minor_version', 'compatible_brands'].includes(name))).toEqual(
      [],
    );
  });

  it('has no black and no frozen stretch', async () => {
    const report = await said(clip, ['-vf', 'blackdetect=d=0.1,freezedetect=n=-60dB:d=0.3', '-an']);
    expect(report).not.toMatch(/black_start|freeze_start/);
  });

  it('shows the product in its own color in the middle of its box, and the logo in its corner, in every shot', async () => {
    const frames = await decoded(clip);
    const size = { width: 320, height: 180 };
    const at = (frame: number, x: number, y: number) => [...frames.subarray(((frame * 180 + y) * 320 + x) * 3).subarray(0, 3)];
    const logo = layoutOf(size, 'alone').logo;
    for (const [frame, kind] of [
      [20, 'beside'],
      [50, 'alone'],
      [75, 'beside'],
    ] as const) {
      const { product } = layoutOf(size, kind);
      const [red, green, blue] = at(frame, product.x + product.width / 2, product.y + product.height / 2);
      expect(Math.abs(red! - 0xe0), `red in frame ${frame}`).toBeLessThan(10);
      expect(Math.max(green!, blue!), `green and blue in frame ${frame}`).toBeLessThan(40);
      expect(Math.min(...at(frame, logo.x + 20, logo.y + logo.height / 2)), `logo in frame ${frame}`).toBeGreaterThan(225);
    }
  });

  it('brings words in and takes them out again', async () => {
    const frames = await decoded(clip);
    const { caption } = layoutOf({ width: 320, height: 180 }, 'beside');
    const brightest = (frame: number): number => {
      let most = 0;
      for (let y = caption.y; y < caption.y + caption.height; y++)
        for (let x = caption.x; x < caption.x + caption.width; x++) most = Math.max(most, frames[((frame * 180 + y) * 320 + x) * 3 + 1]!);
      return most;
    };
    expect(brightest(20)).toBeGreaterThan(200);
    expect(brightest(39)).toBeLessThan(brightest(20));
  });

  it('comes with a poster of its own size and a contact sheet of its frames', async () => {
    const poster = await sharp(await render.store.get(document.poster)).metadata();
    expect(poster).toMatchObject({ format: 'png', width: 320, height: 180 });
    const sheet = await sharp(await render.store.get(document.contactSheet)).metadata();
    expect(sheet.format).toBe('png');
    expect(sheet.width).toBe(4 * 336 + 16);
  });

  it('is described by a document that is written last and fits its schema', async () => {
    const stored = await render.store.find(keys.postDocument({ tenant: 'acme', jobId: document.jobId, tier: 'final' }));
    expect(PostDocument.parse(JSON.parse(new TextDecoder().decode(stored!.body)))).toEqual(document);
    expect([...render.store.objects.keys()].at(-1)).toBe(keys.postDocument({ tenant: 'acme', jobId: document.jobId, tier: 'final' }));
  });

  it('reports progress that only grows and ends at 100', () => {
    expect(render.percents).toEqual([...render.percents].sort((a, b) => a - b));
    expect(render.percents.at(-1)).toBe(100);
    expect(render.percents.length).toBeGreaterThan(FRAMES / 2);
  });

  it('is not rendered again when it is there', async () => {
    const before = new Map(render.store.objects);
    for (const key of before.keys()) if (key.includes('/shots/')) render.store.objects.delete(key); // a render would need these
    expect(await renderClip(render.request)).toEqual(document);
    for (const [key, body] of before) render.store.objects.set(key, body);
  });

  it('is the same file, byte for byte, when it is made again', async () => {
    const again = await tinyRender(tinyPlan(shots));
    const second = await renderClip(again.request);
    expect(second).toEqual(document);
    await again.dispose();
  });
});

it('makes every output of the plan at its own shape, and takes poster and sheet from the first', async () => {
  const outputs = [
    { width: 180, height: 320, fps: 24 as const },
    { width: 240, height: 240, fps: 24 as const },
  ];
  const render = await tinyRender(tinyPlan([{ frames: 20, caption: 'Slow pressure, deep crema, nothing else in the cup' }], { outputs }));
  const { clips, poster } = await renderClip(render.request);
  for (const [index, { ref }] of clips.entries()) {
    const { streams } = await probe(await render.store.get(ref));
    expect(streams.find((stream) => stream.codec_type === 'video')).toMatchObject({
      width: outputs[index]!.width,
      height: outputs[index]!.height,
    });
  }
  expect(await sharp(await render.store.get(poster)).metadata()).toMatchObject({ width: 180, height: 320 });
  await render.dispose();
});

it('renders a preview at half the size', async () => {
  const render = await tinyRender(tinyPlan([{ frames: 12 }], { tier: 'preview', outputs: [{ width: 640, height: 360, fps: 24 }] }));
  const { clips } = await renderClip(render.request);
  expect(clips[0]!.output).toEqual({ width: 320, height: 180, fps: 24 });
  expect(clips[0]!.ref.key).toBe(
    keys.clip({ tenant: 'acme', jobId: 'acme_0123456789abcdef01234567', tier: 'preview' }, { width: 320, height: 180 }),
  );
  await render.dispose();
});

it('makes a later take beside the earlier one, which stays as it was', async () => {
  const shots = [{ frames: 12 }, { frames: 12 }];
  const render = await tinyRender(tinyPlan(shots));
  const first = await renderClip(render.request);
  const second = tinyPlan(shots, { take: 2 });
  const plan = { ...second, shots: second.shots.map((shot) => (shot.index === 1 ? { ...shot, take: 2 } : shot)) };
  await putWindows(render.store, plan);
  const later = await renderClip({ ...render.request, plan });
  expect(later.clips[0]!.ref.key).toBe(first.clips[0]!.ref.key.replace('/final/', '/final-take2/'));
  expect(postProblem(later, plan)).toBeUndefined();
  expect(postProblem(first, plan)).toContain('/final-take2/');
  await Promise.all(
    [first, later].flatMap(({ clips, poster, contactSheet }) => [clips[0]!.ref, poster, contactSheet]).map(render.store.get),
  );
  await render.dispose();
});

it('stops at once when the machine is taken away, and leaves no document behind', async () => {
  const taken = new AbortController();
  const render = await tinyRender(tinyPlan([{ frames: 200 }]), taken.signal);
  const request = { ...render.request, onProgress: (percent: number) => percent > 5 && taken.abort(new Error('spot notice')) };
  await expect(renderClip(request)).rejects.toThrow('spot notice');
  expect([...render.store.objects.keys()].filter((key) => key.endsWith('.mp4') || key.endsWith('post.json'))).toEqual([]);
  await render.dispose();
});

it('refuses a window whose bytes are not the committed ones', async () => {
  const plan = tinyPlan([{ frames: 30 }]);
  const render = await tinyRender(plan);
  const key = keys.window(plan, plan.shots[0]!, plan.shots[0]!.windows[1]!);
  render.store.objects.set(key, new Uint8Array(10));
  // By its own name: the encoder that ends with it is not the reason, and trying again would not help.
  await expect(renderClip(render.request)).rejects.toMatchObject({
    name: 'Artifact.Corrupted',
    message: expect.stringContaining(`${key}: expected sha256`),
  });
  await render.dispose();
});

it('shows every plate frame once and in order, across window seams', async () => {
  const frames = 60;
  const render = await tinyRender(tinyPlan([{ frames, camera: 'static' }]));
  const { clips } = await renderClip(render.request);
  const pixels = await decoded(await render.store.get(clips[0]!.ref));
  const [width, height, row] = [320, 180, 176]; // below the product
  for (let frame = 0; frame < frames; frame++) {
    const expected = 2 * ((frame * 3) % 160) + 1; // the plate is enlarged twice
    const green = (x: number): number => pixels[((frame * height + row) * width + x) * 3 + 1]!;
    const bar = Array.from({ length: width }, (_, x) => x).filter((x) => green(x) > 130);
    if (expected < 20 || expected > 300) continue; // the bar is cut by the frame's edge and lies in the dark corner
    const middle = (Math.min(...bar) + Math.max(...bar)) / 2;
    expect(Math.abs(middle - expected), `bar of frame ${frame}`).toBeLessThanOrEqual(2);
  }
  await render.dispose();
});
