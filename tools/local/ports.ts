import { createServer } from 'node:net';

/** The given port when it is free, any free one when none is given; an error that says what to do when it is taken. */
export async function claimPort(wanted: number | undefined, what: string): Promise<number> {
  try {
    return await probe(wanted ?? 0);
  } catch {
    throw new Error(
      `${what} needs port ${wanted} of 127.0.0.1, but another program listens there; stop that program, run "npm run local -- down", or choose another port`,
    );
  }
}

/** Opens the port for a moment to see that it can be had. */
function probe(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const found = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(found));
    });
  });
}
