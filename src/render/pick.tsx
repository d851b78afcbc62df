import {Box, Text} from 'ink';
import {drawLive, type Live} from './live.tsx';
import {sanitize} from './sanitize.ts';

/** A list of which one is to be chosen. */
export interface Choice {
  readonly question: string;
  readonly options: readonly {readonly name: string; readonly detail: string}[];
  /** Which one the mark is at. */
  readonly at: number;
}

/** Draws a list with Ink on a terminal; who draws it reads the keys. */
export const drawChoice = (terminal: NodeJS.WriteStream, choice: Choice, color: boolean): Live<Choice> =>
  drawLive(terminal, next => <List choice={next} color={color} />, choice);

const KEYS = 'up and down or a number, then Enter; q leaves';

function List({choice, color}: {readonly choice: Choice; readonly color: boolean}) {
  const {question, options, at} = choice;
  const width = Math.max(...options.map(({name}) => name.length));
  return (
    <Box flexDirection="column">
      <Text bold={color}>{question}</Text>
      {options.map(({name, detail}, place) => (
        <Text key={name} wrap="truncate-end" color={color && place === at ? 'cyan' : ''}>
          {`${place === at ? '❯' : ' '} ${place + 1}  ${sanitize(name).padEnd(width)}  ${sanitize(detail)}`}
        </Text>
      ))}
      <Text dimColor={color}>{KEYS}</Text>
    </Box>
  );
}
