import {type DayNumber, dayOf} from '../day.ts';
import {hex, uuid} from '../random.ts';

/** Every job belongs to one of these, through the key that submitted it. */
export interface QuantumProject {
  readonly slug: string;
  readonly id: string;
  readonly name: string;
  readonly from: DayNumber;
  /** Slugs of the people who submit jobs. */
  readonly members: readonly string[];
  /** Jobs of one person on an ordinary weekday of the reference day. */
  readonly jobs: number;
  readonly backend: string;
  /** Dollars for all time; null is unlimited, and 0 allows no QPU job at all. */
  readonly limit: number | null;
}

const project = (
  slug: string,
  name: string,
  from: string,
  members: string,
  jobs: number,
  backend: string,
  limit: number | null,
): QuantumProject => ({
  slug,
  id: uuid(`quantum ${slug}`),
  name,
  from: dayOf(from),
  members: members.split(' ').filter(Boolean),
  jobs,
  backend,
  limit,
});

/** More than five of them run on a busy day, so that the answer leaves some out. */
export const QUANTUM_PROJECTS: readonly QuantumProject[] = [
  project('catalyst', 'Catalyst Screening', '2024-02-12', 'mateo lukas wei', 0.6, 'qpu.forte-1', 60_000),
  project('folding', 'Protein Folding QAOA', '2024-09-02', 'jonas wei', 0.55, 'qpu.forte-1', 25_000),
  project('mitigation', 'Error Mitigation Study', '2025-01-20', 'jonas lukas', 0.4, 'qpu.aria-1', null),
  project('routing', 'Fleet Routing (pilot)', '2025-06-09', 'amara hana', 0.3, 'qpu.forte-1', 12_500),
  project('kernels', 'Kernel Methods ∣φ⟩', '2025-09-15', 'mateo', 0.4, 'qpu.forte-enterprise-1', 15_000),
  project('teaching', 'Lunch & Learn', '2025-11-03', 'tom zoe amara', 0.09, 'qpu.aria-1', 4_000),
  project('keisan', '量子計算 勉強会', '2026-02-02', 'sato', 0.35, 'qpu.forte-1', 6_000),
  project('personal', 'Personal Project (elena@quillhaven.example)', '2026-01-12', '', 0, 'simulator', 0),
];

/** The form of a submitter's id: 24 hexadecimal digits. */
export const submitterId = (slug: string): string => hex(`submitter ${slug}`, 24);
