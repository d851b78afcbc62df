import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {PassThrough} from 'node:stream';
import type {Context, Output} from '../../src/cli/context.ts';
import {run} from '../../src/cli/run.ts';
import {JumpingClock} from './clock.ts';
import {type Fault, type Hit, send, textOf} from './fault.ts';
import {faultsOf, type Outcome} from './oracle.ts';
import {Random} from './random.ts';
import type {Schedule} from './schedule.ts';
import type {Answer, Asked} from './servers/answer.ts';
import {ionq} from './servers/ionq.ts';
import {miosa} from './servers/miosa.ts';
import {openai} from './servers/openai.ts';
import {CERTIFICATE} from './tls.ts';
import {PROVIDERS, type Provider} from './truth.ts';
import {makeWorld, TODAY, type World} from './world.ts';

/** Planted: none of them may come out anywhere, or go to another host. */
const KEYS: {readonly [P in Provider]: string} = {
  openai: 'sk-admin-LEAKED-openai-0123456789',
  ionq: 'LEAKED-ionq-0123456789-abcdefgh',
  miosa: 'msk_u_LEAKED-miosa-0123456789',
};

/** A fault that met an answer. */
interface Struck {
  readonly fault: Fault;
  readonly provider: Provider;
  readonly figures: boolean;
  readonly attempt: number;
}

export interface Verdict extends Outcome {
  readonly schedule: Schedule;
  readonly struck: readonly Struck[];
  readonly requests: number;
  /** Seconds that passed on the clock of the run. */
  readonly seconds: number;
  readonly answered: readonly Provider[];
  /** Everything that should not be. Empty: the run is right. */
  readonly wrong: readonly string[];
}

/** Runs one schedule: real command, real sockets, a clock that jumps. */
export async function tryOut(schedule: Schedule): Promise<Verdict> {
  const {seed, question, format, strict} = schedule;
  const world = makeWorld(seed);
  const clock = new JumpingClock(TODAY * 86_400_000 + 9 * 3_600_000, new Random(seed, 'jitter'));
  const site = await openSite(schedule, world, clock);
  try {
    const argv = [...question.argv, '--format', format, ...(strict ? ['--strict'] : [])];
    const outcome = await runCommand(argv, site.env, clock);
    const {wrong, answered} = faultsOf(world, question, format, strict, outcome);
    const leaks = [...leaksOf(outcome), ...site.leaks];
    const broken = brokenPromises(schedule, site, answered, clock.elapsed / 1_000);
    return {
      ...outcome,
      schedule,
      struck: site.struck,
      requests: site.requests,
      seconds: clock.elapsed / 1_000,
      answered,
      wrong: [...wrong, ...leaks, ...broken],
    };
  } finally {
    site.close();
  }
}

/** What a provider that dies may cost, in seconds: and that much more where it asks for waits. */
const PATIENCE = 51;
const WAITS = 60;

/** What the faults that struck make certain, beyond "nothing wrong is printed". */
function brokenPromises(
  {question, strict, dying}: Schedule,
  {struck, victims, nature}: Site,
  answered: readonly Provider[],
  seconds: number,
): string[] {
  const promises: string[] = [];
  for (const provider of question.scope.providers) {
    const own = struck.filter(hit => hit.provider === provider);
    const isDoomed =
      own.some(({fault, figures}) => figures && fault.nature === 'fatal') ||
      (victims.includes(provider) && nature === 'fatal');
    if (isDoomed && answered.includes(provider))
      promises.push(`${provider} was counted in spite of a fault that is fatal`);
    const isMild = own.every(
      ({fault, attempt, figures}) =>
        fault.nature === 'harmless' ||
        (fault.nature === 'passing' && attempt <= (fault.family === 'stalls' ? 1 : 2) && figures),
    );
    const few = own.filter(({fault}) => fault.nature === 'passing').length <= 6;
    const alone = strict ? struck.length === own.length && victims.length === 0 : true;
    const isWell = isMild && few && (!victims.includes(provider) || nature === 'harmless');
    if (isWell && alone && !answered.includes(provider) && dying !== provider)
      promises.push(`${provider} was given up without need`);
  }
  const asked = struck.some(({fault}) => fault.family === 'waits') ? WAITS : 0;
  if (dying && seconds > PATIENCE + asked) promises.push(`a dying provider cost ${seconds} s`);
  return promises;
}

