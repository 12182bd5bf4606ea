import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Recognizer, recognize } from '../../../containers/transcribe/recognize.ts';
import { folder, NO_BOUNDS, PROGRAM, PYTHON, scripted, tone } from './bench.ts';

const never = new AbortController().signal;
const dryRun: Recognizer = { python: PYTHON, program: PROGRAM, engine: 'dry-run', weights: '-' };
const READY = `say('{"type": "ready", "recognizer": "scripted"}')`;
const running = (python: string, change: Partial<Recognizer> = {}): Recognizer => ({ ...dryRun, program: scripted(python), ...change });
afterAll(() => rmSync(folder, { recursive: true }));

describe('a recognizer in its own process', () => {
  it('says who listened, and its words come in order', async () => {
    const heard = await recognize(dryRun, tone(3), NO_BOUNDS, never);
    expect(heard).toMatchObject({ recognizer: 'dry-run', language: 'en' });
    expect(heard.words).toEqual([0, 1, 2].map((start) => ({ text: 'dry-run', start, end: start + 0.9, confidence: 0 })));
  });

  it('is cut off from the network, from other programs and from our environment', async () => {
    process.env.FRAMEWRIGHT_SECRET_OF_THE_TEST = 'visible';
    const tries = `
sys.path.insert(0, ${JSON.stringify(join(PROGRAM, '..'))})
import no_network, socket
no_network.cut_off()
def refused(what):
    try: what()
    except PermissionError: return True
    return False
found = [refused(lambda: socket.socket()), refused(lambda: socket.create_connection(('127.0.0.1', 9))), refused(lambda: os.execv('/bin/true', ['true'])), 'FRAMEWRIGHT_SECRET_OF_THE_TEST' in os.environ, 'AWS_ACCESS_KEY_ID' in os.environ]
${READY}
sys.stdin.readline()
say(json.dumps({"type": "refused", "reason": str(found)}))`;
    await expect(recognize(running(tries), tone(1), NO_BOUNDS, never)).rejects.toThrow('[True, True, True, False, False]');
    delete process.env.FRAMEWRIGHT_SECRET_OF_THE_TEST;
  });

  it.runIf(process.platform === 'linux')('has been cut off before it says that it is ready', async () => {
    const child = spawn(PYTHON, ['-E', '-s', '-B', PROGRAM, 'dry-run', '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      const [ready] = await once(child.stdout, 'data');
      expect(String(ready)).toContain('"ready"');
      expect(readFileSync(`/proc/${child.pid}/status`, 'utf8')).toMatch(/^NoNewPrivs:\t1[\s\S]*^Seccomp:\t2/m);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('cannot write a file', async () => {
    const target = join(folder, 'written-by-the-recognizer');
    const writes = `${READY}\nsys.stdin.readline()\nopen(${JSON.stringify(target)}, 'w').write('x' * 10000)`;
    await expect(recognize(running(writes), tone(1), NO_BOUNDS, never)).rejects.toThrow(/ended with/);
  });
});

describe('a sound that is not what prep makes', () => {
  it.each([
    ['no sound file', 'not a wave file'],
    ['', 'EOFError'],
  ])('is refused with the reason: %j', async (content, reason) => {
    const file = join(folder, 'broken.wav');
    writeFileSync(file, content);
    const failure = await recognize(dryRun, file, NO_BOUNDS, never).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RangeError);
    expect(String(failure)).toMatch(new RegExp(content === '' ? reason : 'the recognizer refused the sound: Error'));
  });
});

describe('a recognizer that misbehaves', () => {
  it.each([
    ['does not become ready', 'time.sleep(60)', { startSeconds: 1 }, 'expected a recognizer that is ready within 1 s'],
    ['never finishes', `${READY}\ntime.sleep(60)`, { workSeconds: 1 }, 'expected a sound written down within 1 s'],
    ['takes too much memory', `${READY}\nx = bytearray(2 * 1024 ** 3)`, { memoryMib: 512 }, 'MemoryError'],
    [
      'says something else',
      `say('Segmentation fault')\ntime.sleep(60)`,
      {},
      'expected an answer of the recognizer, found Segmentation fault',
    ],
    ['says a line without end', `sys.stdout.write('x' * 10 ** 6); sys.stdout.flush(); time.sleep(60)`, {}, 'expected lines of at most'],
    [
      'invents words without end',
      `${READY}\nword = {"text": "la", "start": 0, "end": 1, "confidence": 1}\nwhile True: say(json.dumps({"type": "words", "words": [word] * 100}))`,
      {},
      'expected at most 5000 words',
    ],
    [
      'is surer than sure',
      `${READY}\nsay(json.dumps({"type": "words", "words": [{"text": "la", "start": 0, "end": 1, "confidence": 2}]}))\ntime.sleep(60)`,
      {},
      'expected an answer of the recognizer',
    ],
    ['ends before it is done', `${READY}\nsys.stdin.readline()\nsys.exit("out of ideas")`, {}, 'the recognizer ended with 1: out of ideas'],
    ['talks too much to people', `sys.stderr.write('x' * 10 ** 7)\nsys.exit(3)`, {}, 'the recognizer ended with 3'],
  ])('%s is stopped with the reason', async (_, python, bounds, reason) => {
    const failure = await recognize(running(python), tone(1), { ...NO_BOUNDS, ...bounds }, never).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RangeError);
    expect(String(failure)).toContain(reason);
    expect(String(failure).length).toBeLessThan(1_000);
  });

  it('tells a missing Python from a bad sound', async () => {
    const lost = recognize({ ...dryRun, python: '/nowhere/python' }, tone(1), NO_BOUNDS, never);
    await expect(lost).rejects.toThrow(expect.objectContaining({ name: 'Error', message: expect.stringContaining('/nowhere/python') }));
  });

  it('ends at once when the machine is taken away', async () => {
    const machine = new AbortController();
    const work = recognize(running(`${READY}\ntime.sleep(60)`), tone(1), NO_BOUNDS, machine.signal);
    setTimeout(() => machine.abort(), 200);
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
  });
});
