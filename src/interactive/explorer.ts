import type {Report, Row} from '../core/report.ts';
import {Answers, type Progress} from './answers.ts';
import type {Key} from './key.ts';
import {rowsWith} from './matching.ts';
import {Picker} from './picker.ts';
import type {Question, Source} from './question.ts';

/** One screen of the stack: the question, and where the reader is in its answer. */
interface Level {
  /** What the row was called that leads here; empty for the first. */
  readonly name: string;
  question: Question;
  cursor: number;
  /** Only rows with this text are shown. */
  filter: string;
}

/** All that there is to draw. */
export interface Scene {
  readonly path: readonly string[];
  readonly progress: Progress;
  /** The whole report, if it is there, and those of its rows that are shown. */
  readonly report: Report | undefined;
  readonly rows: readonly Row[];
  readonly cursor: number;
  readonly filter: string;
  readonly isTyping: boolean;
  readonly picker: Picker | undefined;
  readonly isHelp: boolean;
  /** How many lines of the help have been scrolled off. */
  readonly helpTop: number;
  /** What somebody chose to sort by, in words; undefined for the order of its own. */
  readonly sorting: string | undefined;
  /** Why the last key did nothing. */
  readonly message: string;
}

const PAGE = 10;

/** What keys do. Nothing here draws, waits or knows an API. */
export class Explorer {
  readonly #source: Source;
  readonly #answers: Answers;
  readonly #levels: Level[];
  #picker: Picker | undefined;
  #isTyping = false;
  #isHelp = false;
  #helpTop = 0;
  #message = '';

  /** @param changed is called when an answer comes in; a key is answered at once. */
  constructor(source: Source, first: Question, changed: () => void) {
    this.#source = source;
    this.#answers = new Answers(source, changed);
    this.#levels = [{name: '', question: first, cursor: 0, filter: ''}];
  }

  get scene(): Scene {
    const {question, filter, cursor} = this.#level;
    const progress = this.#answers.of(question);
    const report = progress.state === 'known' ? progress.answer.report(question.sort) : undefined;
    const rows = report ? rowsWith(report, filter) : [];
    return {
      path: this.#levels.flatMap(({name}) => name || []),
      progress,
      report,
      rows,
      cursor: Math.max(0, Math.min(cursor, rows.length - 1)),
      filter,
      isTyping: this.#isTyping,
      picker: this.#picker,
      isHelp: this.#isHelp,
      helpTop: this.#helpTop,
      sorting: this.#sorting(question),
      message: this.#message,
    };
  }

  /** A bug that came up in the background. */
  get bug(): unknown {
    return this.#answers.bug;
  }

  /** Gives up whatever is being asked. */
  stop(): void {
    this.#answers.stop();
  }

  /** Takes a key. `quit` and `interrupt` end it all, `suspend` hands the terminal back for a while. */
  press(key: Key): 'quit' | 'interrupt' | 'suspend' | undefined {
    this.#message = '';
    if (key.name === 'interrupt' || key.name === 'suspend') return key.name;
    if (this.#isTyping) this.#type(key);
    else if (this.#picker) this.#pick(this.#picker, key);
    else if (this.#isHelp) this.#readHelp(key);
    else if (key.name === 'text') return this.#letter(key.text);
    else if (key.name === 'open') this.#open();
    else if (key.name === 'back' || key.name === 'erase') this.#back();
    else this.#move(key);
    return undefined;
  }

  get #level(): Level {
    const last = this.#levels.at(-1);
    if (!last) throw new Error('there is always a first screen');
    return last;
  }

  #letter(text: string): 'quit' | undefined {
    const {question} = this.#level;
    switch (text) {
      case 'q':
        return 'quit';
      case 'j':
        this.#move({name: 'down'});
        break;
      case 'k':
        this.#move({name: 'up'});
        break;
      case 'h':
        this.#back();
        break;
      case 'l':
        this.#open();
        break;
      case 'g':
        this.#picker = Picker.of('Group by', this.#source.groupings(question), grouping =>
          this.#ask({...question, ...grouping, sort: undefined}),
        );
        break;
      case 'p':
        this.#picker = Picker.of('Period (UTC)', this.#source.periods(question), period =>
          this.#ask({...question, period}),
        );
        break;
      case 's':
        this.#picker = Picker.of('Sort by', this.#source.sorts(question), sort =>
          this.#ask({...question, sort}),
        );
        break;
      case '/':
        this.#isTyping = true;
        break;
      case 'r':
        this.#answers.forget(question);
        break;
      case '?':
        this.#isHelp = true;
        this.#helpTop = 0;
        break;
    }
    return undefined;
  }

  #ask(question: Question): void {
    const level = this.#level;
    level.question = question;
    level.cursor = 0;
  }

  #move({name}: Exclude<Key, {name: 'text'}>): void {
    const {rows, cursor} = this.scene;
    const last = Math.max(0, rows.length - 1);
    const to = {
      up: cursor - 1,
      down: cursor + 1,
      'page-up': cursor - PAGE,
      'page-down': cursor + PAGE,
      first: 0,
      last,
    };
    if (name in to) this.#level.cursor = Math.max(0, Math.min(last, to[name as keyof typeof to]));
  }

  #open(): void {
    const {report, rows, cursor} = this.scene;
    const row = rows[cursor];
    if (!report || !row) return;
    const step = this.#source.below(this.#level.question, report, row);
    if (typeof step === 'string') this.#message = step;
    else this.#levels.push({...step, cursor: 0, filter: ''});
  }

  #back(): void {
    const level = this.#level;
    if (level.filter) level.filter = '';
    else if (this.#levels.length > 1) this.#levels.pop();
    else this.#message = 'this is the first screen; q quits';
  }

  #type(key: Key): void {
    const level = this.#level;
    if (key.name === 'text') level.filter += key.text;
    else if (key.name === 'erase') level.filter = level.filter.replace(/.$/su, '');
    else if (key.name === 'erase-word') level.filter = level.filter.replace(/\S*\s*$/u, '');
    else if (key.name === 'clear') level.filter = '';
    else if (key.name === 'open') this.#isTyping = false;
    else if (key.name === 'back') {
      this.#isTyping = false;
      level.filter = '';
    }
    level.cursor = 0;
  }

  #readHelp({name}: Key): void {
    const by = {up: -1, down: 1, 'page-up': -PAGE, 'page-down': PAGE}[name as string];
    if (by === undefined) this.#isHelp = false;
    else this.#helpTop = Math.max(0, this.#helpTop + by);
  }

  #sorting(question: Question): string | undefined {
    if (question.sort === undefined) return undefined;
    return this.#source.sorts(question).find(({isCurrent}) => isCurrent)?.label ?? question.sort;
  }

  #pick(picker: Picker, key: Key): void {
    if (picker.press(key)) this.#picker = undefined;
  }
}
