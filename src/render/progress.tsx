import {Box, Text} from 'ink';
import {drawLive, type Live} from './live.tsx';
import {sanitize} from './sanitize.ts';

/** How far one account has come. */
export interface Step {
  readonly name: string;
  readonly done: number;
  readonly started: number;
  /** What it waits for, if it does: "waiting 8 s: …". */
  readonly waiting: string | undefined;
}

/** Draws progress on a terminal, normally stderr. */
export const drawProgress = (
  terminal: NodeJS.WriteStream,
  steps: readonly Step[],
  color: boolean,
): Live<readonly Step[]> => drawLive(terminal, next => <Steps steps={next} color={color} />, steps);

function Steps({steps, color}: {readonly steps: readonly Step[]; readonly color: boolean}) {
  return (
    <Box flexDirection="column">
      {steps.map(step => (
        <Text key={step.name} dimColor={color} wrap="truncate-end">
          {line(step)}
        </Text>
      ))}
    </Box>
  );
}

const BAR = 12;

function line({name, done, started, waiting}: Step): string {
  const filled = started === 0 ? 0 : Math.floor((BAR * done) / started);
  const bar = '━'.repeat(filled) + '╌'.repeat(BAR - filled);
  const state = waiting ? ` · ${sanitize(waiting)}` : '';
  return `${bar} ${sanitize(name)} ${done} of ${started} requests${state}`;
}
