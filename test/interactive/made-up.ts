import type {Report, Row} from '../../src/core/report.ts';
import type {Answer, Choice, Grouping, Question, Source, Step} from '../../src/interactive/question.ts';
import {column, money, text} from '../render/build.ts';
import {SAMPLE} from '../render/sample.ts';

export const FIRST: Question = {
  groupBy: ['project'],
  bucket: null,
  period: 'mtd',
  filters: {},
  without: [],
  accounts: undefined,
  sort: undefined,
};

const ROWS: readonly Row[] = [
  ['Alpha', 'proj_a', '300'],
  ['Beta', 'proj_b', '20'],
  ['Gamma', 'proj_c', '1'],
  ['(other)', null, '0.5'],
].map(([name = null, id = null, cost = '0']) => [text('openai'), text(id), text(name), money(cost ?? '0')]);

export const REPORT: Report = {
  ...SAMPLE,
  fields: undefined,
  columns: [
    column('provider', {title: 'Provider', rank: 3}),
    column('project_id', {shown: 'data'}),
    column('project_name', {title: 'Project'}),
    column('cost', {title: 'Cost', align: 'right'}),
  ],
  rows: ROWS,
  footer: [[text('Total'), text(null), text(null), money('321.5')]],
};

interface Asked {
  readonly question: Question;
  readonly signal: AbortSignal;
  answer(): void;
  fail(error: unknown): void;
  progress(done: number, started: number): void;
}

/** A source that answers when the test says so. */
export class MadeUp implements Source {
  readonly asked: Asked[] = [];
  failures: readonly string[] = [];

  ask(
    question: Question,
    signal: AbortSignal,
    progress: (done: number, started: number) => void,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const report = (sort: string | undefined): Report =>
        sort ? {...REPORT, rows: ROWS.toReversed()} : REPORT;
      this.asked.push({
        question,
        signal,
        answer: () => resolve({report, failures: this.failures}),
        fail: reject,
        progress,
      });
    });
  }

  answer(): void {
    this.asked.at(-1)?.answer();
  }

  fail(error: unknown): void {
    this.asked.at(-1)?.fail(error);
  }

  progress(done: number, started: number): void {
    this.asked.at(-1)?.progress(done, started);
  }

  below(question: Question, _report: Report, row: Row): Step | string {
    const [, id, name] = row.map(cell => (cell.type === 'text' ? cell.value : null));
    if (!id || !name) return `nothing below ${name}`;
    return {name, question: {...question, groupBy: ['line_item'], filters: {project: [id]}}};
  }

  groupings(question: Question): readonly Choice<Grouping>[] {
    return [
      {label: 'Project', value: {groupBy: ['project'] as const, bucket: null}},
      {label: 'Model', value: {groupBy: ['model'] as const, bucket: null}},
    ].map(choice => ({...choice, isCurrent: choice.value.groupBy.join() === question.groupBy.join()}));
  }

  periods(question: Question): readonly Choice<string>[] {
    return ['mtd', '7d'].map(value => ({label: value, value, isCurrent: value === question.period}));
  }

  sorts({sort = 'cost:desc'}: Question): readonly Choice<string>[] {
    return ['cost:desc', 'cost:asc'].map(value => ({label: value, value, isCurrent: value === sort}));
  }
}
