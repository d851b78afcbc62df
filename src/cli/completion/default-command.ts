import type {Command} from 'commander';
import {meantBy} from '../guide.ts';

/** What flags without a command are of; program.ts says so for the whole program. */
const REPORT = 'report';

/** The command below one that is meant where flags follow at once. */
export const defaultOf = (command: Command): Command | undefined =>
  command.parent ? meantBy(command) : command.commands.find(sub => sub.name() === REPORT);