function leaksOf({stdout, stderr}: Outcome): string[] {
  return Object.entries(KEYS).flatMap(([provider, key]) => {
    const shapes = [
      key,
      key.slice(0, -4),
      Buffer.from(key).toString('base64').slice(0, 20),
      encodeURIComponent(key),
    ];
    return shapes.some(shape => stdout.includes(shape) || stderr.includes(shape))
      ? [`the key of ${provider} was printed`]
      : [];
  });
}

interface Site {
  readonly env: {readonly [name: string]: string};
  readonly struck: readonly Struck[];
  readonly leaks: readonly string[];
  readonly requests: number;
  readonly victims: readonly Provider[];
  readonly nature: Fault['nature'] | undefined;
  close(): void;
}

/** The three servers, and one that must never be asked. */
async function openSite(schedule: Schedule, world: World, clock: JumpingClock): Promise<Site> {
  const {seed} = schedule;
  const struck: Struck[] = [];
  const leaks: string[] = [];
  let requests = 0;
  const stranger = await listen((request, response) => {
    leaks.push(`another host was asked for ${request.url}`);
    response.end('{}');
  });
  const serve: {readonly [P in Provider]: (asked: Asked) => Answer} = {
    openai: openai(world, seed),
    ionq: ionq(world),
    miosa: miosa(world, seed),
  };
  const servers = await Promise.all(
    PROVIDERS.map(provider => {
      const attempts = new Map<string, number>();
      return listen((request, response) => {
        requests++;
        clock.stir();
        const target = request.url ?? '';
        const attempt = (attempts.get(target) ?? 0) + 1;
        attempts.set(target, attempt);
        const url = new URL(target, 'http://loopback');
        const answer = serve[provider]({path: url.pathname, query: url.searchParams});
        const hit: Hit = {
          response,
          answer,
          clock,
          random: new Random(seed, target, attempt),
          elsewhere: stranger.url,
        };
        if (request.headers.authorization?.endsWith(` ${KEYS[provider]}`) !== true)
          leaks.push(`${provider} was asked with another key`);
        const fault = schedule.faultOf(provider, target, attempt);
        if (fault?.strike(hit)) {
          // An answer for `mtd` that does not fit is asked for again by its dates.
          const figures = answer.figures && url.searchParams.get('period') !== 'mtd';
          struck.push({fault, provider, figures, attempt});
        } else send(hit, textOf(answer), {}, answer.status);
      });
    }),
  );
  const urls = {openai: servers[0]?.url ?? '', ionq: servers[1]?.url ?? '', miosa: servers[2]?.url ?? ''};
  const around = await schedule.surroundings?.enter(urls, new Random(seed, 'around'), CERTIFICATE);
  const at = around?.urls ?? urls;
  return {
    env: {
      OPENAI_ADMIN_KEY: KEYS.openai,
      IONQ_API_KEY: KEYS.ionq,
      MIOSA_API_KEY: KEYS.miosa,
      OPENAI_BASE_URL: at.openai,
      IONQ_BASE_URL: at.ionq,
      MIOSA_BASE_URL: at.miosa,
      USAGE_CONFIG_DIR: '/nonexistent/usage-faults',
      ...around?.env,
    },
    struck,
    leaks,
    get requests() {
      return requests;
    },
    victims: around?.victims ?? [],
    nature: schedule.surroundings?.nature,
    close() {
      around?.close();
      for (const server of [stranger, ...servers]) server.close();
    },
  };
}

async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{url: string; close(): void}> {
  const server: Server = createServer(handle);
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function runCommand(
  argv: readonly string[],
  env: Context['env'],
  clock: JumpingClock,
): Promise<Outcome> {
  const [out, err]: [string[], string[]] = [[], []];
  const stdin = new PassThrough();
  stdin.end();
  const context: Context = {
    argv,
    env,
    version: '1.2.3',
    platform: process.platform,
    now: () => clock.start,
    clock,
    stdin,
    stdout: output(out),
    stderr: output(err),
    signal: new AbortController().signal,
  };
  const code = await clock.runWhile(run(context));
  return {code, stdout: out.join(''), stderr: err.join('')};
}

const output = (into: string[]): Output => ({
  isTerminal: false,
  columns: undefined,
  terminal: undefined,
  write: async text => {
    into.push(typeof text === 'string' ? text : Buffer.from(text).toString());
  },
});

/** For the report: the command line of a schedule, as it was run. */
export const lineOf = ({question, format, strict}: Schedule): string =>
  ['usage', ...question.argv, '--format', format, ...(strict ? ['--strict'] : [])].join(' ');
