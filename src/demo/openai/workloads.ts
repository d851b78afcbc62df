import {TEXT_SPECS} from './text-specs.ts';
import {TOOL_SPECS} from './tool-specs.ts';
import {prepare, type Workload} from './workload.ts';

let prepared: readonly Workload[] | undefined;

/** All uses of the API that the company ever had; made ready when first asked for. */
export function workloads(): readonly Workload[] {
  prepared ??= [...TEXT_SPECS, ...TOOL_SPECS].map(prepare);
  return prepared;
}
